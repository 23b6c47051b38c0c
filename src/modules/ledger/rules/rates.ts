import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import { divideHalfUp } from '../../../shared/money.ts'

/** What one unit of `base` was worth in `quote` on a day: numerator ÷ denominator. */
export type Rate = {
  readonly base: string
  readonly quote: string
  readonly day: string
  readonly numerator: bigint
  readonly denominator: bigint
  readonly source: string
}

/** An exact ratio. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint }

/** Rates of all pairs, ready for looking up by day. */
export type RateTable = ReadonlyMap<string, readonly Rate[]>

/** Whatever knows the rate of a pair on a day, or does not. */
export type RateOf = (pair: { base: string; quote: string; day: string }) => Ratio | undefined

/** How many days an imported rate holds when no newer one has come: a week bridges every holiday of the ECB. */
export const IMPORTED_RATE_DAYS = 7

/** The source of rates that a person entered; they hold until the next one. */
export const ENTERED = 'entered'

const DAY_MS = 86_400_000

/** Sorts rates by pair and day. */
export function rateTable(rates: readonly Rate[]): RateTable {
  const table = Map.groupBy(
    rates.toSorted((left, right) => (left.day < right.day ? -1 : 1)),
    ({ base, quote }) => `${base} ${quote}`,
  )
  return table
}

/**
 * The rate of a day: of the pair itself, of its inverse, or across one currency that both have rates with (the euro and
 * the dollar first). The latest on or before the day counts; an imported one for a week at most. Undefined if none is
 * known: it is never assumed.
 */
export function rateOn(
  table: RateTable,
  pair: { base: string; quote: string; day: string },
): Ratio | undefined {
  const { base, quote, day } = pair
  if (base === quote) return { numerator: 1n, denominator: 1n }
  const direct = eitherWay(table, base, quote, day)
  if (direct !== undefined) return direct
  for (const across of acrossFor(table)) {
    if (across === base || across === quote) continue
    const [first, second] = [eitherWay(table, base, across, day), eitherWay(table, across, quote, day)]
    if (first === undefined || second === undefined) continue
    return {
      numerator: first.numerator * second.numerator,
      denominator: first.denominator * second.denominator,
    }
  }
  return undefined
}

/** An amount of one currency's minor units in another's, rounded half up by size. */
export function convert(
  amountMinor: bigint,
  { from, to, rate }: { from: CurrencyCode; to: CurrencyCode; rate: Ratio },
): bigint {
  const up = 10n ** BigInt(currencyExponent(to))
  const down = 10n ** BigInt(currencyExponent(from))
  return divideHalfUp(amountMinor * rate.numerator * up, rate.denominator * down)
}

function eitherWay(table: RateTable, base: string, quote: string, day: string): Ratio | undefined {
  const direct = latest(table.get(`${base} ${quote}`), day)
  if (direct !== undefined) return direct
  const inverse = latest(table.get(`${quote} ${base}`), day)
  return inverse && { numerator: inverse.denominator, denominator: inverse.numerator }
}

function latest(rates: readonly Rate[] | undefined, day: string): Rate | undefined {
  const rate = rates?.[countUntil(rates, day) - 1]
  if (rate === undefined || rate.source === ENTERED) return rate
  const ageDays = (Date.parse(day) - Date.parse(rate.day)) / DAY_MS
  return ageDays <= IMPORTED_RATE_DAYS ? rate : undefined
}

/** How many of the sorted rates are of a day or before it. */
function countUntil(rates: readonly Rate[], day: string): number {
  let [from, before] = [0, rates.length]
  while (from < before) {
    const middle = (from + before) >> 1
    if ((rates[middle]?.day ?? '') <= day) from = middle + 1
    else before = middle
  }
  return from
}

function acrossFor(table: RateTable): Set<string> {
  return new Set(['EUR', 'USD', ...[...table.keys()].flatMap((pair) => pair.split(' '))])
}
