import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import { divideHalfUp } from '../../../shared/money.ts'

/** A part of what a month brought, in the currency wanted; `known` is false where a rate for it is missing. */
export type MonthPart = {
  readonly month: string
  readonly currency: CurrencyCode
  readonly amountMinor: bigint
  readonly known: boolean
}

/** One month of a series, in minor units of a currency, or in milligrams of gold. */
export type MonthValue = { readonly month: string; readonly value: bigint }

/** What was not known of a month: the rate of a currency, or the entry of a series. */
export type Missing = {
  readonly month: string
  readonly what: 'rate' | 'prices' | 'gold'
  readonly currency: CurrencyCode
}

/** A series, and the months that had to be left out of it with the reason; nothing is ever assumed. */
export type Series = { readonly values: readonly MonthValue[]; readonly missing: readonly Missing[] }

/** An exact ratio. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint }

/** What a person entered for each month: a price index, or the price of a gram of gold in major units. */
export type MonthRatios = ReadonlyMap<string, Ratio>

/** A loss of worth from one month to the next that is more than the ordinary. */
export type Devaluation = { readonly month: string; readonly lost: number }

/** From which loss within a month on it is called a devaluation. */
export const DEVALUATION_SHARE = 0.1

/** What each month brought in all. A month of which a rate is missing is left out as a whole. */
export function seriesOf(months: readonly string[], parts: readonly MonthPart[]): Series {
  const byMonth = Map.groupBy(parts, ({ month }) => month)
  const values: MonthValue[] = []
  const missing: Missing[] = []
  for (const month of months) {
    const its = byMonth.get(month) ?? []
    const unknown = new Set(its.flatMap(({ known, currency }) => (known ? [] : [currency])))
    missing.push(...[...unknown].map((currency) => ({ month, what: 'rate' as const, currency })))
    if (unknown.size === 0)
      values.push({ month, value: its.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) })
  }
  return { values, missing }
}

/** A series of a currency at the prices of one month: each value times that month’s index, `base`, over its own. */
export function atPricesOf(
  series: Series,
  { base, index, currency }: { base: Ratio; index: MonthRatios; currency: CurrencyCode },
): Series {
  return mapKnown(series, { known: index, what: 'prices', currency }, (value, own) =>
    divideHalfUp(value * base.numerator * own.denominator, base.denominator * own.numerator),
  )
}

/** A series of a currency in milligrams of gold, at the price of a gram in that currency in the same month. */
export function inGold(
  series: Series,
  { gram, currency }: { gram: MonthRatios; currency: CurrencyCode },
): Series {
  const unit = 10n ** BigInt(currencyExponent(currency))
  return mapKnown(series, { known: gram, what: 'gold', currency }, (value, price) =>
    divideHalfUp(value * 1000n * price.denominator, price.numerator * unit),
  )
}

/**
 * The months in which something lost at least a tenth of its worth, by what a yardstick cost in it: a dollar, or a gram of
 * gold. `months` follow each other; only neighbouring ones are compared, since a gap would make one fall of many.
 */
export function devaluationsOf(months: readonly string[], costOf: MonthRatios): Devaluation[] {
  return months.flatMap((month, at) => {
    const [before, now] = [costOf.get(months[at - 1] ?? ''), costOf.get(month)]
    if (before === undefined || now === undefined) return []
    const kept = (before.numerator * now.denominator * 1_000_000n) / (before.denominator * now.numerator)
    const lost = Number(1_000_000n - kept) / 1_000_000
    return lost >= DEVALUATION_SHARE ? [{ month, lost }] : []
  })
}

function mapKnown(
  series: Series,
  { known, what, currency }: { known: MonthRatios; what: 'prices' | 'gold'; currency: CurrencyCode },
  reckon: (value: bigint, own: Ratio) => bigint,
): Series {
  const values: MonthValue[] = []
  const missing: Missing[] = [...series.missing]
  for (const { month, value } of series.values) {
    const own = known.get(month)
    if (own === undefined) missing.push({ month, what, currency })
    else values.push({ month, value: reckon(value, own) })
  }
  return { values, missing: missing.toSorted((left, right) => (left.month < right.month ? -1 : 1)) }
}
