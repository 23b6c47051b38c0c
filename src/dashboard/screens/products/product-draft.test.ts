import { describe, expect, test } from 'vitest'
import type { Product } from '../../api/catalog.ts'
import { canSave, draftOf, faultOfPrice, lacksForSale, pricesOf, stockOf, wordsOf } from './product-draft.ts'

const words = { ar: '', en: '' }
const product: Product = {
  revision: 'r1',
  id: '01a1fe2f-65b1-7313-82f9-030b54ca08e3',
  kind: 'download',
  status: 'draft',
  title: { ar: 'دليل', en: '' },
  summary: words,
  description: words,
  faq: [],
  refundPolicy: words,
  forWhom: words,
  showsSold: false,
  sample: null,
  copiesSold: 0,
  slug: 'دليل',
  shortSlug: null,
  settings: {},
  prices: [
    {
      mode: 'chosen',
      minimum: { amount: '4500', currency: 'KWD' },
      suggested: { amount: '9000', currency: 'KWD' },
    },
  ],
  stock: { limit: 10, reserved: 1, sold: 2, left: 7 },
  pictures: [],
  publishedAt: null,
  archivedAt: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}

describe('the editable form of a product', () => {
  test('has a row for each currency of the store, and gives back what it was made from', () => {
    const draft = draftOf(product, ['SAR', 'KWD'])
    expect(draft.prices).toEqual({
      mode: 'chosen',
      rows: [
        { currency: 'SAR', amount: '', suggested: '' },
        { currency: 'KWD', amount: '4.500', suggested: '9.000' },
      ],
    })
    expect(draft.stock).toBe('10')
    expect(pricesOf(draft.prices)).toEqual(product.prices)
  })

  test('keeps a price in a currency that the store gave up', () => {
    expect(draftOf(product, ['SAR']).prices.rows.map(({ currency }) => currency)).toEqual(['SAR', 'KWD'])
  })

  test('reads Arabic digits, and leaves out a currency without an amount', () => {
    const rows = [
      { currency: 'SAR', amount: '٤٩٫٥', suggested: '' },
      { currency: 'USD', amount: ' ', suggested: '' },
    ] as const
    expect(pricesOf({ mode: 'fixed', rows: [...rows] })).toEqual([
      { mode: 'fixed', price: { amount: '4950', currency: 'SAR' } },
    ])
    expect(pricesOf({ mode: 'free', rows: [...rows] })).toHaveLength(2)
  })
})

describe('a typed price', () => {
  const row = (amount: string, suggested = '') => ({ currency: 'KWD', amount, suggested }) as const

  test.each([
    ['fixed', row('4.5'), {}],
    ['fixed', row(''), {}],
    ['fixed', row('0'), { amount: 'not-zero' }],
    ['fixed', row('-3'), { amount: 'not-an-amount' }],
    ['fixed', row('4,500'), { amount: 'not-an-amount' }],
    ['chosen', row('0', '5'), {}],
    ['chosen', row('6', '5'), { suggested: 'below-minimum' }],
    ['chosen', row('6', 'x'), { suggested: 'not-an-amount' }],
    ['free', row('x', 'y'), {}],
  ] as const)('%s %j: %j', (mode, typed, fault) => {
    expect(faultOfPrice(mode, typed)).toEqual(fault)
  })

  test('that is wrong keeps the product from being saved', () => {
    expect(canSave({ prices: { mode: 'fixed', rows: [row('4.5')] }, stock: '' })).toBe(true)
    expect(canSave({ prices: { mode: 'fixed', rows: [row('four')] }, stock: '' })).toBe(false)
    expect(canSave({ prices: { mode: 'fixed', rows: [row('4.5')] }, stock: '1.5' })).toBe(false)
  })
})

test('a stock limit may be empty, or a whole number in either digits', () => {
  expect([stockOf(' '), stockOf('٢٥'), stockOf('0'), stockOf('-1'), stockOf('ten')]).toEqual([
    null,
    25,
    0,
    undefined,
    undefined,
  ])
})

test('an emptied short name is sent as none, and prices and stock go elsewhere', () => {
  expect(wordsOf({ shortSlug: ' ', stock: '3', slug: 'دليل' })).toEqual({ shortSlug: null, slug: 'دليل' })
})

test('a product lacks what a buyer needs', () => {
  expect(lacksForSale(product, 1)).toEqual([])
  expect(lacksForSale({ title: words, prices: [] }, 0)).toEqual(['title', 'price', 'files'])
})
