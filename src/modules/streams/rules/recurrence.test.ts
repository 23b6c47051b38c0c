import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysOf, nextDay, overlap, type Recurrence } from './recurrence.ts'

const rent: Recurrence = { every: 'month', beginsOn: '2026-01-31', endsOn: null }
const all = { from: '0001-01-01', through: '9999-12-31' }

const recurrences = fc.record({
  every: fc.constantFrom('week', 'month', 'quarter', 'year'),
  beginsOn: fc
    .integer({ min: Date.UTC(2000, 0, 1) / 86_400_000, max: Date.UTC(2040, 0, 1) / 86_400_000 })
    .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  endsOn: fc.constant(null),
}) satisfies fc.Arbitrary<Recurrence>

describe('days', () => {
  test('of a month’s last come on each month’s last', () => {
    expect(daysOf(rent, { ...all, most: 5 })).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ])
  })
  test('of a leap day come on 28 February in other years', () => {
    const yearly: Recurrence = { every: 'year', beginsOn: '2024-02-29', endsOn: null }
    expect(daysOf(yearly, { ...all, most: 5 }).slice(1)).toEqual([
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ])
  })
  test('begin and end where they are asked for, both counted, and with the recurrence', () => {
    const weekly: Recurrence = { every: 'week', beginsOn: '2026-01-01', endsOn: '2026-01-22' }
    expect(daysOf(weekly, { from: '2026-01-08', through: '2026-01-15', most: 9 })).toEqual([
      '2026-01-08',
      '2026-01-15',
    ])
    expect(daysOf(weekly, { from: '2026-01-09', through: '2027-01-01', most: 9 })).toEqual([
      '2026-01-15',
      '2026-01-22',
    ])
    expect(daysOf(weekly, { from: '2025-01-01', through: '2025-12-31', most: 9 })).toEqual([])
  })
  test('asked for piece by piece are the same, none twice and none lost', () => {
    fc.assert(
      fc.property(recurrences, fc.nat(40), (recurrence, cut) => {
        const whole = daysOf(recurrence, { ...all, most: 60 })
        const next = nextDay(recurrence, whole[cut] ?? '')
        expect(next).toBe(whole[cut])
        expect(daysOf(recurrence, { from: next ?? '', through: whole[59] ?? '', most: 60 })).toEqual(
          whole.slice(cut),
        )
        expect(new Set(whole).size).toBe(60)
      }),
    )
  })
})

test('after its end there is no next day', () => {
  expect(nextDay({ ...rent, endsOn: '2026-02-27' }, '2026-02-01')).toBeNull()
  expect(nextDay({ ...rent, endsOn: '2026-02-28' }, '2026-02-01')).toBe('2026-02-28')
  expect(nextDay(rent, '2025-01-01')).toBe('2026-01-31')
})

test('two overlap where there is a day that both hold', () => {
  const until = { ...rent, endsOn: '2026-06-30' }
  expect(overlap(until, { ...rent, beginsOn: '2026-06-30' })).toBe(true)
  expect(overlap(until, { ...rent, beginsOn: '2026-07-01' })).toBe(false)
  expect(overlap({ ...rent, beginsOn: '2026-07-01' }, until)).toBe(false)
})
