import { currencyExponent, type CurrencyCode } from './currencies.ts'
import { latinDigits } from './arabic.ts'
import type { Money } from './money.ts'

const maxTypedLength = 60

/**
 * The amount that a person typed, or undefined if it is none, or if it can be read in two ways.
 *
 * Arabic-Indic and Persian digits, `٫` and `.` before decimals, `٬`, `,`, `،`, apostrophes and spaces between thousands.
 * A comma alone stands before decimals too (`12,5`), but `1,234` is thousands; in a currency of three decimals that is
 * ambiguous, so it is refused. With both points and commas the last of them stands before the decimals. Thousands must
 * be groups of three. More decimals than the currency has are refused, never rounded. A minus sign is understood.
 */
export function parseMoney(typed: string, currency: CurrencyCode): Money | undefined {
  if (typed.length > maxTypedLength) return undefined
  const text = latinDigits(typed)
    .replace(/[\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
    .replace(/^[−–]/u, '-')
    .replace(/،/gu, ',')
    .replace(/[\s'’٬]/gu, ' ')
  const exponent = currencyExponent(currency)
  const parts = splitDecimals(text.replace(/^-/u, ''), exponent)
  if (parts === undefined || parts.fraction.length > exponent) return undefined
  const digits = (parts.whole + parts.fraction.padEnd(exponent, '0')).replace(/^0+(?=\d)/u, '')
  if (digits.length > 18) return undefined
  const amountMinor = BigInt(digits)
  return { amountMinor: text.startsWith('-') ? -amountMinor : amountMinor, currency }
}

type Parts = { whole: string; fraction: string }

function splitDecimals(text: string, exponent: number): Parts | undefined {
  const mark = decimalMark(text, exponent)
  if (mark === 'ambiguous') return undefined
  const at = mark === undefined ? -1 : text.lastIndexOf(mark)
  const whole = at < 0 ? text : text.slice(0, at)
  const fraction = at < 0 ? '' : text.slice(at + 1)
  if (at >= 0 && !/^\d+$/.test(fraction)) return undefined
  if (whole === '' && at >= 0) return { whole: '0', fraction }
  if (/^\d+$/.test(whole)) return { whole, fraction }
  // One kind of separator throughout, and never the one before the decimals.
  const grouped = /^[1-9]\d{0,2}([ ,.])\d{3}(?:\1\d{3})*$/.exec(whole)
  if (grouped === null || grouped[1] === mark) return undefined
  return { whole: whole.replace(/\D/gu, ''), fraction }
}

function decimalMark(text: string, exponent: number): '٫' | '.' | ',' | 'ambiguous' | undefined {
  if (text.includes('٫')) return '٫'
  const points = text.split('.').length - 1
  const commas = text.split(',').length - 1
  if (points > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
  if (points > 0) return points === 1 ? '.' : undefined
  if (commas !== 1) return undefined
  if (!/^[1-9]\d{0,2},\d{3}$/.test(text)) return ','
  return exponent === 3 ? 'ambiguous' : undefined
}
