import { describe, expect, test } from 'vitest'
import { addDays, daysOfMonth, monthsOf, placeOfDay } from './periods.ts'

describe('months', () => {
  test('of the Gregorian calendar, whole', () => {
    expect(monthsOf({ from: '2025-12-31', to: '2026-02-01', calendar: 'gregorian' })).toEqual([
      { label: '2025-12', from: '2025-12-01', before: '2026-01-01' },
      { label: '2026-01', from: '2026-01-01', before: '2026-02-01' },
      { label: '2026-02', from: '2026-02-01', before: '2026-03-01' },
    ])
  })
  test('of Umm al-Qura: Ramadan and Shawwal 1447', () => {
    expect(monthsOf({ from: '2026-02-20', to: '2026-03-25', calendar: 'hijri' })).toEqual([
      { label: '1447-09', from: '2026-02-18', before: '2026-03-20' },
      { label: '1447-10', from: '2026-03-20', before: '2026-04-18' },
    ])
  })
  test.each(['gregorian', 'hijri'] as const)(
    'of the %s calendar follow each other for ten years',
    (calendar) => {
      const months = monthsOf({ from: '2020-01-01', to: '2029-12-31', calendar })
      for (const [at, month] of months.entries()) {
        expect(month.before).toBe(months[at + 1]?.from ?? month.before)
        expect(month.before > month.from).toBe(true)
      }
      expect(new Set(months.map(({ label }) => label)).size).toBe(months.length)
    },
  )
})

test('days of a month, leap years too', () => {
  expect(daysOfMonth('2028-02')).toEqual({ from: '2028-02-01', before: '2028-03-01' })
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
})

test('days have their place on the line of months', () => {
  expect(placeOfDay('2026-01-01')).toBe(2026 * 12)
  expect(placeOfDay('2026-04-16')).toBe(2026 * 12 + 3.5)
})
