import { expect, test } from 'vitest'
import { monthNames } from './month-names.ts'

const names = (change: object = {}) =>
  monthNames({ locale: 'en', numerals: 'latn', calendar: 'gregorian', ...change })

test('a Gregorian month is called as the reader calls it', () => {
  expect(names().long('2026-02')).toBe('February 2026')
  expect(names({ locale: 'ar' }).long('2026-02')).toBe('فبراير 2026')
  expect(names({ locale: 'ar', numerals: 'arab' }).long('2026-02')).toBe('فبراير ٢٠٢٦')
})

test('a reader of the Hijri calendar is told which of their months it holds', () => {
  expect(names({ locale: 'ar', calendar: 'hijri' }).long('2026-02')).toBe(
    'فبراير 2026 (شعبان – رمضان 1447 هـ)',
  )
})

test('where there is little room, a reader of the Hijri calendar sees the month that most of it lies in', () => {
  expect(names().short('2026-12')).toBe('Dec 26')
  expect(names({ locale: 'ar', calendar: 'hijri' }).short('2026-12')).toBe('رجب 48')
  expect(names({ locale: 'ar', calendar: 'hijri', numerals: 'arab' }).short('2026-12')).toBe('رجب ٤٨')
})

test('every Hijri month of sixty years is called by its own name and year', () => {
  const own = new Intl.DateTimeFormat('en', {
    calendar: 'islamic-umalqura',
    month: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  })
  for (let at = Date.UTC(2000, 0, 1); at < Date.UTC(2060, 0, 1); at += 86_400_000 * 14) {
    const parts = new Map(own.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
    const label = `${parts.get('year')}-${parts.get('month')?.padStart(2, '0')}`
    const named = new Intl.DateTimeFormat('en', {
      calendar: 'islamic-umalqura',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    })
    expect(names().long(label)).toBe(named.format(new Date(at)))
  }
})
