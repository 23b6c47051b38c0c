import { currencyExponent, type CurrencyCode } from '../../shared/currencies.ts'
import { intlTag, type Locale } from '../../shared/locale.ts'
import { toDecimalString } from '../../shared/money.ts'

const numberFormats = new Map<string, Intl.NumberFormat>()

/** An amount for a column: grouped, with all of the currency's decimals, without the currency: `1,234.500`. */
export function columnAmount(
  amountMinor: bigint,
  currency: CurrencyCode,
  locale: Locale,
  numerals: 'latn' | 'arab' = 'latn',
): string {
  const decimals = currencyExponent(currency)
  const tag = intlTag(locale, numerals)
  const key = `${tag} ${decimals}`
  let format = numberFormats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(tag, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    numberFormats.set(key, format)
  }
  const text = format.format(toDecimalString({ amountMinor, currency }) as Intl.StringNumericLiteral)
  // A true minus keeps the width of a digit; the mark that Intl puts before it is not needed between isolates.
  return `\u2066${text.replace(/[\u200e\u061c]/gu, '').replace('-', '−')}\u2069`
}

/** A rate in basis points as a percentage: 1500 is `15%`. */
export function percentText(rateBps: number, locale: Locale): string {
  const format = new Intl.NumberFormat(intlTag(locale), { style: 'percent', maximumFractionDigits: 2 })
  return `\u2066${format.format(rateBps / 10_000).replace(/[\u200e\u200f]/gu, '')}\u2069`
}
