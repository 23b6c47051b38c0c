import type { PathField, Counts, Outcome } from './outcome.ts'
import { PATH_FIELDS } from './outcome.ts'
import { EVENTS, type Scenario } from './scenario.ts'
import { createBench, spreadOf, type Spread } from './select.ts'

/** Spreads by month, in today's money; months are in the order of the plan. */
export type Fan = { p10: number[]; p50: number[]; p90: number[]; mean: number[] }

/** When the money is back: months from the plan's first, null where it is not within the plan; and on how many paths never. */
export type Payback = { p10: number | null; p50: number | null; p90: number | null; never: number }

/** One stream, or the plan. Shares are of all paths. */
export type SeriesFigures = {
  monthly: Fan
  total: Spread
  /** The last twelve months, by month. */
  late: Spread
  hours: Spread
  putIn: Spread
  endValue: Spread
  payback: Payback
  /** Paths without any income at all; whose hours bring less than the own wage; that end with less than was put in. */
  zero: number
  belowWage: number
  loss: number
  /** How often each thing happens. */
  events: Record<keyof typeof EVENTS, number>
}

/** The worst tenth of the paths, by what is left at the end against what was put in. */
export type WorstFigures = {
  total: number
  result: number
  hours: number
  putIn: number
  late: number
  firstIncome: number | null
  noIncome: number
  outOfMoney: number
  events: Record<keyof typeof EVENTS, number>
}

/** All that a projection says. */
export type Figures = {
  months: number
  paths: number
  plan: SeriesFigures
  streams: SeriesFigures[]
  /** Shares of paths by month: no income yet, less than the own wage so far, money used up. */
  zeroBy: number[]
  belowWageBy: number[]
  outOfMoneyBy: number[]
  /** Shares of paths on which a step of the ladder is covered in a month: [step][month]. */
  steps: number[][]
  worst: WorstFigures
}

/** Spreads of some rows of months, four numbers a row; threads share them out. */
export function spreadRows(
  net: Float32Array,
  paths: number,
  rows: { from: number; to: number },
): Float64Array {
  const bench = createBench(paths)
  const spreads = new Float64Array(4 * (rows.to - rows.from))
  for (let row = rows.from; row < rows.to; row += 1) {
    const { p10, p50, p90, mean } = spreadOf(bench, net, row * paths, paths)
    spreads.set([p10, p50, p90, mean], 4 * (row - rows.from))
  }
  return spreads
}

/** Puts together what the threads came to. `spreads` are of all rows in their order. */
export function summarise(
  scenario: Scenario,
  outcome: Outcome,
  { counts, spreads }: { counts: Counts; spreads: Float64Array },
): Figures {
  const { months, paths, streams, steps } = scenario
  const share = (count: number) => rounded(count / paths)
  const shares = (row: Int32Array) => Array.from(row, share)
  const reader = createReader(outcome, paths)
  const fanAt = (series: number) => fanOf(spreads, series * months, months)
  return {
    months,
    paths,
    plan: describe(reader, streams.length, { months, monthly: fanAt(outcome.detail ? streams.length : 0) }),
    streams: streams.map((_, nth) =>
      describe(reader, nth, { months, monthly: outcome.detail ? fanAt(nth) : fanOf(spreads, 0, 0) }),
    ),
    zeroBy: shares(counts.zero),
    belowWageBy: shares(counts.belowWage),
    outOfMoneyBy: shares(counts.outOfMoney),
    steps: steps.map((_, nth) => shares(counts.steps.subarray(nth * months, (nth + 1) * months))),
    worst: worstOf(reader, streams.length, months),
  }
}

type Reader = {
  paths: number
  spread: (values: Float32Array) => Spread
  field: (series: number, field: PathField) => Float32Array
}

function createReader({ fields }: Outcome, paths: number): Reader {
  const bench = createBench(paths)
  return {
    paths,
    spread: (values) => roundedSpread(spreadOf(bench, values, 0, values.length)),
    field: (series, field) => {
      const row = series * PATH_FIELDS.length + PATH_FIELDS.indexOf(field)
      return fields.subarray(row * paths, (row + 1) * paths)
    },
  }
}

