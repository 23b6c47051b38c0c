import { describe, expect, test } from 'vitest'
import { daysUntil, judge, minutesOf, spentOf, wholeMonths, type MonthFigures } from './rules/focus.ts'
import { jumpsOf, usualMinutes, type LeftStream } from './rules/focus-jumps.ts'
import { isMonday, mondayOf, REVIEW, REVIEW_QUESTIONS } from './rules/reviews.ts'

const month = (
  name: string,
  incomeMinor: bigint,
  rest: Partial<{ costMinor: bigint; upkeep: number; building: number }> = {},
): MonthFigures => ({
  month: name,
  money: [{ currency: 'KWD', incomeMinor, costMinor: rest.costMinor ?? 0n }],
  upkeepMinutes: rest.upkeep ?? 0,
  buildingMinutes: rest.building ?? 0,
})
const rule = { months: 2, of: 3, amountMinor: 100n, currency: 'KWD', minutes: 600 } as const

describe('a stream is stable', () => {
  test('by months that are over, with enough left and little upkeep', () => {
    const figures = [
      month('2026-07', 900n),
      month('2026-08', 100n, { upkeep: 599 }),
      month('2026-09', 500n, { upkeep: 600 }),
      month('2026-10', 250n, { costMinor: 151n }),
      // Not over yet.
      month('2026-11', 9_000n),
    ]
    const judged = judge(rule, figures, '2026-11-21')
    expect(judged.months.map(({ month: name, counts }) => [name, counts])).toEqual([
      ['2026-08', true],
      ['2026-09', false],
      ['2026-10', false],
    ])
    expect(judged).toMatchObject({ met: 1, isStable: false })
    expect(judge({ ...rule, minutes: 601 }, figures, '2026-11-21').isStable).toBe(true)
  })

  test('by its own currency alone, and a month of which nothing is written counts as nothing', () => {
    const other = {
      ...month('2026-10', 0n),
      money: [{ currency: 'USD' as const, incomeMinor: 10_000n, costMinor: 0n }],
    }
    expect(judge(rule, [other], '2026-11-01').months.map(({ netMinor }) => netMinor)).toEqual([0n, 0n, 0n])
    expect(wholeMonths('2026-01-31', 2)).toEqual(['2025-11', '2025-12'])
  })

  test('and its cap and hours count from the month in which it became the one', () => {
    const figures = [
      month('2026-08', 0n, { costMinor: 70n, building: 60 }),
      month('2026-09', 0n, { costMinor: 30n, building: 90, upkeep: 5 }),
    ]
    expect(spentOf(figures, '2026-09-15', 'KWD')).toBe(30n)
    expect(spentOf(figures, '2026-09-15', 'USD')).toBe(0n)
    expect(minutesOf(figures, '2026-09-15')).toBe(95)
    expect(daysUntil('2026-11-20', '2026-11-21')).toBe(-1)
  })
})

describe('jumps', () => {
  const left = (name: string, leftOn: string, figures: MonthFigures[]): LeftStream => ({
    name,
    begunOn: '2026-01-15',
    leftOn,
    figures,
  })

  test('are the last three, with what each took and left', () => {
    const jumps = jumpsOf([
      left('oldest', '2026-02-20', []),
      left('shop', '2026-05-14', [
        month('2026-02', 0n, { costMinor: 40n, building: 300 }),
        month('2026-04', 25n),
      ]),
      left('channel', '2026-09-15', [month('2026-03', 0n, { building: 1_200 })]),
      left('letter', '2026-06-01', [month('2026-01', 5n, { upkeep: 100 })]),
    ])
    expect(
      jumps.map(({ name, months, minutes, monthsToIncome }) => [name, months, minutes, monthsToIncome]),
    ).toEqual([
      ['channel', 8, 1_200, null],
      ['letter', 4, 100, 0],
      ['shop', 3, 300, 3],
    ])
    expect(jumps[2]?.net).toEqual([{ currency: 'KWD', netMinor: -15n }])
    expect(usualMinutes(jumps)).toBe(300)
    expect(usualMinutes([])).toBeUndefined()
  })
})

describe('the review', () => {
  test('has five questions, and belongs to a week by its Monday', () => {
    expect(REVIEW.map(({ id }) => id)).toEqual([...REVIEW_QUESTIONS])
    expect(REVIEW).toHaveLength(5)
    expect(['2026-11-16', '2026-11-22'].map(mondayOf)).toEqual(['2026-11-16', '2026-11-16'])
    expect([isMonday('2026-11-16'), isMonday('2026-11-17')]).toEqual([true, false])
  })
})
