import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  atPricesOf,
  convertAt,
  devaluationsOf,
  inCurrency,
  inGold,
  type MonthRatios,
  type Ratio,
} from './purchasing-power.ts'
import { readRatio } from './purchasing-power-text.ts'

const ratio = (decimal: string): Ratio => {
  const read = readRatio(decimal)
  if (read === undefined) throw new Error(`${decimal} is no ratio`)
  return read
}
const months = (entries: Record<string, string>): MonthRatios =>
  new Map(Object.entries(entries).map(([month, decimal]) => [month, ratio(decimal)]))

describe('the pound of March 2024', () => {
  // The Central Bank of Egypt let the pound float on 6 March 2024: from 30.9 to about 47 for a dollar.
  const dollar = months({ '2024-02': '30.9', '2024-03': '47.2', '2024-04': '47.8' })
  const salary = ['2024-02', '2024-03', '2024-04'].map((month) => ({
    month,
    amounts: [{ currency: 'EGP' as const, amountMinor: 10_000_00n }],
  }))
  const inverse = (_: string, month: string) => {
    const rate = dollar.get(month)
    return rate && { numerator: rate.denominator, denominator: rate.numerator }
  }

  test('is flat in pounds, and a third less in dollars', () => {
    expect(inCurrency(salary, 'EGP', () => undefined).values.map(({ value }) => value)).toEqual([
      1_000_000n,
      1_000_000n,
      1_000_000n,
    ])
    expect(inCurrency(salary, 'USD', inverse).values.map(({ value }) => value)).toEqual([
      32_362n,
      21_186n,
      20_921n,
    ])
  })

  test('is named as what it was', () => {
    expect(devaluationsOf(dollar)).toEqual([{ month: '2024-03', lost: expect.closeTo(0.3453, 3) as number }])
  })

  test('buys less at constant prices, and fewer grams of gold', () => {
    const nominal = inCurrency(salary, 'EGP', () => undefined)
    const index = months({ '2024-02': '100', '2024-03': '102', '2024-04': '104' })
    expect(
      atPricesOf(nominal, { base: '2024-04', index, currency: 'EGP' }).values.map(({ value }) => value),
    ).toEqual([1_040_000n, 1_019_608n, 1_000_000n])
    const gram = months({ '2024-02': '2400', '2024-03': '3200.5', '2024-04': '3300' })
    expect(inGold(nominal, { gram, currency: 'EGP' }).values.map(({ value }) => value)).toEqual([
      4167n,
      3125n,
      3030n,
    ])
  })
})

describe('what is not known', () => {
  const mixed = [
    {
      month: '2026-01',
      amounts: [
        { currency: 'SAR' as const, amountMinor: 100n },
        { currency: 'USD' as const, amountMinor: 100n },
      ],
    },
    {
      month: '2026-02',
      amounts: [
        { currency: 'SAR' as const, amountMinor: 100n },
        { currency: 'USD' as const, amountMinor: 0n },
      ],
    },
  ]

  test('leaves its month out as a whole and is said; nothing is taken for one', () => {
    expect(inCurrency(mixed, 'SAR', () => undefined)).toEqual({
      values: [{ month: '2026-02', value: 100n }],
      missing: [{ month: '2026-01', what: 'rate', currency: 'USD' }],
    })
  })

  test('of a series is said beside what was missing before it', () => {
    const before = inCurrency(mixed, 'SAR', () => undefined)
    const found = inGold(before, { gram: new Map(), currency: 'SAR' })
    expect(found.values).toEqual([])
    expect(found.missing.map(({ month, what }) => [month, what])).toEqual([
      ['2026-01', 'rate'],
      ['2026-02', 'gold'],
    ])
  })

  test('makes no devaluation of a gap', () => {
    expect(devaluationsOf(months({ '2024-01': '30', '2024-03': '60' }))).toEqual([])
    expect(devaluationsOf(months({ '2024-01': '30', '2024-02': '33' }))).toEqual([])
  })
})

test('decimals of each currency are counted: a dinar of three, a yen of none', () => {
  expect(convertAt(1_500n, { from: 'KWD', to: 'USD', rate: ratio('3.25') })).toBe(488n)
  expect(convertAt(100n, { from: 'USD', to: 'JPY', rate: ratio('150.4') })).toBe(150n)
  expect(
    inGold(
      { values: [{ month: '2026-01', value: 40_000n }], missing: [] },
      { gram: months({ '2026-01': '40' }), currency: 'KWD' },
    ).values[0]?.value,
  ).toBe(1000n)
})

test('at the prices of its own month a value is itself, and doubling every price halves it', () => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 15n), 10n ** 15n),
      fc.integer({ min: 1, max: 1_000_000 }),
      (value, level) => {
        const index = months({ '2026-01': String(level), '2026-02': String(level * 2) })
        const series = {
          values: [
            { month: '2026-01', value },
            { month: '2026-02', value: value * 2n },
          ],
          missing: [],
        }
        const found = atPricesOf(series, { base: '2026-01', index, currency: 'SAR' })
        expect(found.values.map((one) => one.value)).toEqual([value, value])
      },
    ),
  )
})
