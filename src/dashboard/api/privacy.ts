import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Customer } from '../../modules/checkout/index.ts'
import type { PrivacyRequest } from '../../modules/privacy/schema.ts'
import { request, type Page } from './client.ts'

export type { Customer, PrivacyRequest }

const pollMs = 1_000

/** In which order customers are listed, each way. */
export const customerSorts = ['-last', 'last', 'email', '-email'] as const

/** Those who ordered. */
export function customersQuery(filter: {
  search?: string | undefined
  sort?: (typeof customerSorts)[number]
}) {
  return infiniteQueryOptions({
    queryKey: ['customers', filter],
    queryFn: ({ pageParam }) =>
      request<Page<Customer>>('GET', '/customers', { query: { ...filter, after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Exports and erasures, the newest first; asked again and again while one of them is under way. */
export const privacyRequestsQuery = queryOptions({
  queryKey: ['privacy-requests'],
  queryFn: () => request<Page<PrivacyRequest>>('GET', '/privacy/requests'),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ status }) => status === 'waiting' || status === 'running') === true
      ? pollMs
      : false,
})

/** Asks for all that is kept about a customer, or for its erasure. */
export function askPrivacy(body: {
  kind: 'export' | 'erasure'
  email: string
  confirm?: string
}): Promise<PrivacyRequest> {
  return request('POST', '/privacy/requests', { body })
}

/** Asks for all that is kept about oneself. */
export function askOwnExport(): Promise<PrivacyRequest> {
  return request('POST', '/me/exports')
}

/** How far the export of one’s own data is; asked again and again until it is done. */
export function ownExportQuery(id: string) {
  return queryOptions({
    queryKey: ['own-export', id],
    queryFn: () => request<PrivacyRequest>('GET', `/me/exports/${id}`),
    refetchInterval: ({ state }) => (state.data?.status === 'done' ? false : pollMs),
  })
}

/** Closes one’s own account. */
export function closeAccount(): Promise<void> {
  return request('DELETE', '/me')
}
