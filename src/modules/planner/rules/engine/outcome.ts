import type { Scenario } from './scenario.ts'

/** What is kept of each path, beside its months. */
export const PATH_FIELDS = [
  'net',
  'hours',
  'endValue',
  'putIn',
  'firstIncome',
  'payback',
  'belowWage',
  'late',
  'events',
] as const

/** One field of a path. */
export type PathField = (typeof PATH_FIELDS)[number]

/**
 * Where all paths are written, in memory that threads share. A `series` is a stream, or the plan as the last one; every
 * row holds one month (or one field) of all paths, beside one another.
 */
export type Outcome = {
  series: number
  /** [series][month][path], in today's money; only the plan where `detail` is false. */
  net: Float32Array
  /** [series][field][path]. */
  fields: Float32Array
  /** Which series have months: all, or the plan alone. */
  detail: boolean
}

/** Counts of paths by month, of the plan; steps as [step][month]. Sums of counts do not depend on their order. */
export type Counts = { zero: Int32Array; belowWage: Int32Array; outOfMoney: Int32Array; steps: Int32Array }

/** Room for a scenario; shared between threads. */
export function createOutcome({ streams, months, paths }: Scenario, detail: boolean): Outcome {
  const series = streams.length + 1
  const rows = (detail ? series : 1) * months
  const room = (length: number) => new Float32Array(new SharedArrayBuffer(length * 4))
  return {
    series,
    net: room(rows * paths),
    fields: room(series * PATH_FIELDS.length * paths),
    detail,
  }
}

/** Empty counts of a scenario. */
export function createCounts({ months, steps }: Pick<Scenario, 'months' | 'steps'>): Counts {
  const row = () => new Int32Array(months)
  return { zero: row(), belowWage: row(), outOfMoney: row(), steps: new Int32Array(steps.length * months) }
}

/** Adds the counts of other paths. */
export function addCounts(to: Counts, from: Counts): void {
  for (const name of ['zero', 'belowWage', 'outOfMoney', 'steps'] as const) {
    const [sum, more] = [to[name], from[name]]
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (more[at] ?? 0)
  }
}
