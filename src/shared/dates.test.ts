import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatDate,
  formatDateTime,
  formatRelative,
  isoDateSchema,
  isoInstantSchema,
  toIsoDate,
} from './dates.ts'

const instant = new Date('2026-02-28T22:30:00Z')
const spaces = (text: string) => text.replace(/\s/gu, ' ')

describe('dates for people', () => {
  test('are Gregorian with Latin digits unless asked otherwise', () => {
    expect(formatDate(instant, 'ar')).toBe('28 فبراير 2026')
    expect(formatDate(instant, 'en')).toBe('February 28, 2026')
    expect(formatDate(instant, 'ar', { numerals: 'arab' })).toBe('٢٨ فبراير ٢٠٢٦')
  })

  test('are Hijri by Umm al-Qura', () => {
    expect(formatDate(instant, 'ar', { calendar: 'hijri' })).toBe('11 رمضان 1447 هـ')
    expect(formatDate(instant, 'en', { calendar: 'hijri' })).toBe('Ramadan 11, 1447 AH')
    expect(formatDate(new Date('2025-06-26T12:00:00Z'), 'ar', { calendar: 'hijri' })).toBe('1 محرم 1447 هـ')
  })

  test('are those of the reader’s time zone', () => {
    expect(formatDate(instant, 'en', { timeZone: 'Asia/Riyadh' })).toBe('March 1, 2026')
    expect(spaces(formatDateTime(instant, 'en', { timeZone: 'Asia/Riyadh' }))).toBe(
      'March 1, 2026 at 1:30 AM',
    )
    expect(spaces(formatDateTime(instant, 'ar', { timeZone: 'Asia/Riyadh' }))).toBe('1 مارس 2026 في 1:30 ص')
    expect(toIsoDate(instant)).toBe('2026-02-28')
    expect(toIsoDate(instant, 'Asia/Riyadh')).toBe('2026-03-01')
    expect(() => formatDate(instant, 'en', { timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })

  test('in ISO form are those of UTC', () => {
    const years = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(years, (date) => {
        expect(toIsoDate(date)).toBe(date.toISOString().slice(0, 10))
      }),
    )
  })
})

describe('relative times', () => {
  const at = (seconds: number, locale: 'ar' | 'en') =>
    formatRelative(new Date(instant.getTime() + seconds * 1000), instant, locale)

  test.each<[number, string, string]>([
    [0, 'الآن', 'now'],
    [-0.4, 'الآن', 'now'],
    [-59, 'قبل 59 ثانية', '59 seconds ago'],
    [-60, 'قبل دقيقة واحدة', '1 minute ago'],
    [7_200, 'خلال ساعتين', 'in 2 hours'],
    [-86_400, 'أمس', 'yesterday'],
    [-3 * 86_400, 'قبل 3 أيام', '3 days ago'],
    [14 * 86_400, 'خلال أسبوعين', 'in 2 weeks'],
    [-800 * 86_400, 'قبل سنتين', '2 years ago'],
  ])('%d s is %s, %s', (seconds, arabic, english) => {
    expect(at(seconds, 'ar')).toBe(arabic)
    expect(at(seconds, 'en')).toBe(english)
  })
})

describe('dates over the API', () => {
  test.each(['2026-02-28', '2024-02-29'])('%s is a date', (text) => {
    expect(isoDateSchema.safeParse(text).success).toBe(true)
  })

  test.each(['2026-02-29', '2026-13-01', '2026-2-8', '28-02-2026', '٢٠٢٦-٠٢-٢٨', '2026-02-28T00:00:00Z', ''])(
    '%j is no date',
    (text) => {
      expect(isoDateSchema.safeParse(text).success).toBe(false)
    },
  )

  test('instants carry their offset', () => {
    expect(isoInstantSchema.safeParse('2026-02-28T22:30:00Z').success).toBe(true)
    expect(isoInstantSchema.safeParse('2026-02-28T22:30:00.123+03:00').success).toBe(true)
    expect(isoInstantSchema.safeParse('2026-02-28T22:30:00').success).toBe(false)
    expect(isoInstantSchema.safeParse('2026-02-30T22:30:00Z').success).toBe(false)
  })
})
