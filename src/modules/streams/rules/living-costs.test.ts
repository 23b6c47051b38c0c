import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthAfter, monthsFrom } from './coverage-months.ts'
import {
  costsOfMonth,
  costsOfYear,
  ladderOf,
  seasonDays,
  STEPS,
  WHENS,
  type LivingCost,
} from './living-costs.ts'

const cost = (when: LivingCost['when'], amountMinor: bigint, month: number | null = null): LivingCost => ({
  step: 'food',
  amountMinor,
  when,
  month,
})
const foodIn = (costs: LivingCost[], month: string) => costsOfMonth(costs, month).ownMinor.food

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
    expect(costsOfYear([cost('month', 900n, 9)], '2026-01').map(({ ownMinor }) => ownMinor.food)).toEqual([
      0n,
      0n,
      0n,
      0n,
      0n,
      0n,
      0n,
      0n,
      900n,
      0n,
      0n,
      0n,
    ])
    const yearly = costsOfYear([cost('yearly', 1000n)], '2026-05').map(({ ownMinor }) => ownMinor.food)
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
        const { ownMinor } = costsOfMonth(costs, '2026-03')
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
