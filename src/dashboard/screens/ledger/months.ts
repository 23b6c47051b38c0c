import { toIsoDate } from '../../../shared/dates.ts'

/** Days, both counted, as calendar dates. */
export type Days = { from: string; to: string }

/** This year until today, and the month before this one, in a time zone. */
export function monthsOf(now: Date, timeZone: string): { thisYear: Days; lastMonth: Days } {
  const today = toIsoDate(now, timeZone)
  const firstOfMonth = new Date(`${today.slice(0, 8)}01T12:00:00Z`)
  const endOfLast = new Date(firstOfMonth.getTime() - 86_400_000).toISOString().slice(0, 10)
  return {
    thisYear: { from: `${today.slice(0, 4)}-01-01`, to: today },
    lastMonth: { from: `${endOfLast.slice(0, 8)}01`, to: endOfLast },
  }
}
