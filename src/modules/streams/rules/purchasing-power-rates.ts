import type { Ratio } from './purchasing-power.ts'

/** What one unit of `base` was worth in `quote` from a day on. It is the parallel rate of `quote`: the pound’s, in dollars. */
export type ParallelRate = { readonly base: string; readonly quote: string; readonly day: string } & Ratio

/** Two currencies and a day. */
export type RateWish = { readonly base: string; readonly quote: string; readonly day: string }

/** Whatever knows a rate, or does not. */
export type RateOf = (wish: RateWish) => Ratio | undefined

/**
 * Rates as they are paid beside the official ones. A currency that has parallel rates is reached through them, the rest of
 * the way at official ones: `EUR` in `EGP` is the official euro in dollars times the parallel dollar in pounds. Each holds
 * until the next one is entered; before its first one, the official rate counts.
 */
export function parallelRateOf(rates: readonly ParallelRate[], official: RateOf): RateOf {
  const latestFirst = rates.toSorted((left, right) => (left.day < right.day ? 1 : -1))
  const byCurrency = Map.groupBy(latestFirst, ({ quote }) => quote)
  const ownOf = (currency: string, day: string) => byCurrency.get(currency)?.find((rate) => rate.day <= day)
  return ({ base, quote, day }) => {
    if (base === quote) return { numerator: 1n, denominator: 1n }
    const [from, to] = [ownOf(base, day), ownOf(quote, day)]
    const between = { base: from?.base ?? base, quote: to?.base ?? quote, day }
    const middle = between.base === between.quote ? { numerator: 1n, denominator: 1n } : official(between)
    return middle && times(from && inverse(from), middle, to)
  }
}

function times(...ratios: readonly (Ratio | undefined)[]): Ratio {
  let [numerator, denominator] = [1n, 1n]
  for (const ratio of ratios) {
    numerator *= ratio?.numerator ?? 1n
    denominator *= ratio?.denominator ?? 1n
  }
  return { numerator, denominator }
}

function inverse({ numerator, denominator }: Ratio): Ratio {
  return { numerator: denominator, denominator: numerator }
}
