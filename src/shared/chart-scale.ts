/** Where values stand on paper: from the lowest to the highest tick. */
export type Scale = { readonly low: number; readonly high: number; readonly ticks: readonly number[] }

const WANTED_TICKS = 4

/** A scale of round ticks that holds all values, and zero. */
export function scaleOf(values: readonly number[]): Scale {
  const high = Math.max(0, ...values)
  const low = Math.min(0, ...values)
  if (high === low) return { low: 0, high: 1, ticks: [0] }
  const step = roundStep((high - low) / WANTED_TICKS)
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  const ticks = Array.from({ length: last - first + 1 }, (_, nth) => (first + nth) * step)
  return { low: first * step, high: last * step, ticks }
}

/** 1, 2, 2.5 or 5 times a power of ten, at least as large. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  const lead = [1, 2, 2.5, 5, 10].find((one) => one * power >= step * (1 - 1e-9)) ?? 10
  return lead * power
}

/** Parts of a stack, each from the top of the one before; what is below zero is stacked downwards. */
export function stack(
  series: readonly { readonly values: readonly (number | null)[] }[],
  at: number,
): { from: number; to: number }[] {
  let [up, down] = [0, 0]
  return series.map(({ values }) => {
    const value = values[at] ?? 0
    const from = value >= 0 ? up : down
    if (value >= 0) up += value
    else down += value
    return { from, to: from + value }
  })
}
