import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ApiMessage, ApiMessageSummary } from '../../platform/mail/api.ts'
import { request, type Page } from './client.ts'

export type { ApiMessage, ApiMessageSummary }

/** E-mails of the workspace, the newest first unless told. */
export function messagesQuery(filter: {
  status?: ApiMessageSummary['status'] | undefined
  sort?: '-made' | 'made'
}) {
  return infiniteQueryOptions({
    queryKey: ['messages', filter],
    queryFn: ({ pageParam }) =>
      request<Page<ApiMessageSummary>>('GET', '/messages', { query: { ...filter, after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** The e-mails about an order. */
export function messagesOfOrderQuery(orderId: string) {
  return queryOptions({
    queryKey: ['messages', 'order', orderId],
    queryFn: () =>
      request<Page<ApiMessageSummary>>('GET', '/messages', {
        query: { relatedKind: 'order', relatedId: orderId },
      }),
  })
}

/** One e-mail as its reader sees it. */
export function messageQuery(id: string) {
  return queryOptions({
    queryKey: ['message', id],
    queryFn: () => request<ApiMessage>('GET', `/messages/${id}`),
  })
}

/** Sends an e-mail again that failed or is in doubt. */
export function resendMessage(id: string): Promise<void> {
  return request('POST', `/messages/${id}/resend`)
}

/** How e-mail stands: whether some waits for a mail server, and when the last one went out. */
export const mailStateQuery = queryOptions({
  queryKey: ['messages', 'state'],
  queryFn: async () => {
    const first = (status: ApiMessageSummary['status']) =>
      request<Page<ApiMessageSummary>>('GET', '/messages', { query: { status, limit: 1 } })
    const [waiting, sent] = await Promise.all([first('no-server'), first('sent')])
    return { waiting: waiting.items.length > 0, lastSentAt: sent.items[0]?.sentAt ?? undefined }
  },
})
