import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Locale } from '../../../shared/locale.ts'
import { formatMoney, type ApiMoney } from '../../../shared/money.ts'
import { CartEmpty, ItemUnavailable, PriceChanged, SoldOut } from '../errors.ts'
import type { PricedCart } from './price-cart.ts'

/** What the buyer agreed to, and the reader's language, in which a refusal is said. */
export type Agreement = { currency: CurrencyCode; expected: ApiMoney; locale: Locale }

/**
 * Lets a cart be sold only whole and at the total that the buyer was shown.
 * @throws SoldOut, ItemUnavailable, CartEmpty, PriceChanged
 */
export function refuseSale(priced: PricedCart, { currency, expected, locale }: Agreement): void {
  const [issue] = priced.issues
  if (issue !== undefined) {
    const { productId, reason, title = { ar: '', en: '' }, left = 0 } = issue
    if (reason === 'sold-out' || reason === 'held')
      throw soldOut({ productId, titleAr: title.ar, titleEn: title.en }, left, locale)
    // What the catalogue does not know has no name but its id.
    throw new ItemUnavailable({ productId, product: inLocale(title, locale) || productId, reason })
  }
  if (priced.lines.length === 0) throw new CartEmpty()
  const amount = priced.totalMinor.toString()
  if (amount !== expected.amount || currency !== expected.currency) {
    const total = formatMoney({ amountMinor: priced.totalMinor, currency }, locale)
    throw new PriceChanged({ amount, currency, total })
  }
}

/** The problem that names the product of which too few are left. */
export function soldOut(
  product: { productId: string; titleAr: string; titleEn: string },
  left: number,
  locale: Locale,
): SoldOut {
  const { productId, titleAr, titleEn } = product
  return new SoldOut({ productId, product: inLocale({ ar: titleAr, en: titleEn }, locale), left })
}

/** A title in the reader's language, or in the other one where that is empty. */
export function inLocale(title: { ar: string; en: string }, locale: Locale): string {
  return title[locale] === '' ? title[locale === 'ar' ? 'en' : 'ar'] : title[locale]
}
