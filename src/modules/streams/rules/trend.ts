/**
 * How a series changes from month to month. `slope` is the middle of all slopes between two months; the interval holds the
 * true one with 90 % confidence if the months do not hang on each other.
 */
export type Trend =
  | { readonly direction: 'too-short'; readonly months: number; readonly wanted: number }
  | {
      readonly direction: 'up' | 'down' | 'unclear'
      readonly slope: number
      readonly low: number
      readonly high: number
      readonly months: number
    }

/** Fewer months say nothing: with five, no order of them is rare enough. */
export const TREND_MONTHS = 6

/** The 95th percentile of the standard normal distribution: an interval of 90 %. */
const Z_90 = 1.6448536269514722

/**
 * The trend of monthly values by Theil and Sen: single months that stand out, a launch or a refund, do not move it. It is
 * `unclear` when the interval of the slope holds zero.
 * Source: Sen, Journal of the American Statistical Association 63 (1968) 1379; variance with ties after Kendall.
 */
export function trendOf(values: readonly number[]): Trend {
  const months = values.length
  if (months < TREND_MONTHS) return { direction: 'too-short', months, wanted: TREND_MONTHS }
  const slopes = slopesOf(values)
  const reach = Z_90 * Math.sqrt(varianceOfKendall(values))
  const [low, high] = [(slopes.length - reach) / 2, (slopes.length + reach) / 2]
  const interval = { low: placed(slopes, low - 1), high: placed(slopes, high) }
  const direction = interval.low > 0 ? 'up' : interval.high < 0 ? 'down' : 'unclear'
  return { direction, slope: median(slopes), ...interval, months }
}

/** All slopes between two months, sorted. Typed arrays sort numbers many times faster than a comparison does. */
function slopesOf(values: readonly number[]): Float64Array {
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2)
  let count = 0
  for (const [at, first] of values.entries())
    for (let to = at + 1; to < values.length; to++) slopes[count++] = ((values[to] ?? 0) - first) / (to - at)
  return slopes.sort()
}

/** The middle of sorted values; of two, what lies between them. */
export function median(sorted: ArrayLike<number>): number {
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2
}

/** The value at a place that may lie between two, the outermost beyond the ends. */
function placed(sorted: ArrayLike<number>, place: number): number {
  const held = Math.min(Math.max(place, 0), sorted.length - 1)
  const [below, above] = [sorted[Math.floor(held)] ?? 0, sorted[Math.ceil(held)] ?? 0]
  return below + (above - below) * (held - Math.floor(held))
}

/** The variance of the number of rising less falling pairs where nothing rises or falls but by chance. */
function varianceOfKendall(values: readonly number[]): number {
  const weight = (count: number) => count * (count - 1) * (2 * count + 5)
  const ties = [...Map.groupBy(values, (value) => value).values()].map(({ length }) => weight(length))
  return (weight(values.length) - ties.reduce((sum, one) => sum + one, 0)) / 18
}
