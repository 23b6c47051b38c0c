/** Whether something would end before it begins; where either is not known, it does not. Days are `2026-02-28`. */
export function endsTooEarly({
  beganOn,
  endedOn,
}: {
  beganOn: string | null
  endedOn: string | null
}): boolean {
  return beganOn !== null && endedOn !== null && endedOn < beganOn
}

/** No place on earth is further ahead of UTC. */
const FURTHEST_AHEAD_MS = 14 * 3_600_000

/** Whether a day has not begun anywhere yet. */
export function isAhead(day: string, now: Date): boolean {
  return day > new Date(now.getTime() + FURTHEST_AHEAD_MS).toISOString().slice(0, 10)
}
