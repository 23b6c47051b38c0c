import { z } from 'zod'
import { intlTag, type Locale } from './locale.ts'

// Source: ISO 4217, list one of 2026-01-01, without funds, metals, units of account and test codes.
// Never from Intl, which gives 0 for IQD, LBP, SYP and YER.
// prettier-ignore
const codesByExponent = {
  0: ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
  2: [
    'AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BMD', 'BND', 'BOB', 'BRL',
    'BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CNY', 'COP', 'CRC', 'CUP', 'CVE', 'CZK', 'DKK', 'DOP',
    'DZD', 'EGP', 'ERN', 'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL', 'GHS', 'GIP', 'GMD', 'GTQ', 'GYD', 'HKD', 'HNL',
    'HTG', 'HUF', 'IDR', 'ILS', 'INR', 'IRR', 'JMD', 'KES', 'KGS', 'KHR', 'KPW', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR',
    'LRD', 'LSL', 'MAD', 'MDL', 'MGA', 'MKD', 'MMK', 'MNT', 'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN',
    'NAD', 'NGN', 'NIO', 'NOK', 'NPR', 'NZD', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PLN', 'QAR', 'RON', 'RSD', 'RUB',
    'SAR', 'SBD', 'SCR', 'SDG', 'SEK', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SVC', 'SYP', 'SZL', 'THB',
    'TJS', 'TMT', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'USD', 'UYU', 'UZS', 'VED', 'VES', 'WST', 'XCD', 'XCG',
    'YER', 'ZAR', 'ZMW', 'ZWG',
  ],
  3: ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'],
} as const

/** A currency that can be charged, kept and paid out: an active ISO 4217 code. */
export type CurrencyCode = (typeof codesByExponent)[0 | 2 | 3][number]

const exponents = new Map<string, 0 | 2 | 3>()
for (const exponent of [0, 2, 3] as const) {
  for (const code of codesByExponent[exponent]) exponents.set(code, exponent)
}

/** All currency codes, in alphabetical order. */
export const currencyCodes: readonly CurrencyCode[] = Object.values(codesByExponent)
  .flatMap((codes): readonly CurrencyCode[] => codes)
  .toSorted()

/** Parses a currency code; lower case is refused. */
export const currencySchema = z
  .enum(currencyCodes, 'problems.field.currency')
  .meta({ id: 'Currency', description: 'Active ISO 4217 currency code', example: 'KWD' })

/** Whether a string is an active ISO 4217 currency code in upper case. */
export function isCurrencyCode(value: string): value is CurrencyCode {
  return exponents.has(value)
}

/** How many decimals the currency has: 0, 2 or 3. */
export function currencyExponent(code: CurrencyCode): 0 | 2 | 3 {
  const exponent = exponents.get(code)
  if (exponent === undefined) throw new Error(`unknown currency ${code}`)
  return exponent
}

/** The currency's name for people: `دينار كويتي`, `Kuwaiti Dinar`. */
export function currencyName(code: CurrencyCode, locale: Locale): string {
  return displayNames[locale].of(code) ?? code
}

const displayNames: Record<Locale, Intl.DisplayNames> = {
  ar: new Intl.DisplayNames(intlTag('ar'), { type: 'currency' }),
  en: new Intl.DisplayNames(intlTag('en'), { type: 'currency' }),
}
