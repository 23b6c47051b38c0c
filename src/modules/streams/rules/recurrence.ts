/** Something that comes again: the first day, how often, and the last day if there is one. Days are `2026-02-28`. */
export type Recurrence = {
  readonly every: 'week' | 'month' | 'quarter' | 'year'
  readonly beginsOn: string
  readonly endsOn: string | null
}

const DAY_MS = 86_400_000
const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/**
 * The days from `from` to `through`, both counted, on which it comes, at most `most` of them. What began on a day that a
 * month does not have comes on that month's last.
 */
export function daysOf(
  recurrence: Recurrence,
  { from, through, most }: { from: string; through: string; most: number },
): string[] {
  const last = recurrence.endsOn !== null && recurrence.endsOn < through ? recurrence.endsOn : through
  const days: string[] = []
  for (let nth = firstFrom(recurrence, from); days.length < most; nth++) {
    const day = nthDay(recurrence, nth)
    if (day > last) break
    days.push(day)
  }
  return days
}

/** The first day on or after `from` on which it comes; null when it has ended by then. */
export function nextDay(recurrence: Recurrence, from: string): string | null {
  const day = nthDay(recurrence, firstFrom(recurrence, from))
  return recurrence.endsOn !== null && day > recurrence.endsOn ? null : day
}

/** Whether there is a time in which both come. */
export function overlap(left: Recurrence, right: Recurrence): boolean {
  return endOf(left) >= right.beginsOn && endOf(right) >= left.beginsOn
}

function endOf({ endsOn }: Recurrence): string {
  return endsOn ?? '9999-12-31'
}

/** How many times it has come before `from`. */
function firstFrom(recurrence: Recurrence, from: string): number {
  if (from <= recurrence.beginsOn) return 0
  const days = (Date.parse(from) - Date.parse(recurrence.beginsOn)) / DAY_MS
  const perTime = recurrence.every === 'week' ? 7 : 31 * MONTHS[recurrence.every]
  let nth = Math.max(0, Math.floor(days / perTime) - 1)
  while (nthDay(recurrence, nth) < from) nth++
  return nth
}

function nthDay({ every, beginsOn }: Recurrence, nth: number): string {
  if (every === 'week') return new Date(Date.parse(beginsOn) + nth * 7 * DAY_MS).toISOString().slice(0, 10)
  const [year = 0, month = 1, day = 1] = beginsOn.split('-').map(Number)
  const at = year * 12 + month - 1 + nth * MONTHS[every]
  const [ofYear, ofMonth] = [Math.floor(at / 12), at % 12]
  const length = new Date(Date.UTC(ofYear, ofMonth + 1, 0)).getUTCDate()
  return new Date(Date.UTC(ofYear, ofMonth, Math.min(day, length))).toISOString().slice(0, 10)
}
