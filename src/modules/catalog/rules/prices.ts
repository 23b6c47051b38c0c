import type { CurrencyCode } from '../../../shared/currencies.ts'
import { asCurrency, type Price } from '../schema.ts'

/** A price as its row holds it: the amount is the price when fixed, the least when chosen, 0 when free. */
export type PriceRow = {
  currency: string
  mode: 'fixed' | 'free' | 'chosen'
  amountMinor: bigint
  suggestedMinor: bigint | null
}

/** The currency of a price. */
export function currencyOf(price: Price): CurrencyCode {
  if (price.mode === 'free') return price.currency
  return price.mode === 'fixed' ? price.price.currency : price.minimum.currency
}

/**
 * What is wrong with a product's prices, as pointers into the list and catalogue keys: each currency once and one that
 * the store sells in, a suggestion in the same currency and not below the minimum, and one way of pricing for all.
 */
export function checkPrices(
  prices: readonly Price[],
  storeCurrencies: readonly string[],
): { pointer: string; detail: string }[] {
  const seen = new Set<string>()
  const problems: { pointer: string; detail: string }[] = []
  for (const [index, price] of prices.entries()) {
    const currency = currencyOf(price)
    const complain = (detail: string) => problems.push({ pointer: `/prices/${index}`, detail })
    if (!storeCurrencies.includes(currency)) complain('problems.field.price-currency')
    if (seen.has(currency)) complain('problems.field.currency-doubled')
    if (price.mode !== prices[0]?.mode) complain('problems.field.price-modes')
    seen.add(currency)
    if (price.mode !== 'chosen' || price.suggested === undefined) continue
    if (price.suggested.currency !== currency) complain('problems.field.suggested-currency')
    else if (BigInt(price.suggested.amount) < BigInt(price.minimum.amount))
      complain('problems.field.suggested-below-minimum')
  }
  return problems
}

/** The row that keeps a price. */
export function toPriceRow(price: Price): PriceRow {
  const currency = currencyOf(price)
  if (price.mode === 'free') return { currency, mode: 'free', amountMinor: 0n, suggestedMinor: null }
  if (price.mode === 'fixed')
    return { currency, mode: 'fixed', amountMinor: BigInt(price.price.amount), suggestedMinor: null }
  const suggestedMinor = price.suggested === undefined ? null : BigInt(price.suggested.amount)
  return { currency, mode: 'chosen', amountMinor: BigInt(price.minimum.amount), suggestedMinor }
}

/** The price that a row keeps. */
export function fromPriceRow(row: PriceRow): Price {
  const currency = asCurrency(row.currency)
  const amount = row.amountMinor.toString()
  if (row.mode === 'free') return { mode: 'free', currency }
  if (row.mode === 'fixed') return { mode: 'fixed', price: { amount, currency } }
  const minimum = { amount, currency }
  if (row.suggestedMinor === null) return { mode: 'chosen', minimum }
  return { mode: 'chosen', minimum, suggested: { amount: row.suggestedMinor.toString(), currency } }
}
