import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_TOTAL_MINOR, priceCart, type Offer } from './price-cart.ts'

const id = (nth: number) => `01938f0e-7c1a-7b52-9d3c-${String(nth).padStart(12, '0')}`

function offer(nth: number, change: Partial<Offer> = {}): Offer {
  return {
    productId: id(nth),
    kind: 'download',
    titleAr: `منتج ${nth}`,
    titleEn: `Product ${nth}`,
    onSale: true,
    price: { mode: 'fixed', amountMinor: 1000n, suggestedMinor: null },
    left: undefined,
    held: 0,
    ...change,
  }
}

const item = (nth: number, quantity = 1, chosenMinor?: string) => ({
  productId: id(nth),
  quantity,
  ...(chosenMinor === undefined ? {} : { chosenMinor }),
})
const inclusive = { taxRateBps: 1500, pricesIncludeTax: true }
const exclusive = { taxRateBps: 1500, pricesIncludeTax: false }

describe('a cart is priced', () => {
  test('with tax in its prices', () => {
    const { lines, ...sums } = priceCart([item(1, 3)], [offer(1)], inclusive)
    expect(sums).toEqual({ issues: [], netMinor: 2609n, taxMinor: 391n, totalMinor: 3000n })
    expect(lines[0]).toMatchObject({ unitMinor: 1000n, quantity: 3, line: 1, limited: false })
  })

  test('with tax on top', () => {
    expect(priceCart([item(1, 3)], [offer(1)], exclusive)).toMatchObject({
      netMinor: 3000n,
      taxMinor: 450n,
      totalMinor: 3450n,
    })
  })

  test.each([
    ['the suggestion', undefined, 700n, 700n],
    ['the minimum without a suggestion', undefined, null, 500n],
    ['what the buyer chose', '1234', 700n, 1234n],
    ['the minimum when the buyer chose it', '500', 700n, 500n],
  ])('with %s where the buyer may choose', (_name, chosen, suggestedMinor, total) => {
    const price = { mode: 'chosen' as const, amountMinor: 500n, suggestedMinor }
    expect(priceCart([item(1, 1, chosen)], [offer(1, { price })], inclusive).totalMinor).toBe(total)
  })

  test('and a price of the buyer’s own means nothing where it is fixed or free', () => {
    const free = { mode: 'free' as const, amountMinor: 0n, suggestedMinor: null }
    expect(priceCart([item(1, 1, '1')], [offer(1)], inclusive).totalMinor).toBe(1000n)
    expect(priceCart([item(1, 1, '900')], [offer(1, { price: free })], inclusive).totalMinor).toBe(0n)
  })
})

describe('an item has an issue', () => {
  const chosen = { mode: 'chosen' as const, amountMinor: 500n, suggestedMinor: null }
  const dear = { mode: 'fixed' as const, amountMinor: MAX_TOTAL_MINOR, suggestedMinor: null }
  test.each([
    ['that nobody sells', item(2), [offer(1)], { reason: 'unavailable' }],
    [
      'without a price in the currency',
      item(1),
      [offer(1, { price: undefined })],
      { reason: 'not-in-currency' },
    ],
    ['with too few copies left', item(1, 3), [offer(1, { left: 2 })], { reason: 'sold-out', left: 2 }],
    [
      'whose last copies others hold',
      item(1, 3),
      [offer(1, { left: 2, held: 1 })],
      { reason: 'held', left: 2 },
    ],
    [
      'of which even with the held copies there are too few',
      item(1, 3),
      [offer(1, { left: 0, held: 2 })],
      { reason: 'sold-out', left: 0 },
    ],
    [
      'below the minimum',
      item(1, 1, '499'),
      [offer(1, { price: chosen })],
      { reason: 'below-minimum', minimumMinor: 500n },
    ],
    ['that costs more than any sale', item(1, 2), [offer(1, { price: dear })], { reason: 'too-much' }],
  ])('%s', (_name, one, offers, issue) => {
    const priced = priceCart([one], offers, inclusive)
    expect(priced.issues).toEqual([expect.objectContaining(issue)])
    expect(priced).toMatchObject({ lines: [], totalMinor: 0n })
  })
})

test('net and tax add up to the total in every line and in the cart, whatever is in it', () => {
  const lines = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 1000 }),
      amount: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    }),
    { maxLength: 8 },
  )
  const tax = fc.record({ taxRateBps: fc.integer({ min: 0, max: 10_000 }), pricesIncludeTax: fc.boolean() })
  fc.assert(
    fc.property(lines, tax, (wanted, policy) => {
      const offers = wanted.map(({ amount }, nth) =>
        offer(nth, { price: { mode: 'fixed', amountMinor: amount, suggestedMinor: null } }),
      )
      const priced = priceCart(
        wanted.map(({ quantity }, nth) => item(nth, quantity)),
        offers,
        policy,
      )
      expect(priced.netMinor + priced.taxMinor).toBe(priced.totalMinor)
      let total = 0n
      for (const line of priced.lines) {
        expect(line.netMinor + line.taxMinor).toBe(line.totalMinor)
        const shown = line.unitMinor * BigInt(line.quantity)
        expect(policy.pricesIncludeTax ? line.totalMinor : line.netMinor).toBe(shown)
        total += line.totalMinor
      }
      expect(total).toBe(priced.totalMinor)
    }),
  )
})
