import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresOf, passivityOf, perHour, writeOff, type FigureMonth } from './figures.ts'

const month = (change: Partial<FigureMonth> = {}): FigureMonth => ({
  incomeMinor: 0n,
  costMinor: 0n,
  upkeepMinutes: 0,
  buildingMinutes: 0,
  ...change,
})

const none = { writtenOffMinutes: 0 }

const months = fc.array(
  fc.record({
    incomeMinor: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
    costMinor: fc.bigInt({ min: 0n, max: 1_000_000n }),
    upkeepMinutes: fc.integer({ min: 0, max: 10_000 }),
    buildingMinutes: fc.integer({ min: 0, max: 10_000 }),
  }),
  { maxLength: 24 },
)

test('an hour bears its share of what is left, with building and without', () => {
  const figures = figuresOf([month({ incomeMinor: 30_000n, costMinor: 6_000n, upkeepMinutes: 90 })], {
    writtenOffMinutes: 30,
  })
  expect(figures).toMatchObject({
    netMinor: 24_000n,
    netPerUpkeepHourMinor: 16_000n,
    netPerHourMinor: 12_000n,
  })
})

test('without any time there is no figure for an hour', () => {
  expect(figuresOf([month({ incomeMinor: 30_000n })], none)).toMatchObject({
    netPerUpkeepHourMinor: null,
    netPerHourMinor: null,
    passivity: 1,
  })
  expect(figuresOf([], none)).toMatchObject({
    netMinor: 0n,
    passivity: null,
    trend: { direction: 'too-short' },
  })
})

test('a month that still runs is no part of the trend', () => {
  const rising = [1n, 2n, 3n, 4n, 5n, 6n, 0n].map((incomeMinor) => month({ incomeMinor }))
  expect(figuresOf(rising, { ...none, whole: 6 }).trend).toMatchObject({ direction: 'up', months: 6 })
  expect(figuresOf(rising, none).trend).toMatchObject({ direction: 'unclear', months: 7 })
})

describe('passivity', () => {
  test('counts income of months with less than an hour of upkeep; sixty minutes are an hour', () => {
    const all = [
      month({ incomeMinor: 300n, upkeepMinutes: 59 }),
      month({ incomeMinor: 100n, upkeepMinutes: 60 }),
      month({ upkeepMinutes: 600 }),
    ]
    expect(passivityOf(all)).toBe(0.75)
  })
  test('hours of building do not count against it', () => {
    expect(passivityOf([month({ incomeMinor: 5n, buildingMinutes: 900 })])).toBe(1)
  })
  test('is a share, and never rises when a month is tended', () => {
    fc.assert(
      fc.property(months, fc.nat(23), (all, at) => {
        const before = passivityOf(all)
        const tended = all.map((one, nth) =>
          nth === at ? { ...one, upkeepMinutes: one.upkeepMinutes + 60 } : one,
        )
        if (before === null) return
        expect(before).toBeGreaterThanOrEqual(0)
        expect(before).toBeLessThanOrEqual(1)
        expect(passivityOf(tended) ?? 0).toBeLessThanOrEqual(before)
      }),
    )
  })
})

describe('writing building off', () => {
  const building = [{ month: 0, minutes: 3_600 }]
  test('each month of the life bears the same, and none after it', () => {
    const of = (from: number, before: number) => writeOff(building, { from, before, lifeMonths: 36 })
    expect(of(0, 1)).toBe(100)
    expect(of(12, 24)).toBe(1_200)
    expect(of(30, 48)).toBe(600)
    expect(of(36, 60)).toBe(0)
    expect(of(-12, 0)).toBe(0)
  })
  test('what is borne over the whole life is all of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ month: fc.nat(60), minutes: fc.nat(6_000) })),
        fc.integer({ min: 1, max: 120 }),
        (all, lifeMonths) => {
          const minutes = all.reduce((sum, one) => sum + one.minutes, 0)
          expect(writeOff(all, { from: 0, before: 61 + lifeMonths, lifeMonths })).toBe(minutes)
        },
      ),
    )
  })
})

test('sums are exact, however large', () => {
  const large = 10n ** 17n + 1n
  expect(figuresOf([month({ incomeMinor: large }), month({ incomeMinor: large })], none).netMinor).toBe(
    2n * large,
  )
  expect(perHour(-90n, 120)).toBe(-45n)
  expect(perHour(-91n, 120)).toBe(-46n)
})