function describe(
  { paths, spread, field }: Reader,
  series: number,
  { months, monthly }: { months: number; monthly: Fan },
): SeriesFigures {
  const count = (row: Float32Array, wanted: (value: number) => boolean) => {
    let sum = 0
    for (let path = 0; path < row.length; path += 1) if (wanted(row[path] ?? 0)) sum += 1
    return rounded(sum / paths)
  }
  const amounts = (row: Float32Array) => {
    const { p10, p50, p90, mean } = spread(row)
    return { p10: whole(p10), p50: whole(p50), p90: whole(p90), mean: whole(mean) }
  }
  const payback = field(series, 'payback')
  const back = spread(payback)
  const within = (month: number) => (month >= months ? null : month)
  return {
    monthly,
    total: amounts(field(series, 'net')),
    late: amounts(field(series, 'late')),
    hours: spread(field(series, 'hours')),
    putIn: amounts(field(series, 'putIn')),
    endValue: amounts(field(series, 'endValue')),
    payback: {
      p10: within(back.p10),
      p50: within(back.p50),
      p90: within(back.p90),
      never: count(payback, (month) => month >= months),
    },
    zero: count(field(series, 'firstIncome'), (month) => month >= months),
    belowWage: count(field(series, 'belowWage'), (flag) => flag === 1),
    loss: count(resultOf({ paths, spread, field }, series), (result) => result < 0),
    events: eventsOf(field(series, 'events')),
  }
}

/** What is there at the end against what was put in. */
function resultOf({ paths, field }: Reader, series: number): Float32Array {
  const [net, end, putIn] = [field(series, 'net'), field(series, 'endValue'), field(series, 'putIn')]
  return Float32Array.from({ length: paths }, (_, at) => (net[at] ?? 0) + (end[at] ?? 0) - (putIn[at] ?? 0))
}

function eventsOf(row: Float32Array): Record<keyof typeof EVENTS, number> {
  const shareOf = (bit: number) => {
    let sum = 0
    for (let path = 0; path < row.length; path += 1) if (((row[path] ?? 0) & bit) !== 0) sum += 1
    return row.length === 0 ? 0 : rounded(sum / row.length)
  }
  const entries = Object.entries(EVENTS).map(([name, bit]) => [name, shareOf(bit)] as const)
  // Object.fromEntries forgets the keys that EVENTS has.
  return Object.fromEntries(entries) as Record<keyof typeof EVENTS, number>
}

function worstOf(reader: Reader, series: number, months: number): WorstFigures {
  const results = resultOf(reader, series)
  const limit = reader.spread(results).p10
  const worst: number[] = []
  for (let path = 0; path < results.length; path += 1) if ((results[path] ?? 0) <= limit) worst.push(path)
  const pick = (field: PathField) => {
    const row = reader.field(series, field)
    return Float32Array.from(worst, (path) => row[path] ?? 0)
  }
  const middle = (row: Float32Array) => rounded(row.toSorted()[Math.floor((row.length - 1) / 2)] ?? 0)
  const first = pick('firstIncome')
  const events = eventsOf(pick('events'))
  const firstIncome = middle(first)
  return {
    total: whole(middle(pick('net'))),
    result: whole(middle(Float32Array.from(worst, (path) => results[path] ?? 0))),
    hours: middle(pick('hours')),
    putIn: whole(middle(pick('putIn'))),
    late: whole(middle(pick('late'))),
    firstIncome: firstIncome >= months ? null : firstIncome,
    noIncome: rounded(first.filter((month) => month >= months).length / Math.max(1, first.length)),
    outOfMoney: events.outOfMoney,
    events,
  }
}

function fanOf(spreads: Float64Array, from: number, months: number): Fan {
  const column = (nth: number) =>
    Array.from({ length: months }, (_, month) => whole(spreads[4 * (from + month) + nth] ?? 0))
  return { p10: column(0), p50: column(1), p90: column(2), mean: column(3) }
}

/** An amount: whole minor units. */
function whole(value: number): number {
  const amount = Math.round(rounded(value))
  return amount === 0 ? 0 : amount
}

/** Six digits: more than there is to know. */
function rounded(value: number): number {
  return Number(value.toPrecision(6))
}

function roundedSpread({ p10, p50, p90, mean }: Spread): Spread {
  return { p10: rounded(p10), p50: rounded(p50), p90: rounded(p90), mean: rounded(mean) }
}
