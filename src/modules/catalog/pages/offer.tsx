/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Locale } from '../../../shared/locale.ts'
import { moneyWords } from '../../../storefront/money-words.ts'
import type { Price, ShelfProduct } from '../schema.ts'

/** From so few copies on a page says how many are left; the store's revision grows with each sale of them. */
export { LOW_STOCK as tellStockFrom } from '../operations/move-stock.ts'

/** The price in the visitor's currency, or undefined if the product is not sold in it. */
export function priceIn(prices: readonly Price[], currency: CurrencyCode): Price | undefined {
  return prices.find((price) => currencyOf(price) === currency)
}

function currencyOf(price: Price): CurrencyCode {
  switch (price.mode) {
    case 'fixed':
      return price.price.currency
    case 'free':
      return price.currency
    case 'chosen':
      return price.minimum.currency
  }
}

/** A price in words: an amount, free, or from an amount on. */
export function priceText(price: Price | undefined, locale: Locale): string {
  if (price === undefined) return t(locale, 'storefront.price.unavailable')
  if (price.mode === 'fixed') return moneyWords(price.price, locale)
  if (price.mode === 'free') return t(locale, 'storefront.price.free')
  if (price.minimum.amount === '0') return t(locale, 'storefront.price.chosen')
  return t(locale, 'storefront.price.from', { price: moneyWords(price.minimum, locale) })
}

/** What the shelf and the page say about what is left; nothing while there is plenty. */
export function StockTag({
  product: { stockLeft: left, stockHeld },
  locale,
  from,
}: {
  product: Pick<ShelfProduct, 'stockLeft' | 'stockHeld'>
  locale: Locale
  from: number
}): JSX.Element {
  if (left === null || left > from) return <></>
  if (left === 0 && stockHeld) return <span class="tag warm">{t(locale, 'storefront.stock.held')}</span>
  const text = t(locale, 'storefront.stock.left', { count: left })
  return <span class={left === 0 ? 'tag bad' : 'tag warm'}>{text}</span>
}

/** Whether nobody can buy the product now. */
export function isSoldOut({ stockLeft }: Pick<ShelfProduct, 'stockLeft'>): boolean {
  return stockLeft === 0
}
