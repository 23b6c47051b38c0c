import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CurrencyCode } from '../../shared/currencies.ts'
import type { Income, IncomeDay, NewNote, Note } from '../../modules/checkout/seller-schema.ts'
import type {
  OrderStory,
  OrderSummary,
  Refund,
  RefundOrder,
  SettleMismatch,
  TimelineEntry,
} from '../../modules/checkout/schema.ts'
import type { SellerView } from '../../modules/fulfilment/schema.ts'
import { request, type Page } from './client.ts'

export type {
  Income,
  IncomeDay,
  OrderStory,
  OrderSummary,
  Refund,
  RefundOrder,
  SellerView,
  SettleMismatch,
  TimelineEntry,
}

/** In which order orders are listed, each way. */
export const orderSorts = ['-placed', 'placed', '-total', 'total'] as const

/** Orders. `search` is a number or an address, or its beginning. */
export function ordersQuery(filter: {
  status?: OrderSummary['status'] | undefined
  search?: string | undefined
  placedFrom?: string | undefined
  placedBefore?: string | undefined
  sort?: (typeof orderSorts)[number]
}) {
  return infiniteQueryOptions({
    queryKey: ['orders', filter],
    queryFn: ({ pageParam }) =>
      request<Page<OrderSummary>>('GET', '/orders', { query: { ...filter, after: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** The newest orders. */
export const latestOrdersQuery = queryOptions({
  queryKey: ['orders', 'latest'],
  queryFn: () => request<Page<OrderSummary>>('GET', '/orders', { query: { limit: 6 } }),
})

/** One order with all that happened. */
export function orderQuery(id: string) {
  return queryOptions({ queryKey: ['order', id], queryFn: () => request<OrderStory>('GET', `/orders/${id}`) })
}

/** Gives money back. The key stands for one decision of a person. */
export function refundOrder(id: string, wish: RefundOrder, idempotencyKey: string): Promise<Refund> {
  return request('POST', `/orders/${id}/refunds`, { body: wish, idempotencyKey })
}

/** Ends the question about a payment of another amount. The key stands for one decision of a person. */
export function settleMismatch(
  { orderId, paymentId }: { orderId: string; paymentId: string },
  wish: SettleMismatch,
  idempotencyKey: string,
): Promise<void> {
  return request('POST', `/orders/${orderId}/payments/${paymentId}/settle`, { body: wish, idempotencyKey })
}

/** What an order gave its buyer, by line. */
export function rightsOfOrderQuery(orderId: string) {
  return queryOptions({
    queryKey: ['order', orderId, 'entitlements'],
    queryFn: () => request<{ items: SellerView[] }>('GET', `/orders/${orderId}/entitlements`),
  })
}

/** Lets the buyer download all of a line again. */
export function allowDownloads(right: { orderId: string; entitlementId: string }): Promise<void> {
  return request('POST', `/orders/${right.orderId}/entitlements/${right.entitlementId}/downloads/reset`)
}

/** Cancels an order that is not paid. */
export function cancelOrder(id: string): Promise<void> {
  return request('POST', `/orders/${id}/cancel`)
}

/** Sends the receipt again. */
export function resendReceipt(id: string, idempotencyKey: string): Promise<void> {
  return request('POST', `/orders/${id}/receipt`, { idempotencyKey })
}

/** Where an invoice or credit note is as PDF. */
export function documentPath(orderId: string, documentId: string): string {
  return `/orders/${orderId}/documents/${documentId}`
}

/** Income by day in the store's days, and of as many days before. */
export function incomeQuery(filter: { days: number; currency: CurrencyCode }) {
  return queryOptions({
    queryKey: ['income', filter],
    staleTime: 60_000,
    // Another period or currency: the picture stays until the new one is there.
    placeholderData: keepPreviousData,
    queryFn: () => request<Income>('GET', '/income', { query: filter }),
  })
}

/** Writes a note about an order. */
export function addNote(orderId: string, input: NewNote): Promise<Note> {
  return request('POST', `/orders/${orderId}/notes`, { body: input })
}

/** Removes a note. */
export function removeNote({ orderId, noteId }: { orderId: string; noteId: string }): Promise<void> {
  return request('DELETE', `/orders/${orderId}/notes/${noteId}`)
}
