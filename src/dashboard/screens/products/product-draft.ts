import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toDecimalString } from '../../../shared/money.ts'
import { parseMoney } from '../../../shared/parse-money.ts'
import { parseWhole } from '../../../shared/parse-number.ts'
import type { Bilingual, Price, Product, UpdateProduct } from '../../api/catalog.ts'

/** What is asked in one currency, as typed. An empty amount: not sold in it. */
export type PriceDraft = { currency: CurrencyCode; amount: string; suggested: string }

/** Prices as they are being written: one way of pricing for all currencies. */
export type PricesDraft = { mode: Price['mode']; rows: PriceDraft[] }

/** A product as it is being edited, nothing but JSON. */
export type ProductDraft = {
  title: Bilingual
  summary: Bilingual
  description: Bilingual
  faq: Product['faq']
  refundPolicy: Bilingual
  forWhom: Bilingual
  showsSold: boolean
  slug: string
  shortSlug: string
  prices: PricesDraft
  /** Empty for no limit. */
  stock: string
}

/** The editable form of a product, with a row for each currency of the store. */
export function draftOf(product: Product, currencies: readonly CurrencyCode[]): ProductDraft {
  const {
    title,
    summary,
    description,
    faq,
    refundPolicy,
    forWhom,
    showsSold,
    slug,
    shortSlug,
    prices,
    stock,
  } = product
  const others = prices.map(currencyOf).filter((code) => !currencies.includes(code))
  const rows = [...currencies, ...others].map((currency) =>
    rowOf(
      currency,
      prices.find((price) => currencyOf(price) === currency),
    ),
  )
  return {
    title,
    summary,
    description,
    faq,
    refundPolicy,
    forWhom,
    showsSold,
    slug,
    shortSlug: shortSlug ?? '',
    prices: { mode: prices[0]?.mode ?? 'fixed', rows },
    stock: stock === null ? '' : String(stock.limit),
  }
}

function currencyOf(price: Price): CurrencyCode {
  return price.mode === 'free'
    ? price.currency
    : price.mode === 'fixed'
      ? price.price.currency
      : price.minimum.currency
}

function rowOf(currency: CurrencyCode, price: Price | undefined): PriceDraft {
  const typed = (amount: string | undefined) =>
    amount === undefined ? '' : toDecimalString({ amountMinor: BigInt(amount), currency })
  if (price === undefined || price.mode === 'free') return { currency, amount: '', suggested: '' }
  if (price.mode === 'fixed') return { currency, amount: typed(price.price.amount), suggested: '' }
  return { currency, amount: typed(price.minimum.amount), suggested: typed(price.suggested?.amount) }
}

/** What is wrong with a price as typed, by field. */
export type PriceFault = {
  amount?: 'not-an-amount' | 'not-zero'
  suggested?: 'not-an-amount' | 'below-minimum'
}

/** Judges what was typed for one currency before it is sent. */
export function faultOfPrice(mode: Price['mode'], { currency, amount, suggested }: PriceDraft): PriceFault {
  if (mode === 'free') return {}
  const least = parseMoney(amount, currency)?.amountMinor
  const fault: PriceFault = {}
  if (amount.trim() !== '' && (least === undefined || least < 0n)) fault.amount = 'not-an-amount'
  else if (mode === 'fixed' && least === 0n) fault.amount = 'not-zero'
  if (mode === 'chosen' && suggested.trim() !== '') {
    const wanted = parseMoney(suggested, currency)?.amountMinor
    if (wanted === undefined || wanted < 0n) fault.suggested = 'not-an-amount'
    else if (wanted < (least ?? 0n)) fault.suggested = 'below-minimum'
  }
  return fault
}

/** Whether all that was typed can be sent. */
export function canSave({ prices, stock }: Pick<ProductDraft, 'prices' | 'stock'>): boolean {
  const sound = prices.rows.every((row) => Object.keys(faultOfPrice(prices.mode, row)).length === 0)
  return sound && stockOf(stock) !== undefined
}

/** The prices that a draft without faults says: a suggestion alone has a minimum of zero. */
export function pricesOf({ mode, rows }: PricesDraft): Price[] {
  return rows.flatMap((row): Price[] => {
    const { currency, amount, suggested } = row
    const minor = (text: string) => ({
      amount: (parseMoney(text, currency)?.amountMinor ?? 0n).toString(),
      currency,
    })
    const offered = amount.trim() !== '' || (mode === 'chosen' && suggested.trim() !== '')
    if (mode === 'free') return [{ mode, currency }]
    if (!offered) return []
    if (mode === 'fixed') return [{ mode, price: minor(amount) }]
    return [
      { mode, minimum: minor(amount), ...(suggested.trim() === '' ? {} : { suggested: minor(suggested) }) },
    ]
  })
}

const MOST_COPIES = 999_999_999

/** The number of copies that was typed: null for none, undefined if it is no number. */
export function stockOf(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const copies = parseWhole(text)
  return copies === undefined || copies > MOST_COPIES ? undefined : copies
}

/** The words among the changed parts, as the API takes them. */
export function wordsOf(changed: Partial<ProductDraft>): UpdateProduct {
  const { prices: _prices, stock: _stock, shortSlug, ...words } = changed
  if (shortSlug === undefined) return words
  return { ...words, shortSlug: shortSlug.trim() === '' ? null : shortSlug.trim() }
}

/** What a product still lacks before it can be sold. */
export function lacksForSale(
  product: Pick<Product, 'title' | 'prices'>,
  fileCount: number,
): ('title' | 'price' | 'files')[] {
  return [
    ...(product.title.ar === '' && product.title.en === '' ? (['title'] as const) : []),
    ...(product.prices.length === 0 ? (['price'] as const) : []),
    ...(fileCount === 0 ? (['files'] as const) : []),
  ]
}
