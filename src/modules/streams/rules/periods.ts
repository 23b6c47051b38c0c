import type { Calendar } from '../../../shared/dates.ts'
import { toHijri } from '../../../shared/hijri.ts'

/** A month of either calendar: `2026-02`, `1447-09`, and its first and the following month's first UTC day. */
export type Month = { readonly label: string; readonly from: string; readonly before: string }

const DAY_MS = 86_400_000
const SHORTEST_MONTH_DAYS = 28
const YEAR_MONTHS = 12
const YEAR_AND_MORE_DAYS = 366

/** The months of a calendar that hold any of the days from `from` to `to`, both counted, in order. */
export function monthsOf({ from, to, calendar }: { from: string; to: string; calendar: Calendar }): Month[] {
  const months: Month[] = []
  for (let at = startOfMonth(from, calendar); at <= to;) {
    const before = nextMonth(at, calendar)
    months.push({ label: labelOf(at, calendar), from: at, before })
    at = before
  }
  return months
}

/** The twelve months of a calendar that begin with the one that holds a day. */
export function yearFrom(day: string, calendar: Calendar): Month[] {
  return monthsOf({ from: day, to: addDays(day, YEAR_AND_MORE_DAYS), calendar }).slice(0, YEAR_MONTHS)
}

/** The first day of a Gregorian month, and the first after it. @throws RangeError */
export function daysOfMonth(month: string): { from: string; before: string } {
  const from = `${month}-01`
  return { from, before: nextMonth(from, 'gregorian') }
}

/** The day some days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

function startOfMonth(day: string, calendar: Calendar): string {
  return addDays(day, 1 - dayOfMonth(day, calendar))
}

/** From the first day of a month to that of the next. */
function nextMonth(first: string, calendar: Calendar): string {
  let day = addDays(first, SHORTEST_MONTH_DAYS)
  while (dayOfMonth(day, calendar) !== 1) day = addDays(day, 1)
  return day
}

function dayOfMonth(day: string, calendar: Calendar): number {
  return Number(calendar === 'gregorian' ? day.slice(8) : toHijri(day).day)
}

function labelOf(day: string, calendar: Calendar): string {
  if (calendar === 'gregorian') return day.slice(0, 7)
  const { year, month } = toHijri(day)
  return `${year}-${String(month).padStart(2, '0')}`
}

/** Where a day lies on the line of Gregorian months, counted from the year 0: 14 April 2026 is 24315.43. */
export function placeOfDay(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const { from, before } = daysOfMonth(day.slice(0, 7))
  const days = (Date.parse(before) - Date.parse(from)) / DAY_MS
  return year * 12 + month - 1 + (date - 1) / days
}
