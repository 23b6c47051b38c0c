import type { PathField, Counts, Outcome } from './outcome.ts'
import { PATH_FIELDS } from './outcome.ts'
import { EVENTS, type Scenario } from './scenario.ts'
import { createBench, spreadOf, type Spread } from './select.ts'

const ALL_EVENTS = 2 * Math.max(...Object.values(EVENTS))

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

/** Months and fields that a thread is to describe: rows of months, and series. */
export type Part = { rows: Range; series: Range }

/** What it says of them: four numbers a row (P10, P50, P90, mean); figures of each series without its months. */
export type PartFigures = { spreads: Float64Array; series: Omit<SeriesFigures, 'monthly'>[] }

type Range = { from: number; to: number }
type Size = Pick<Scenario, 'months' | 'paths'>

/** Describes a part of an outcome. */
export function describePart(outcome: Outcome, { months, paths }: Size, { rows, series }: Part): PartFigures {
  const bench = createBench(paths)
  const spreads = new Float64Array(4 * (rows.to - rows.from))
  for (let row = rows.from; row < rows.to; row += 1) {
    const { p10, p50, p90, mean } = spreadOf(bench, outcome.net, row * paths, paths)
    const at = 4 * (row - rows.from)
    spreads[at] = p10
    spreads[at + 1] = p50
    spreads[at + 2] = p90
    spreads[at + 3] = mean
  }
  const reader = createReader(outcome, paths)
  const nths = Array.from({ length: series.to - series.from }, (_, nth) => series.from + nth)
  return { spreads, series: nths.map((nth) => describe(reader, nth, months)) }
}

/** Puts together what the threads came to, in the order of rows and series. */
export function summarise(
  scenario: Scenario,
  outcome: Outcome,
  { counts, parts }: { counts: Counts; parts: readonly PartFigures[] },
): Figures {
  const { months, paths, streams, steps } = scenario
  const share = (count: number) => rounded(count / paths)
  const shares = (row: Int32Array) => Array.from(row, share)
  const fans = parts.flatMap(({ spreads }) => rowsOf(spreads))
  const fanAt = (series: number) => fanOf(fans.slice(series * months, (series + 1) * months))
  const described = parts.flatMap(({ series }) => series)
  const plan = described[streams.length]
  if (plan === undefined) throw new Error('assertion failed: an outcome has a series for its plan')
  return {
    months,
    paths,
    plan: { monthly: fanAt(outcome.detail ? streams.length : 0), ...plan },
    streams: described
      .slice(0, streams.length)
      .map((series, nth) => ({ monthly: outcome.detail ? fanAt(nth) : fanOf([]), ...series })),
    zeroBy: shares(counts.zero),
    belowWageBy: shares(counts.belowWage),
    outOfMoneyBy: shares(counts.outOfMoney),
    steps: steps.map((_, nth) => shares(counts.steps.subarray(nth * months, (nth + 1) * months))),
    worst: worstOf(createReader(outcome, paths), streams.length, months),
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
  months: number,
): Omit<SeriesFigures, 'monthly'> {
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
  const result = new Float32Array(paths)
  for (let at = 0; at < paths; at += 1) result[at] = (net[at] ?? 0) + (end[at] ?? 0) - (putIn[at] ?? 0)
  return result
}

function eventsOf(row: Float32Array): Record<keyof typeof EVENTS, number> {
  // There are few different sets of events: how many paths have each is counted once.
  const sets = new Uint32Array(ALL_EVENTS)
  for (let path = 0; path < row.length; path += 1) {
    const set = row[path] ?? 0
    sets[set] = (sets[set] ?? 0) + 1
  }
  const shareOf = (bit: number) => {
    const sum = sets.reduce((before, count, set) => ((set & bit) === 0 ? before : before + count), 0)
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

/** Rows of four, whole. */
function rowsOf(spreads: Float64Array): number[][] {
  return Array.from({ length: spreads.length / 4 }, (_, row) =>
    Array.from(spreads.subarray(4 * row, 4 * row + 4), whole),
  )
}

function fanOf(rows: readonly number[][]): Fan {
  const column = (nth: number) => rows.map((row) => row[nth] ?? 0)
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
