/** P10, P50, P90 and mean of a row of values. */
export type Spread = { p10: number; p50: number; p90: number; mean: number }

const BITS = 12
const BINS = 1 << BITS
const SHIFT = 32 - BITS
const SHARES = [0.1, 0.5, 0.9] as const

/** Room that is used again from row to row. */
type Bench = { bins: Int32Array; wanted: Uint8Array; crowds: Uint32Array[]; filled: Int32Array }

/** Makes the room for rows of up to `count` values. */
export function createBench(count: number): Bench {
  return {
    bins: new Int32Array(BINS),
    wanted: new Uint8Array(BINS),
    crowds: SHARES.map(() => new Uint32Array(count)),
    filled: new Int32Array(SHARES.length),
  }
}

/**
 * The quantiles of `count` values from `from` on: the smallest value that the share of all does not exceed. By bins of the
 * numbers' own bits, so that a row of ten thousand is read twice and not sorted. The mean is summed in the order of the row.
 */
export function spreadOf(bench: Bench, values: Float32Array, from: number, count: number): Spread {
  const { bins, wanted } = bench
  const words = new Uint32Array(values.buffer, values.byteOffset + from * 4, count)
  bins.fill(0)
  let sum = 0
  for (let at = 0; at < count; at += 1) {
    sum += values[from + at] ?? 0
    const bin = orderOf(words[at] ?? 0) >>> SHIFT
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  const ranks = SHARES.map((share) => Math.min(count - 1, Math.max(0, Math.ceil(share * count) - 1)))
  const places = ranks.map((rank) => binOf(bins, rank))
  // Quantiles that fall into one bin share its crowd.
  const crowdOf = places.map(({ bin }) => places.findIndex((one) => one.bin === bin))
  for (const [nth, { bin }] of places.entries()) wanted[bin] = (crowdOf[nth] ?? nth) + 1
  gather(bench, words)
  for (const { bin } of places) wanted[bin] = 0
  const [p10, p50, p90] = ranks.map((rank, nth) => {
    const crowd = crowdOf[nth] ?? nth
    const found = (bench.crowds[crowd] ?? words).subarray(0, bench.filled[crowd])
    return valueOf(selectRank(found, rank - (places[nth]?.below ?? 0)))
  })
  return { p10: p10 ?? 0, p50: p50 ?? 0, p90: p90 ?? 0, mean: sum / count }
}

/** Bits of a float in the order of its value. */
function orderOf(word: number): number {
  return (word & 0x80000000) !== 0 ? ~word >>> 0 : (word | 0x80000000) >>> 0
}

const oneWord = new Uint32Array(1)
const oneValue = new Float32Array(oneWord.buffer)

function valueOf(order: number): number {
  oneWord[0] = order >= 0x80000000 ? order & 0x7fffffff : ~order
  return oneValue[0] ?? 0
}

function binOf(bins: Int32Array, rank: number): { bin: number; below: number } {
  let bin = 0
  let below = 0
  while (below + (bins[bin] ?? 0) <= rank) {
    below += bins[bin] ?? 0
    bin += 1
  }
  return { bin, below }
}

function gather({ wanted, crowds, filled }: Bench, words: Uint32Array): void {
  filled.fill(0)
  for (let at = 0; at < words.length; at += 1) {
    const order = orderOf(words[at] ?? 0)
    const crowd = wanted[order >>> SHIFT] ?? 0
    if (crowd === 0) continue
    const into = crowds[crowd - 1]
    const place = filled[crowd - 1] ?? 0
    if (into !== undefined) into[place] = order
    filled[crowd - 1] = place + 1
  }
}

/** The value of a rank (from 0), found by Hoare's selection; reorders what it is given. */
function selectRank(values: Uint32Array, rank: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >>> 1] ?? 0
    let left = low
    let right = high
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1
      while ((values[right] ?? 0) > pivot) right -= 1
      if (left > right) break
      const moved = values[left] ?? 0
      values[left] = values[right] ?? 0
      values[right] = moved
      left += 1
      right -= 1
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else break
  }
  return values[rank] ?? 0
}
