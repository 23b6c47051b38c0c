const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Pauses before the second, third … attempt. Source: Standard Webhooks 1.0.0, "Deliverability and reliability". */
export const PAUSES_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

/** After how long without one success an endpoint is paused. */
export const PATIENCE_MS = 5 * DAY

/** For how long messages and what came of them are kept. */
export const KEPT_MS = 30 * DAY

const JITTER = 0.2
const LONGEST_WISH_MS = DAY

/** What is known after a failed attempt. */
export type FailedTry = {
  /** How many attempts were made since the delivery was last set going, this one too. */
  tries: number
  /** A number from 0 to 1 that differs from delivery to delivery, so that what failed together does not come back together. */
  spread: number
  /** What the endpoint said in Retry-After. */
  retryAfter?: string | undefined
  now: Date
}

/** When to try again; undefined if it was the last time. An endpoint may ask for a longer pause, up to a day. */
export function nextAttemptAt({ tries, spread, retryAfter, now }: FailedTry): Date | undefined {
  const pause = PAUSES_MS[tries - 1]
  if (pause === undefined) return undefined
  const wished = Math.min(LONGEST_WISH_MS, wishOf(retryAfter, now))
  return new Date(now.getTime() + Math.max(wished, Math.round(pause * (1 + JITTER * spread))))
}

/** Milliseconds of a Retry-After: seconds or a date. Source: RFC 9110, section 10.2.3. */
function wishOf(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * SECOND
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime())
}

/** The spread of a delivery's attempt: its id is random in the second half, so it need not be drawn. */
export function spreadOf(deliveryId: string, tries: number): number {
  const digits = deliveryId.replaceAll('-', '').slice(-13 + (tries % 3), -1 - (2 - (tries % 3)))
  return Number.parseInt(digits, 16) / 16 ** digits.length
}

/** What one attempt means for an endpoint. */
export type EndpointVerdict = 'works' | 'fails' | 'pause' | 'gone'

/** Decides what becomes of an endpoint after an attempt: 410 ends it, five days without success pause it. */
export function judgeEndpoint(
  outcome: { delivered: boolean; status: number | undefined },
  failingSince: Date | null,
  now: Date,
): EndpointVerdict {
  if (outcome.delivered) return 'works'
  if (outcome.status === 410) return 'gone'
  return failingSince !== null && now.getTime() - failingSince.getTime() >= PATIENCE_MS ? 'pause' : 'fails'
}
