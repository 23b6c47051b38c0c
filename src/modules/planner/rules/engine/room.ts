import { createPathState } from './factors.ts'
import { createCounts, PATH_FIELDS, type Counts, type Outcome } from './outcome.ts'
import type { PathState, Scenario, StreamRun } from './scenario.ts'

/** One of a line of memory: paths are written together, so that rows are not visited path by path. */
export const TOGETHER = 16
/** The last year of a plan is told by itself. */
export const LATE_MONTHS = 12

/** Where one path after the other is reckoned. Rows are by month. */
export type Room = {
  scenario: Scenario
  state: PathState
  run: StreamRun
  /** What is left of money and hours for the streams that follow. */
  cash: Float64Array
  hoursLeft: Float64Array
  /** Hours that building the stream takes, from its beginning to its launch. */
  building: Float64Array
  /** Whether the stream gets less than its hours in some month after its launch. */
  isShort: boolean
  /** Where the months of a stream stand that nobody keeps. */
  here: StreamMonths
  /** The plan's net of fees, costs and taxes in today's money, its hours, what is put in, and what of it is spent for good. */
  planNet: Float64Array
  planHours: Float64Array
  planPutIn: Float64Array
  planSunk: Float64Array
  /** What a stream came to on the path, in the order of PATH_FIELDS. */
  told: Float64Array
  /** Months of some paths, path by path: [lane][series][month]. */
  block: Float32Array
  rows: number
  counts: Counts
}

/** Where the months of a stream on a path are written: its net in today's money, and what it adds to the cash up to each month. */
export type StreamMonths = { net: Float64Array; flow: Float64Array; at: number }

/** The room for the paths of a scenario. */
export function createRoom(scenario: Scenario, outcome: Outcome): Room {
  const { months } = scenario
  const row = (length = months) => new Float64Array(length)
  const rows = (outcome.detail ? outcome.series : 1) * months
  return {
    scenario,
    state: createPathState(scenario),
    run: {
      launch: 0,
      begun: 0,
      covered: row(),
      income: row(),
      firstEarned: months,
      endValue: 0,
      ends: months,
      scratch: row(months + 8),
      chances: row(months + 8),
      generator: new Int32Array(4),
    },
    cash: row(),
    hoursLeft: row(),
    building: row(),
    isShort: false,
    here: { net: row(), flow: row(), at: 0 },
    planNet: row(),
    planHours: row(),
    planPutIn: row(),
    planSunk: row(),
    told: row(PATH_FIELDS.length),
    block: new Float32Array(rows * TOGETHER),
    rows,
    counts: createCounts(scenario),
  }
}
