import { latinDigits } from './arabic.ts'

/** A number as it was typed: its digits before and behind the decimal mark. */
export type TypedNumber = { readonly negative: boolean; readonly whole: string; readonly fraction: string }

const maxTypedLength = 60

/**
 * The number that a person typed, or undefined if it is none, if it has more decimals than it may, or if it can be read in two ways.
 *
 * Arabic-Indic and Persian digits, `٫` and `.` before decimals, `٬`, `,`, `،`, apostrophes and spaces between thousands.
 * A comma alone stands before decimals too (`12,5`), but `1,234` is thousands; where three decimals may stand that is ambiguous,
 * so it is refused. With both points and commas the last of them stands before the decimals. Thousands must be groups of
 * three. Nothing is rounded. A minus sign is understood.
 */
export function splitNumber(typed: string, mostDecimals: number): TypedNumber | undefined {
  if (typed.length > maxTypedLength) return undefined
  const text = latinDigits(typed)
    .replace(/[\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
    .replace(/^[−–]/u, '-')
    .replace(/،/gu, ',')
    .replace(/[\s'’٬]/gu, ' ')
  const parts = splitDecimals(text.replace(/^-/u, ''), mostDecimals)
  if (parts === undefined || parts.fraction.length > mostDecimals) return undefined
  return { negative: text.startsWith('-'), ...parts }
}

/** The number that was typed as a decimal string, `-1234.5`, exact as it was typed; see splitNumber. */
export function parseDecimal(typed: string): string | undefined {
  const parts = splitNumber(typed, maxTypedLength)
  if (parts === undefined) return undefined
  const { negative, whole, fraction } = parts
  const digits = whole.replace(/^0+(?=\d)/u, '')
  return `${negative ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`
}

/** The same as a number. */
export function parseNumber(typed: string): number | undefined {
  const decimal = parseDecimal(typed)
  return decimal === undefined ? undefined : Number(decimal)
}

/** The whole number that was typed, zero or more; here `1,234` is a thousand and some. */
export function parseWhole(typed: string): number | undefined {
  const parts = splitNumber(typed, 0)
  if (parts === undefined || parts.negative) return undefined
  const number = Number(parts.whole)
  return Number.isSafeInteger(number) ? number : undefined
}

/** The percentage that was typed, `12.5`, with its sign or without. */
export function parsePercent(typed: string): number | undefined {
  return parseNumber(typed.replace(/^\s*[%٪]|[%٪]\s*$/gu, ''))
}

type Parts = { whole: string; fraction: string }

function splitDecimals(text: string, mostDecimals: number): Parts | undefined {
  const mark = decimalMark(text, mostDecimals)
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

function decimalMark(text: string, mostDecimals: number): '٫' | '.' | ',' | 'ambiguous' | undefined {
  if (text.includes('٫')) return '٫'
  const points = text.split('.').length - 1
  const commas = text.split(',').length - 1
  if (points > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
  if (points > 0) return points === 1 ? '.' : undefined
  if (commas !== 1) return undefined
  if (!/^[1-9]\d{0,2},\d{3}$/.test(text)) return ','
  return mostDecimals >= 3 ? 'ambiguous' : undefined
}
