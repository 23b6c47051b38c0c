import { z } from 'zod'
import { intlTag, type Locale } from './locale.ts'

/** Parses a calendar date of the Gregorian calendar that exists: `2026-02-28`. */
export const isoDateSchema = z.iso.date('problems.field.date').meta({ format: 'date', example: '2026-02-28' })

/** Parses an instant with its offset: `2026-02-28T09:30:00Z`. */
export const isoInstantSchema = z.iso
  .datetime({ offset: true, error: 'problems.field.instant' })
  .meta({ format: 'date-time', example: '2026-02-28T09:30:00Z' })

/** The calendars that people may read dates in. */
export type Calendar = 'gregorian' | 'hijri'

/** How a date is shown. The time zone is an IANA name, UTC unless told; digits are Latin unless told. */
export type DateFormat = {
  calendar?: Calendar
  timeZone?: string
  numerals?: 'latn' | 'arab'
  length?: 'medium' | 'long' | 'full'
}

/**
 * The day for people: `28 فبراير 2026`, `February 28, 2026`; in the Hijri calendar (Umm al-Qura) `11 رمضان 1447 هـ`.
 */
export function formatDate(instant: Date, locale: Locale, format: DateFormat = {}): string {
  return dateFormatter(locale, format, false).format(instant)
}

/** The day and the time of day for people, to the minute. */
export function formatDateTime(instant: Date, locale: Locale, format: DateFormat = {}): string {
  return dateFormatter(locale, format, true).format(instant)
}

/** The calendar date of an instant in a time zone (UTC unless told), as `2026-02-28`. */
export function toIsoDate(instant: Date, timeZone = 'UTC'): string {
  const parts = new Map(
    isoFormatter(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  )
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`
}

const units = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/**
 * How far an instant is from now, in the largest unit that fits once, rounded towards now: `قبل 3 أيام`, `in 2 hours`.
 * Days are spans of 24 hours. Less than a second is `now`.
 */
export function formatRelative(instant: Date, now: Date, locale: Locale): string {
  const distanceMs = instant.getTime() - now.getTime()
  const [unit, unitMs] = units.find(([, ms]) => Math.abs(distanceMs) >= ms) ?? (['second', 1_000] as const)
  return relativeFormatters[locale].format(Math.trunc(distanceMs / unitMs) || 0, unit)
}

const relativeFormatters: Record<Locale, Intl.RelativeTimeFormat> = {
  ar: new Intl.RelativeTimeFormat(intlTag('ar'), { numeric: 'auto' }),
  en: new Intl.RelativeTimeFormat(intlTag('en'), { numeric: 'auto' }),
}

const maxFormatters = 500
const formatters = new Map<string, Intl.DateTimeFormat>()

function dateFormatter(locale: Locale, format: DateFormat, withTime: boolean): Intl.DateTimeFormat {
  const { calendar = 'gregorian', timeZone = 'UTC', numerals = 'latn', length = 'long' } = format
  const tag = `${locale}-u-ca-${calendar === 'hijri' ? 'islamic-umalqura' : 'gregory'}-nu-${numerals}`
  return remembered(`${tag} ${timeZone} ${length} ${withTime}`, () => {
    const time = withTime ? ({ timeStyle: 'short' } as const) : {}
    return new Intl.DateTimeFormat(tag, { dateStyle: length, timeZone, ...time })
  })
}

function isoFormatter(timeZone: string): Intl.DateTimeFormat {
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  return remembered(
    `iso ${timeZone}`,
    () => new Intl.DateTimeFormat('en-u-ca-gregory', { ...digits, timeZone }),
  )
}

function remembered(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formatters.get(key)
  if (known !== undefined) return known
  const made = make()
  if (formatters.size < maxFormatters) formatters.set(key, made)
  return made
}
