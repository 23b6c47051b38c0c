import type { Calendar } from './dates.ts'
import { intlTag, type Locale } from './locale.ts'

/** In which language, calendar and digits somebody reads months; other digits than Latin ones are for Arabic. */
export type MonthReader = { locale: Locale; calendar: Calendar; numerals: 'latn' | 'arab' }

/** How the reader calls a month: in full, and where there is little room. */
export type MonthNames = {
  readonly long: (month: string) => string
  readonly short: (month: string) => string
}

/** Years of the Hijri calendar that can be meant are below this, those of the Gregorian one above. */
const FIRST_GREGORIAN_YEAR = 1700
const DAY_MS = 86_400_000
const HIJRI_EPOCH_MS = Date.UTC(622, 6, 19)
const LUNAR_MONTH_DAYS = 29.530588

/**
 * Names of months such as `2026-02`, or `1447-09` of the Hijri calendar. A reader of the Hijri calendar is told beside a
 * Gregorian month which months of theirs it holds.
 */
export function monthNames({ locale, calendar, numerals }: MonthReader): MonthNames {
  const digits = intlTag(locale, locale === 'ar' ? numerals : 'latn')
  const format = (date: Date, wanted: 'gregory' | 'islamic-umalqura', parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(digits, { ...parts, calendar: wanted, timeZone: 'UTC' }).format(date)
  const full = { month: 'long', year: 'numeric' } as const
  const brief = { month: 'short', year: '2-digit' } as const
  return {
    long: (month) => {
      if (isHijri(month)) return format(middleOf(month), 'islamic-umalqura', full)
      const name = format(middleOf(month), 'gregory', full)
      if (calendar === 'gregorian') return name
      const [from, to] = [dayOf(month, 1), lastDayOf(month)]
      const [first, last] = [from, to].map((day) => format(day, 'islamic-umalqura', { month: 'long' }))
      const both = first === last ? '' : `${first} – `
      return `${name} (${both}${format(to, 'islamic-umalqura', full)})`
    },
    short: (month) => {
      if (isHijri(month)) return format(middleOf(month), 'islamic-umalqura', { month: 'short' })
      if (calendar === 'gregorian') return format(middleOf(month), 'gregory', brief)
      // The month that most of it lies in. Its era would take the room of two more.
      const parts = new Intl.DateTimeFormat(digits, {
        ...brief,
        calendar: 'islamic-umalqura',
        timeZone: 'UTC',
      })
      return parts
        .formatToParts(middleOf(month))
        .map(({ type, value }) => (type === 'era' ? '' : value))
        .join('')
        .trim()
    },
  }
}

function isHijri(month: string): boolean {
  return Number(month.slice(0, 4)) < FIRST_GREGORIAN_YEAR
}

/** A day in the middle of a month: far enough from its ends that the mean length of lunar months is exact enough. */
function middleOf(month: string): Date {
  if (!isHijri(month)) return dayOf(month, 15)
  const [year = 1, nth = 1] = month.split('-').map(Number)
  const days = ((year - 1) * 12 + nth - 1) * LUNAR_MONTH_DAYS + LUNAR_MONTH_DAYS / 2
  return new Date(HIJRI_EPOCH_MS + days * DAY_MS)
}

/** Noon of the day before the next month. */
function lastDayOf(month: string): Date {
  const [year = 0, nth = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, nth, 0, 12))
}

function dayOf(month: string, day: number): Date {
  return new Date(`${month}-${String(day).padStart(2, '0')}T12:00:00Z`)
}
