import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverageOf, markersOf, monthsCovered, pastOf, shareCovered, type MonthNet } from './coverage.ts'
import { monthAfter } from './coverage-months.ts'
import { costsOfMonth, type LivingCost } from './living-costs.ts'
import { daysOfMonth, yearFrom } from './periods.ts'

const netsOf = (amounts: readonly bigint[]): MonthNet[] =>
  amounts.map((netMinor, at) => ({ month: monthAfter('2024-11', at), netMinor }))
const covered = (costs: readonly LivingCost[], nets: readonly MonthNet[], from: string) =>
  coverageOf(
    yearFrom(`${from}-01`, 'gregorian').map((month) => costsOfMonth([{ from, costs }], month)),
    nets,
  )
const monthly = (step: LivingCost['step'], amountMinor: bigint): LivingCost => ({
  step,
  amountMinor,
  when: 'monthly',
  month: null,
})

describe('markers', () => {
  test('of 24 months the bad is the third from below, the usual the twelfth, the good the twenty-second', () => {
    const shuffled = Array.from({ length: 24 }, (_, at) => BigInt(((at * 7) % 24) + 1) * 100n)
    expect(markersOf(netsOf(shuffled)).map(({ netMinor }) => netMinor)).toEqual([300n, 1200n, 2200n])
  })

  test('of few months the bad one is the worst seen; of none there is none', () => {
    expect(markersOf(netsOf([500n, -20n, 100n])).map(({ netMinor }) => netMinor)).toEqual([-20n, 100n, 500n])
    expect(markersOf([])).toEqual([])
  })

  test('each is a month that was; they never cross; a better month never lowers one', () => {
    const amounts = fc.array(fc.bigInt(-(10n ** 12n), 10n ** 12n), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(amounts, fc.nat(), fc.bigInt(0n, 10n ** 12n), (before, at, more) => {
        const markers = markersOf(netsOf(before))
        for (const { month, netMinor } of markers) expect(netsOf(before)).toContainEqual({ month, netMinor })
        const [bad, usual, good] = markers.map(({ netMinor }) => netMinor)
        if (bad === undefined || usual === undefined || good === undefined)
          throw new Error('three are wanted')
        expect(bad <= usual && usual <= good).toBe(true)
        const after = before.map((amount, place) => (place === at % before.length ? amount + more : amount))
        for (const [place, marker] of markersOf(netsOf(after)).entries()) {
          expect(marker.netMinor >= (markers[place]?.netMinor ?? 0n)).toBe(true)
        }
      }),
    )
  })
})

describe('coverage', () => {
  const costs = [monthly('roof', 1000n), monthly('food', 500n), monthly('all', 500n)]

  test('each step is told up to and with it, for the bad, the usual and the good month', () => {
    const { steps } = covered(costs, netsOf([750n, 1500n, 3000n]), '2026-11')
    expect(steps.map(({ step, upToMinor, covered: its }) => [step, upToMinor, its])).toEqual([
      ['roof', 1000n, { bad: 0.75, usual: 1.5, good: 3 }],
      ['food', 1500n, { bad: 0.5, usual: 1, good: 2 }],
      ['health-transport', 1500n, { bad: 0.5, usual: 1, good: 2 }],
      ['all', 2000n, { bad: 0.375, usual: 0.75, good: 1.5 }],
      ['savings', 2000n, { bad: 0.375, usual: 0.75, good: 1.5 }],
    ])
  })

  test('a past month stands against what life cost in it, and not against what it costs now', () => {
    const nets = netsOf([750n, 1500n, 3000n])
    const ladders = [
      { from: '2024-01', costs: [monthly('roof', 700n)] },
      { from: '2024-12', costs },
    ]
    const past = pastOf(
      nets,
      nets.map(({ month }) => costsOfMonth(ladders, { label: month, ...daysOfMonth(month) })),
    )
    expect(past.map(({ steps }) => steps.map(({ upToMinor }) => upToMinor))).toEqual([
      [700n, 700n, 700n, 700n, 700n],
      [1000n, 1500n, 1500n, 2000n, 2000n],
      [1000n, 1500n, 1500n, 2000n, 2000n],
    ])
    expect(past[1]?.steps.map(({ covered: its }) => its)).toEqual([1.5, 1, 1, 0.75, 0.75])
    expect((['roof', 'food', 'all'] as const).map((step) => monthsCovered(past, step))).toEqual([3, 3, 2])
  })

  test('a month that lost covers nothing, and where nothing is due there is no share', () => {
    expect(shareCovered(-5n, 100n)).toBe(0)
    expect(shareCovered(5n, 0n)).toBeNull()
    expect(covered([], netsOf([5n]), '2026-11').steps[0]?.covered.bad).toBeNull()
    expect(covered(costs, [], '2026-11').steps[0]?.covered).toEqual({ bad: null, usual: null, good: null })
  })

  test('the dearest month of the year to come is found where its season is', () => {
    const feast: LivingCost = { step: 'food', amountMinor: 700n, when: 'ramadan', month: null }
    const { dearest, steps } = covered([...costs, feast], netsOf([2000n]), '2026-11')
    // Ramadan 1448 begins on 8 February 2027.
    expect(dearest.month).toBe('2027-02')
    expect(dearest.steps[1]?.upToMinor).toBeGreaterThan(2000n)
    expect(steps[1]?.upToMinor).toBe(1558n)
  })

  test('a step is covered no less than the one above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 5, maxLength: 5 }),
        fc.bigInt(-100n, 10n ** 10n),
        (own, net) => {
          const steps = ['roof', 'food', 'health-transport', 'all', 'savings'] as const
          const found = covered(
            steps.map((step, at) => monthly(step, own[at] ?? 0n)),
            netsOf([net]),
            '2026-01',
          ).steps
          const shares = found.flatMap(({ covered: its }) => (its.usual === null ? [] : [its.usual]))
          expect(shares).toEqual(shares.toSorted((left, right) => right - left))
        },
      ),
      { numRuns: 50 },
    )
  })
})
