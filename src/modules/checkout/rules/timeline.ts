import type { Order, Refund, TimelineEntry } from '../schema.ts'

/** What a story is told from. */
export type StorySources = {
  order: Order
  payments: readonly {
    provider: string
    status: string
    createdAt: string
    updatedAt: string
    capturedAt: string | null
    declineReason: string | null
    observed: unknown
    problemSettledAt: string | null
    problemNote: string | null
  }[]
  refunds: readonly Refund[]
  messages: readonly { receivedAt: Date; provider: string; outcome: string | null }[]
  notes: readonly { id: string; body: string; createdAt: Date; by: string | undefined }[]
}

/** All that happened to an order, oldest first. */
export function tellStory({ order, payments, refunds, messages, notes }: StorySources): TimelineEntry[] {
  const story: TimelineEntry[] = [{ at: order.placedAt, kind: 'order-placed', amount: order.total }]
  for (const payment of payments) story.push(...paymentStory(payment))
  if (order.paidAt !== null) story.push({ at: order.paidAt, kind: 'order-paid' })
  if (order.cancelledAt !== null) story.push({ at: order.cancelledAt, kind: 'order-cancelled' })
  for (const { receivedAt, provider, outcome } of messages) {
    const detail = outcome === null ? provider : `${provider}: ${outcome}`
    story.push({ at: receivedAt.toISOString(), kind: 'provider-message', detail })
  }
  for (const refund of refunds) story.push(...refundStory(refund))
  for (const { issuedAt, number } of order.documents) {
    story.push({ at: issuedAt, kind: 'document-issued', detail: number })
  }
  for (const { id, body, createdAt, by } of notes) {
    const at = createdAt.toISOString()
    story.push({ at, kind: 'note', detail: body, noteId: id, ...(by === undefined ? {} : { by }) })
  }
  return story.sort((left, right) => Date.parse(left.at) - Date.parse(right.at))
}

function paymentStory(payment: StorySources['payments'][number]): TimelineEntry[] {
  const { provider, status, declineReason } = payment
  const story: TimelineEntry[] = [
    { at: instant(payment.createdAt), kind: 'payment-started', detail: provider },
  ]
  const changedAt = instant(payment.updatedAt)
  if (payment.capturedAt !== null)
    story.push({ at: instant(payment.capturedAt), kind: 'payment-captured', detail: provider })
  else if (payment.observed !== null) story.push(...mismatchStory(payment))
  else if (status === 'declined')
    story.push({ at: changedAt, kind: 'payment-declined', detail: declineReason ?? '' })
  else if (status === 'cancelled') story.push({ at: changedAt, kind: 'payment-cancelled', detail: provider })
  else if (status === 'processing')
    story.push({ at: changedAt, kind: 'payment-processing', detail: provider })
  return story
}

/** A payment is not touched any more once its question is settled, so its last change is the mismatch. */
function mismatchStory(payment: StorySources['payments'][number]): TimelineEntry[] {
  const { provider, updatedAt, problemSettledAt, problemNote } = payment
  const raised: TimelineEntry = { at: instant(updatedAt), kind: 'payment-mismatch', detail: provider }
  if (problemSettledAt === null) return [raised]
  return [raised, { at: instant(problemSettledAt), kind: 'mismatch-settled', detail: problemNote ?? '' }]
}

function refundStory(refund: Refund): TimelineEntry[] {
  const amount = refund.total
  const asked: TimelineEntry = {
    at: refund.createdAt,
    kind: 'refund-requested',
    amount,
    detail: refund.reason,
  }
  if (refund.status === 'failed') {
    return [asked, { at: refund.createdAt, kind: 'refund-failed', amount, detail: refund.failedReason ?? '' }]
  }
  return refund.doneAt === null ? [asked] : [asked, { at: refund.doneAt, kind: 'refund-done', amount }]
}

/** PostgreSQL writes instants into JSON with an offset; the API writes them in UTC. */
function instant(text: string): string {
  return new Date(text).toISOString()
}
