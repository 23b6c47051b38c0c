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

/** Memory for outcomes, shared between threads and used again: what is shared is given back late. */
export type OutcomeRoom = { net: SharedArrayBuffer; fields: SharedArrayBuffer }

/** The outcome of a scenario inside of `room`, which grows where it is too small. */
export function createOutcome(
  { streams, months, paths }: Pick<Scenario, 'streams' | 'months' | 'paths'>,
  detail: boolean,
  room: OutcomeRoom = { net: new SharedArrayBuffer(0), fields: new SharedArrayBuffer(0) },
): Outcome {
  const series = streams.length + 1
  const netLength = (detail ? series : 1) * months * paths
  const fieldsLength = series * PATH_FIELDS.length * paths
  if (room.net.byteLength < netLength * 4) room.net = new SharedArrayBuffer(netLength * 4)
  if (room.fields.byteLength < fieldsLength * 4) room.fields = new SharedArrayBuffer(fieldsLength * 4)
  return {
    series,
    net: new Float32Array(room.net, 0, netLength),
    fields: new Float32Array(room.fields, 0, fieldsLength),
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
