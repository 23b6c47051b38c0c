import type { CurrencyCode } from '../shared/currencies.ts'
import { intlTag, type Locale } from '../shared/locale.ts'
import { formatMoney, fromApi, type ApiMoney } from '../shared/money.ts'

/** An amount for a sentence. */
export function moneyWords(amount: ApiMoney, locale: Locale): string {
  return formatMoney(fromApi(amount), locale)
}

/** A currency as people write it beside a number. */
export function currencySymbol(currency: CurrencyCode, locale: Locale): string {
  const parts = new Intl.NumberFormat(intlTag(locale), { style: 'currency', currency }).formatToParts(0)
  return parts.find((part) => part.type === 'currency')?.value ?? currency
}

/** A tax rate for people: 1,500 basis points are 15 %. */
export function rateWords(rateBps: number, locale: Locale): string {
  const format = new Intl.NumberFormat(intlTag(locale), { style: 'percent', maximumFractionDigits: 2 })
  return format.format(rateBps / 10_000)
}
