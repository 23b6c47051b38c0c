import { Temporal } from 'temporal-polyfill'

/** The month so many months later, or earlier: `2026-11` and 2 give `2027-01`. */
export function monthAfter(month: string, months: number): string {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString()
}

/** Every month from one to another, both counted; none if they are the wrong way round. */
export function monthsFrom(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last; month = monthAfter(month, 1)) months.push(month)
  return months
}
