import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthAfter, monthsFrom } from './coverage-months.ts'
import {
  costsOfMonth,
  ladderIn,
  ladderOf,
  seasonDays,
  STEPS,
  WHENS,
  type LivingCost,
} from './living-costs.ts'
import { daysOfMonth, monthsOf, yearFrom, type Month } from './periods.ts'

const cost = (when: LivingCost['when'], amountMinor: bigint, month: number | null = null): LivingCost => ({
  step: 'food',
  amountMinor,
  when,
  month,
})
const since = (costs: readonly LivingCost[], from = '2000-01') => [{ from, costs }]
const gregorian = (label: string): Month => ({ label, ...daysOfMonth(label) })
const foodIn = (costs: LivingCost[], month: string) =>
  costsOfMonth(since(costs), gregorian(month)).ownMinor.food
const foodOfYear = (costs: LivingCost[], day: string) =>
  yearFrom(day, 'gregorian').map((month) => costsOfMonth(since(costs), month).ownMinor.food)

// Source: the Umm al-Qura calendar as published by King Abdulaziz City for Science and Technology.
test('seasons stand where the Umm al-Qura calendar has them', () => {
  expect(seasonDays('ramadan', 1446)).toEqual({ from: '2025-03-01', to: '2025-03-29' })
  expect(seasonDays('eid-al-fitr', 1446)).toEqual({ from: '2025-03-30', to: '2025-04-01' })
  expect(seasonDays('eid-al-adha', 1446)).toEqual({ from: '2025-06-06', to: '2025-06-09' })
  expect(seasonDays('ramadan', 1447).from).toBe('2026-02-18')
})

