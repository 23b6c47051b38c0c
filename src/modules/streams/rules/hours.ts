/** The longest time that can be entered at once, and the most that one person can give in a day. */
export const MOST_MINUTES = 24 * 60

/** A clock that has run longer was probably forgotten: the person is asked how long it really was. */
export const FORGOTTEN_MINUTES = 12 * 60

/**
 * What a clock that ran from `startedAt` comes to: whole minutes, or that it has probably been forgotten. Less than half a
 * minute is nothing.
 */
export function clocked(startedAt: Date, now: Date): { minutes: number; forgotten: boolean } {
  const minutes = Math.max(0, Math.round((now.getTime() - startedAt.getTime()) / 60_000))
  return { minutes, forgotten: minutes > FORGOTTEN_MINUTES }
}
