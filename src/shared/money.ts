import { z } from 'zod'
import { currencyExponent, currencySchema, type CurrencyCode } from './currencies.ts'
import { intlTag, type Locale } from './locale.ts'

/** An exact amount: minor units (fils, halala, cents) of one currency, signed. */
export type Money = { readonly amountMinor: bigint; readonly currency: CurrencyCode }

const maxDigits = 18
const maxAmountMinor = 10n ** BigInt(maxDigits) - 1n

const tooLong = /^-?\d{19,}$/

function moneyForm(amount: RegExp, message: string) {
  return z.strictObject({
    amount: z
      .string()
      .regex(amount, {
        error: ({ input }) => (tooLong.test(String(input)) ? 'problems.field.money-too-large' : message),
      })
      .meta({ example: '1999' }),
    currency: currencySchema,
  })
}

/** Money in the API, signed: a decimal string of minor units, at most 18 digits, and never a JSON number. */
export const moneySchema = moneyForm(/^(?:0|-?[1-9]\d{0,17})$/, 'problems.field.money').meta({
  id: 'Money',
  description: 'Minor units of the currency as a decimal string: 1999 KWD is 1.999 dinars',
})

/** Money in the API that may not be negative: prices, totals. */
export const nonNegativeMoneySchema = moneyForm(/^(?:0|[1-9]\d{0,17})$/, 'problems.field.money-not-negative')

/** Money in the API that must be more than zero: payments, refunds. */
export const positiveMoneySchema = moneyForm(/^[1-9]\d{0,17}$/, 'problems.field.money-positive')

/** Money as it crosses the API. */
export type ApiMoney = z.infer<typeof moneySchema>

/** The API's form of an amount. @throws if the amount has more than 18 digits. */
export function toApi(money: Money): ApiMoney {
  assertRange(money.amountMinor)
  return { amount: money.amountMinor.toString(), currency: money.currency }
}

/** The amount that a parsed API form says. */
export function fromApi(form: ApiMoney): Money {
  return { amountMinor: BigInt(form.amount), currency: form.currency }
}

/** The sum of two amounts. @throws if the currencies differ. */
export function add(left: Money, right: Money): Money {
  assertSameCurrency(left, right)
  return { amountMinor: left.amountMinor + right.amountMinor, currency: left.currency }
}

/** What is left of an amount. @throws if the currencies differ. */
export function subtract(left: Money, right: Money): Money {
  assertSameCurrency(left, right)
  return { amountMinor: left.amountMinor - right.amountMinor, currency: left.currency }
}

/** Below zero if left is less, above if it is more, else zero. @throws if the currencies differ. */
export function compare(left: Money, right: Money): -1 | 0 | 1 {
  assertSameCurrency(left, right)
  if (left.amountMinor === right.amountMinor) return 0
  return left.amountMinor < right.amountMinor ? -1 : 1
}

/**
 * Quotient of two integers, rounded half up by size: 5/2 is 3 and −5/2 is −3, so that a reversal mirrors its original.
 * @throws if the divisor is not above zero.
 */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new RangeError('the divisor must be above zero')
  const size = dividend < 0n ? -dividend : dividend
  const quotient = (2n * size + divisor) / (2n * divisor)
  return dividend < 0n ? -quotient : quotient
}

/** A percentage of an amount, the rate in basis points (1,500 is 15 %), rounded half up by size. */
export function percentageOf(amountMinor: bigint, rateBps: number): bigint {
  return divideHalfUp(amountMinor * BigInt(rateBps), 10_000n)
}

/** A line's amount before tax, its tax, and their exact sum. */
export type TaxSplit = { netMinor: bigint; taxMinor: bigint; grossMinor: bigint }

/**
 * Splits one line's amount into net, tax and gross, which always add up. To be called once per line, after quantity
 * and discount: the document's tax is the sum of its lines' taxes.
 *
 * `exclusive`: the amount is net; tax = net × rate, rounded half up. `inclusive`: the amount is gross and is kept;
 * tax = gross × rate ÷ (1 + rate), rounded half up; net is the rest. An inclusive tax may therefore differ by one minor
 * unit from net × rate, since not every gross amount can be reached from a whole net.
 * @throws if the rate is negative or not whole.
 */
export function splitTax(amountMinor: bigint, rateBps: number, mode: 'exclusive' | 'inclusive'): TaxSplit {
  if (rateBps < 0) throw new RangeError('a tax rate cannot be negative')
  if (mode === 'exclusive') {
    const taxMinor = percentageOf(amountMinor, rateBps)
    return { netMinor: amountMinor, taxMinor, grossMinor: amountMinor + taxMinor }
  }
  const taxMinor = divideHalfUp(amountMinor * BigInt(rateBps), 10_000n + BigInt(rateBps))
  return { netMinor: amountMinor - taxMinor, taxMinor, grossMinor: amountMinor }
}

/** The amount in major units with all of the currency's decimals: `-12.500`; for forms, providers and exports. */
export function toDecimalString(money: Money): string {
  const exponent = currencyExponent(money.currency)
  const size = money.amountMinor < 0n ? -money.amountMinor : money.amountMinor
  const digits = size.toString().padStart(exponent + 1, '0')
  const sign = money.amountMinor < 0n ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** How money is shown: digits (Latin unless told), and whether it is wrapped in bidi isolates (it is unless told). */
export type MoneyFormat = { numerals?: 'latn' | 'arab'; isolate?: boolean }

/**
 * The amount for people, with the currency's own decimals and symbol. Wrapped in an isolate of the language's
 * direction, so that neither it nor the text around it is reordered. For display only: never parse or compare it.
 */
export function formatMoney(money: Money, locale: Locale, format: MoneyFormat = {}): string {
  const formatter = moneyFormatter(money.currency, intlTag(locale, format.numerals))
  // A decimal string keeps every digit, where a number would lose those beyond 2^53.
  const text = keepSymbol(formatter.format(toDecimalString(money) as Intl.StringNumericLiteral), locale)
  if (format.isolate === false) return text
  return `${locale === 'ar' ? '\u2067' : '\u2066'}${text}\u2069`
}

/** Keeps a symbol such as US$ in one piece among Arabic, where its letters and its sign would change places. */
export function keepSymbol(text: string, locale: Locale): string {
  return locale === 'ar' ? text.replace(/\p{Script=Latin}+\p{Sc}/u, '\u200f$&\u200e') : text
}

const formatters = new Map<string, Intl.NumberFormat>()

function moneyFormatter(currency: CurrencyCode, tag: string): Intl.NumberFormat {
  const key = `${tag} ${currency}`
  let formatter = formatters.get(key)
  if (formatter === undefined) {
    const decimals = currencyExponent(currency)
    const fraction = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
    formatter = new Intl.NumberFormat(tag, { style: 'currency', currency, ...fraction })
    formatters.set(key, formatter)
  }
  return formatter
}

function assertSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) {
    throw new TypeError(`${left.currency} and ${right.currency} cannot be reckoned together`)
  }
}

function assertRange(amountMinor: bigint): void {
  if (amountMinor > maxAmountMinor || amountMinor < -maxAmountMinor) {
    throw new RangeError(`an amount has at most ${maxDigits} digits`)
  }
}