describe('what a month costs', () => {
  test('a season across two months is divided by its days', () => {
    expect(foodIn([cost('ramadan', 29_00n)], '2025-03')).toBe(29_00n)
    // Eid of 1446: two days of March, one of April.
    expect(foodIn([cost('eid-al-fitr', 300n)], '2025-03')).toBe(200n)
    expect(foodIn([cost('eid-al-fitr', 300n)], '2025-04')).toBe(100n)
    expect(foodIn([cost('eid-al-fitr', 300n)], '2025-05')).toBe(0n)
  })

  test('a Gregorian year can see two Ramadans', () => {
    const of2030 = monthsFrom('2030-01', '2030-12').map((month) => foodIn([cost('ramadan', 30n)], month))
    expect(of2030.filter((due) => due > 0n).length).toBeGreaterThan(1)
    expect(of2030.reduce((sum, due) => sum + due, 0n)).toBeGreaterThan(30n)
  })

  test('school falls into its month, what is yearly is set aside to the last unit', () => {
    const september = Array.from({ length: 12 }, (_, at) => (at === 8 ? 900n : 0n))
    expect(foodOfYear([cost('month', 900n, 9)], '2026-01-31')).toEqual(september)
    const yearly = foodOfYear([cost('yearly', 1000n)], '2026-05-20')
    expect(yearly.reduce((sum, due) => sum + due, 0n)).toBe(1000n)
    expect(new Set(yearly)).toEqual(new Set([83n, 84n]))
  })

  test('whenever it falls due, what recurs every year of its calendar is paid once for each, and nothing is lost', () => {
    const years = fc.integer({ min: 1440, max: 1460 })
    fc.assert(
      fc.property(
        years,
        fc.bigInt(1n, 10n ** 12n),
        fc.constantFrom('ramadan', 'eid-al-fitr', 'eid-al-adha'),
        (year, amountMinor, when) => {
          const { from, to } = seasonDays(when, year)
          const inIts = monthsFrom(from.slice(0, 7), to.slice(0, 7)).map((month) =>
            foodIn([cost(when, amountMinor)], month),
          )
          const around = seasonDays(when, year + 1).from.slice(0, 7) <= to.slice(0, 7)
          expect(inIts.reduce((sum, due) => sum + due, 0n) >= amountMinor).toBe(true)
          if (!around) expect(inIts.reduce((sum, due) => sum + due, 0n)).toBe(amountMinor)
          expect(foodIn([cost(when, amountMinor)], monthAfter(from.slice(0, 7), -2))).toBe(0n)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('the ladder only grows, and ends at the sum of all', () => {
    const one = fc.record({
      step: fc.constantFrom(...STEPS),
      amountMinor: fc.bigInt(0n, 10n ** 15n),
      when: fc.constantFrom(...WHENS),
      month: fc.integer({ min: 1, max: 12 }),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (costs) => {
        const { ownMinor } = costsOfMonth(since(costs), gregorian('2026-03'))
        const ladder = ladderOf(ownMinor)
        expect(ladder.map(({ step }) => step)).toEqual(STEPS)
        for (const [at, { upToMinor, ownMinor: own }] of ladder.entries()) {
          expect(upToMinor - (ladder[at - 1]?.upToMinor ?? 0n)).toBe(own)
          expect(own >= 0n).toBe(true)
        }
        expect(ladder.at(-1)?.upToMinor).toBe(Object.values(ownMinor).reduce((sum, own) => sum + own, 0n))
      }),
      { numRuns: 40 },
    )
  })
})

describe('ladders', () => {
  const [before, after] = [cost('monthly', 100n), cost('monthly', 160n)]
  const ladders = [
    { from: '2025-06', costs: [before] },
    { from: '2026-02', costs: [after] },
  ]
  const food = (month: Month) => costsOfMonth(ladders, month).ownMinor.food

  test('hold from their month on; before the first there is no other than the first', () => {
    expect(['2025-01', '2025-06', '2026-01', '2026-02', '2027-05'].map(gregorian).map(food)).toEqual([
      100n,
      100n,
      100n,
      160n,
      160n,
    ])
    expect(ladderIn([], '2026-01')).toBeUndefined()
    expect(costsOfMonth([], gregorian('2026-01')).ownMinor.food).toBe(0n)
  })

  test('a Hijri month bears of each Gregorian one the part that its days are', () => {
    // Sha‘ban 1447: 20 January to 17 February 2026, so 12 of 31 days by the old ladder, 17 of 28 by the new one.
    const [month] = monthsOf({ from: '2026-02-01', to: '2026-02-01', calendar: 'hijri' })
    expect(month).toEqual({ label: '1447-08', from: '2026-01-20', before: '2026-02-18' })
    expect(month && food(month)).toBe(136n)
    // Ramadan is a month of its own there.
    const [ramadan] = monthsOf({ from: '2026-02-20', to: '2026-02-20', calendar: 'hijri' })
    expect(ramadan && costsOfMonth(since([cost('ramadan', 777n)]), ramadan).ownMinor.food).toBe(777n)
  })

  test('whichever calendar it is told in, nothing is lost and nothing is paid twice', () => {
    const one = fc.record({
      step: fc.constant('food' as const),
      amountMinor: fc.bigInt(0n, 10n ** 12n),
      when: fc.constantFrom(...WHENS),
      month: fc.integer({ min: 1, max: 12 }),
    })
    // From the first of Muharram 1447 to the last day of 2027: Hijri months, and the days that are left of the last.
    const hijri = monthsOf({ from: '2025-06-26', to: '2027-12-06', calendar: 'hijri' })
    const end = hijri.at(-1)?.before ?? ''
    const rest = { label: 'rest', from: end, before: '2028-01-01' }
    const first = { label: 'first', from: '2025-06-26', before: '2025-07-01' }
    const whole = monthsFrom('2025-07', '2027-12').map(gregorian)
    const sum = (costs: LivingCost[], months: readonly Month[]) =>
      months.reduce((all, month) => all + costsOfMonth(since(costs), month).ownMinor.food, 0n)
    fc.assert(
      fc.property(fc.array(one, { maxLength: 3 }), (costs) => {
        expect(sum(costs, [...hijri, rest])).toBe(sum(costs, [first, ...whole]))
      }),
      { numRuns: 10 },
    )
  })
})
