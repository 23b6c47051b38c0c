import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import { intlTag } from '../../../shared/locale.ts'
import type { Preferences } from '../../text/preferences.ts'

/** An amount of minor units in few letters, for the axis of a chart: `12K`. */
export function majorOf(minor: number, currency: CurrencyCode, { locale, numerals }: Preferences): string {
  const tag = intlTag(locale, locale === 'ar' ? numerals : 'latn')
  const form = { notation: 'compact', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(tag, form).format(minor / 10 ** currencyExponent(currency))
}
