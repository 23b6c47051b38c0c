import { latinDigits } from '../../../shared/arabic.ts'
import { currencyExponent, isCurrencyCode, type CurrencyCode } from '../../../shared/currencies.ts'

/** Which mark stands before the decimals in a file; the other one parts thousands. */
export type DecimalMark = 'point' | 'comma'

/** Why a cell is no amount. */
export type AmountFault = 'amount-unreadable' | 'amount-too-precise' | 'currency-differs'

/** An amount in minor units, signed; `undefined` for an empty cell. */
export type ReadAmount = { readonly amountMinor: bigint | undefined } | { readonly fault: AmountFault }

const invisible = /[\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]/gu
const plain = /^-?\d{1,13}(?:\.\d{1,3})?$/
const words = String.raw`(?:[\p{L}\p{Sc}]+\.?\s*)+`
const leading = new RegExp(`^${words}`, 'u')
const trailing = new RegExp(String.raw`\s*${words}$`, 'u')
const debit = /^(?:dr|debit|مدين)$/iu
const empty = /^(?:|-{1,3}|–|—|n\/a)$/iu
const MAX_DIGITS = 15

const grouped: Readonly<Record<DecimalMark, RegExp>> = {
  point: /^(\d*|\d{1,3}(?:[,،٬'’\s]\d{2,3})*[,،٬'’\s]\d{3})(?:[.٫](\d*))?$/u,
  comma: /^(\d*|\d{1,3}(?:[.٬'’\s]\d{2,3})*[.٬'’\s]\d{3})(?:[,،٫](\d*))?$/u,
}

/**
 * The amount in a cell of a statement: Latin, Arabic-Indic and Persian digits, thousands marked or not, a sign before or
 * after, parentheses or `DR` for less than nothing, the currency's sign or code on either side. Zeros beyond the currency's
 * decimals are dropped; other digits there are a fault, never rounded. So is another currency's code.
 */
export function readAmount(cell: string, currency: CurrencyCode, decimal: DecimalMark): ReadAmount {
  if (decimal === 'point' && plain.test(cell)) return scale(cell.split('.'), currency)
  const text = latinDigits(cell).replace(invisible, '').replace(/[−–]/gu, '-').trim()
  if (empty.test(text)) return { amountMinor: undefined }
  if (text.length > 60) return { fault: 'amount-unreadable' }
  const inside = /^\((.*)\)$/u.exec(text)?.[1] ?? text
  let negative = inside !== text
  let rest = inside
  // Signs and currencies come in either order: -$5, $-5, 5- SAR.
  for (let turn = 0; turn < 2; turn++) {
    const signed = /^([-+])?\s*(.*?)\s*(-)?$/u.exec(rest)
    if (signed?.[1] === '-' || signed?.[3] === '-') negative = !negative
    rest = signed?.[2] ?? rest
    const marks = [leading.exec(rest)?.[0] ?? '', trailing.exec(rest)?.[0] ?? ''].map((mark) => mark.trim())
    if (marks.some((mark) => mark !== currency && isCurrencyCode(mark))) return { fault: 'currency-differs' }
    if (marks.some((mark) => debit.test(mark))) negative = !negative
    rest = rest.replace(leading, '').replace(trailing, '')
  }
  const found = grouped[decimal].exec(rest)
  const whole = (found?.[1] ?? '').replace(/\D/gu, '')
  if (found === null || whole + (found[2] ?? '') === '') return { fault: 'amount-unreadable' }
  return scale([`${negative ? '-' : ''}${whole === '' ? '0' : whole}`, found[2] ?? ''], currency)
}

function scale([whole = '', fraction = '']: readonly string[], currency: CurrencyCode): ReadAmount {
  const exponent = currencyExponent(currency)
  if (/[^0]/.test(fraction.slice(exponent))) return { fault: 'amount-too-precise' }
  const digits = whole + fraction.slice(0, exponent).padEnd(exponent, '0')
  if (digits.replace(/^-?0*/, '').length > MAX_DIGITS) return { fault: 'amount-unreadable' }
  return { amountMinor: BigInt(digits) }
}

/** What cells of a column say about the mark before decimals; see addDecimalEvidence. */
export type DecimalEvidence = Record<DecimalMark, number>

/** Counts a cell that can only be read in one way: with both marks, or with other than three digits after the only one. */
export function addDecimalEvidence(evidence: DecimalEvidence, cell: string): void {
  const text = latinDigits(cell)
    .replace(/[^\d.,،]/gu, '')
    .replace(/،/gu, ',')
  const points = text.split('.').length - 1
  const commas = text.split(',').length - 1
  if (points > 0 && commas > 0)
    evidence[text.lastIndexOf('.') > text.lastIndexOf(',') ? 'point' : 'comma'] += 1
  else if (points === 1 && !/^\d{1,3}\.\d{3}$/.test(text)) evidence.point += 1
  else if (commas === 1 && !/^\d{1,3},\d{3}$/.test(text)) evidence.comma += 1
  else if (points > 1) evidence.comma += 1
  else if (commas > 1) evidence.point += 1
}

/** The mark that most cells speak for; a point if none speaks. */
export function decideDecimal({ point, comma }: DecimalEvidence): DecimalMark {
  return comma > point ? 'comma' : 'point'
}
