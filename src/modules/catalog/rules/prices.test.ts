import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Price } from '../schema.ts'
import { priceSchema } from '../schema.ts'
import { checkPrices, fromPriceRow, toPriceRow } from './prices.ts'

const kwd = (amount: string) => ({ amount, currency: 'KWD' as const })
const sar = (amount: string) => ({ amount, currency: 'SAR' as const })

describe('prices', () => {
  test('are accepted one per currency, in the currencies of the store', () => {
    const prices: Price[] = [
      { mode: 'fixed', price: kwd('1999') },
      { mode: 'fixed', price: sar('2500') },
    ]
    expect(checkPrices(prices, ['SAR', 'KWD'])).toEqual([])
    expect(checkPrices(prices, ['SAR'])).toEqual([
      { pointer: '/prices/0', detail: 'problems.field.price-currency' },
    ])
  })

  test.each<[string, Price[], string]>([
    [
      'a currency twice',
      [
        { mode: 'fixed', price: kwd('1') },
        { mode: 'fixed', price: kwd('2') },
      ],
      'currency-doubled',
    ],
    [
      'two ways of pricing',
      [
        { mode: 'fixed', price: kwd('1') },
        { mode: 'free', currency: 'SAR' },
      ],
      'price-modes',
    ],
    [
      'a suggestion below the minimum',
      [{ mode: 'chosen', minimum: kwd('5'), suggested: kwd('4') }],
      'suggested-below-minimum',
    ],
    [
      'a suggestion in another currency',
      [{ mode: 'chosen', minimum: kwd('5'), suggested: sar('9') }],
      'suggested-currency',
    ],
  ])('with %s are refused', (_name, prices, detail) => {
    expect(checkPrices(prices, ['KWD', 'SAR']).map((one) => one.detail)).toEqual([`problems.field.${detail}`])
  })

  test.each([
    [{ mode: 'fixed', price: { amount: 19.99, currency: 'KWD' } }],
    [{ mode: 'fixed', price: { amount: 1999, currency: 'KWD' } }],
    [{ mode: 'fixed', price: { amount: '-1', currency: 'KWD' } }],
    [{ mode: 'fixed', price: { amount: '0', currency: 'KWD' } }],
    [{ mode: 'fixed', price: { amount: '1e3', currency: 'KWD' } }],
    [{ mode: 'fixed', price: { amount: '1000000000000000000', currency: 'KWD' } }],
    [{ mode: 'fixed', price: { amount: '100', currency: 'kwd' } }],
    [{ mode: 'fixed', price: { amount: '100', currency: 'XYZ' } }],
    [{ mode: 'free', price: { amount: '100', currency: 'KWD' } }],
    [{ mode: 'gift', currency: 'KWD' }],
    [{ mode: 'chosen', minimum: { amount: '100', currency: 'KWD' }, extra: 1 }],
  ])('never parse from %j', (value) => {
    expect(priceSchema.safeParse(value).success).toBe(false)
  })

  test('come back from their rows as they were', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }).map(String)
    const price: fc.Arbitrary<Price> = fc.oneof(
      amount.map((each): Price => ({ mode: 'fixed', price: kwd(each) })),
      fc.constant<Price>({ mode: 'free', currency: 'KWD' }),
      amount.map((each): Price => ({ mode: 'chosen', minimum: kwd(each) })),
      amount.map((each): Price => ({ mode: 'chosen', minimum: kwd('0'), suggested: kwd(each) })),
    )
    fc.assert(
      fc.property(price, (each) => {
        expect(fromPriceRow(toPriceRow(each))).toEqual(each)
      }),
    )
  })
})
