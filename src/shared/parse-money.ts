import { currencyExponent, type CurrencyCode } from './currencies.ts'
import type { Money } from './money.ts'
import { splitNumber } from './parse-number.ts'

/**
 * The amount that a person typed, or undefined if it is none, or if it can be read in two ways: `1,234` in a currency of three
 * decimals. More decimals than the currency has are refused, never rounded. See splitNumber.
 */
export function parseMoney(typed: string, currency: CurrencyCode): Money | undefined {
  const exponent = currencyExponent(currency)
  const parts = splitNumber(typed, exponent)
  if (parts === undefined) return undefined
  const digits = (parts.whole + parts.fraction.padEnd(exponent, '0')).replace(/^0+(?=\d)/u, '')
  if (digits.length > 18) return undefined
  const amountMinor = BigInt(digits)
  return { amountMinor: parts.negative ? -amountMinor : amountMinor, currency }
}
