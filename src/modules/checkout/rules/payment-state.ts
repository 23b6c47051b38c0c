/** What is kept of a payment, as far as its state is concerned. */
export type KnownPayment = {
  status: 'created' | 'started' | 'processing' | 'captured' | 'declined' | 'cancelled'
  currency: string
  amountMinor: bigint
}

/** What the provider says of a payment when asked. */
export type ObservedPayment = {
  status: 'open' | 'processing' | 'paid' | 'declined' | 'cancelled'
  currency: string
  amountMinor: bigint
  declineReason?: string | undefined
  /** When a delayed settlement is expected. */
  settlesAt?: Date | undefined
}

/** What the provider's word means for the payment. */
export type PaymentVerdict = 'capture' | 'decline' | 'cancel' | 'process' | 'wait' | 'ignore' | 'mismatch'

/**
 * Decides what an observed state means. A captured payment never changes again; money that the provider holds is always
 * captured, whatever was believed before; another amount or currency than ours is never acted on.
 */
export function decidePayment(known: KnownPayment, observed: ObservedPayment): PaymentVerdict {
  if (known.status === 'captured') return 'ignore'
  if (observed.amountMinor !== known.amountMinor || observed.currency !== known.currency) return 'mismatch'
  switch (observed.status) {
    case 'paid':
      return 'capture'
    case 'processing':
      return known.status === 'processing' ? 'wait' : 'process'
    case 'declined':
      return known.status === 'declined' ? 'ignore' : 'decline'
    case 'cancelled':
      return known.status === 'cancelled' || known.status === 'declined' ? 'ignore' : 'cancel'
    case 'open':
      return 'wait'
  }
}

/** What becomes of captured money: the order is sold, sold if its stock can be had again, or the money goes back. */
export type CaptureVerdict = 'sell' | 'sell-if-in-stock' | 'return'

/**
 * Decides what a captured payment means for its order: one whose time ran out may still be sold, one that a person called
 * off may not, and a paid one is not paid twice.
 */
export function decideCapture(
  orderStatus: 'pending' | 'paid' | 'partially-refunded' | 'refunded' | 'cancelled',
  calledOff = false,
): CaptureVerdict {
  if (orderStatus === 'pending') return 'sell'
  return orderStatus === 'cancelled' && !calledOff ? 'sell-if-in-stock' : 'return'
}

const FIRST_CHECK_MS = 60_000
const LONGEST_PAUSE_MS = 12 * 3_600_000
const LAST_CHECK_MS = 7 * 24 * 3_600_000

/**
 * When to ask the provider next about something that began at `since`: pauses grow with its age, from one minute to
 * twelve hours; after seven days nobody asks any more.
 */
export function nextCheckAt(since: Date, now: Date): Date | null {
  const ageMs = now.getTime() - since.getTime()
  if (ageMs >= LAST_CHECK_MS) return null
  return new Date(now.getTime() + Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_CHECK_MS, ageMs)))
}
