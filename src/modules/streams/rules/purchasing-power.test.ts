import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  atPricesOf,
  devaluationsOf,
  seriesOf,
  inGold,
  type MonthRatios,
  type Ratio,
} from './purchasing-power.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
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
  const salary = seriesOf(
    ['2024-02', '2024-03', '2024-04'],
    ['2024-02', '2024-03', '2024-04'].map((month) => ({
      month,
      currency: 'EGP',
      amountMinor: 10_000_00n,
      known: true,
    })),
  )

  test('is named as what it was', () => {
    expect(devaluationsOf([...dollar.keys()], dollar)).toEqual([
      { month: '2024-03', lost: expect.closeTo(0.3453, 3) as number },
    ])
  })

  test('buys less at constant prices, and fewer grams of gold', () => {
    const index = months({ '2024-02': '100', '2024-03': '102', '2024-04': '104' })
    expect(
      atPricesOf(salary, { base: ratio('104'), index, currency: 'EGP' }).values.map(({ value }) => value),
    ).toEqual([1_040_000n, 1_019_608n, 1_000_000n])
    const gram = months({ '2024-02': '2400', '2024-03': '3200.5', '2024-04': '3300' })
    expect(inGold(salary, { gram, currency: 'EGP' }).values.map(({ value }) => value)).toEqual([
      4167n,
      3125n,
      3030n,
    ])
  })
})

describe('what is not known', () => {
  const months2026 = ['2026-01', '2026-02', '2026-03']
  const part = (month: string, currency: 'SAR' | 'USD', known: boolean) => ({
    month,
    currency,
    amountMinor: 100n,
    known,
  })
  const mixed = [part('2026-01', 'SAR', true), part('2026-01', 'USD', false), part('2026-02', 'SAR', true)]

  test('leaves its month out as a whole and is said; a month without anything is a month of zero', () => {
    expect(seriesOf(months2026, mixed)).toEqual({
      values: [
        { month: '2026-02', value: 100n },
        { month: '2026-03', value: 0n },
      ],
      missing: [{ month: '2026-01', what: 'rate', currency: 'USD' }],
    })
  })

  test('of a series is said beside what was missing before it', () => {
    const found = inGold(seriesOf(months2026, mixed), { gram: new Map(), currency: 'SAR' })
    expect(found.values).toEqual([])
    expect(found.missing.map(({ month, what }) => [month, what])).toEqual([
      ['2026-01', 'rate'],
      ['2026-02', 'gold'],
      ['2026-03', 'gold'],
    ])
  })

  test('makes no devaluation of a gap', () => {
    expect(
      devaluationsOf(['2024-01', '2024-02', '2024-03'], months({ '2024-01': '30', '2024-03': '60' })),
    ).toEqual([])
    expect(devaluationsOf(['2024-01', '2024-02'], months({ '2024-01': '30', '2024-02': '33' }))).toEqual([])
  })
})

test('gold is reckoned with the decimals of its currency: a dinar has three, a yen none', () => {
  const grams = (currency: CurrencyCode, value: bigint, price: string) =>
    inGold(
      { values: [{ month: '2026-01', value }], missing: [] },
      { gram: months({ '2026-01': price }), currency },
    ).values[0]?.value
  expect(grams('KWD', 40_000n, '40')).toBe(1000n)
  expect(grams('JPY', 22_500n, '22500')).toBe(1000n)
  expect(grams('SAR', 50_025n, '500.25')).toBe(1000n)
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
        const found = atPricesOf(series, { base: ratio(String(level)), index, currency: 'SAR' })
        expect(found.values.map((one) => one.value)).toEqual([value, value])
      },
    ),
  )
})
