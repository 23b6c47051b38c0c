/** A rung of the picture: from where to where it reaches, in parts of the height, from the ground up. */
export type Rung = { readonly from: number; readonly to: number }

/** Where rungs and amounts stand. */
export type LadderScale = { readonly rungs: readonly Rung[]; readonly at: (amount: number) => number }

/** No rung that costs anything is too low for its name. */
const LEAST = 0.14
/** What is above the last rung, for months that left more than life costs. */
const ABOVE = 0.12

/**
 * Rungs as high as they cost, though none lower than its name needs. Amounts stand on the same, uneven, scale, so that they
 * reach a rung exactly when they pay for it; what is above the last one is pressed together.
 */
export function ladderScale(own: readonly number[]): LadderScale {
  const total = own.reduce((sum, cost) => sum + cost, 0)
  const wanted = own.map((cost) => (cost <= 0 ? 0 : Math.max(LEAST, cost / total)))
  const sum = wanted.reduce((all, part) => all + part, 0)
  let place = 0
  const rungs = wanted.map((part) => {
    const from = place
    place += sum === 0 ? 0 : (part / sum) * (1 - ABOVE)
    return { from, to: place }
  })
  return {
    rungs,
    at: (amount) => {
      let left = amount
      if (left <= 0) return 0
      for (const [nth, cost] of own.entries()) {
        const { from, to } = rungs[nth] ?? { from: 0, to: 0 }
        if (left < cost) return from + (left / cost) * (to - from)
        left -= cost
      }
      return place + ABOVE * (left / (left + Math.max(total, 1)))
    },
  }
}
