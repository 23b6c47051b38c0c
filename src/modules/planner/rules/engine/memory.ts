import { PATH_FIELDS } from './outcome.ts'
import { endOf, isBelowWage, putIn } from './settle.ts'
import type { Room, StreamMonths } from './room.ts'
import type { Scenario, StreamScenario } from './scenario.ts'

const FIELDS = PATH_FIELDS.length

/** What is kept of one stream on each path, and the exact parameters that it came of; none before the first run. */
type KeptStream = StreamMonths & {
  of: string
  buildHours: number
  upkeepHours: number
  /** By path: its beginning, its launch, its end, and whether it ever got less than the hours that it needs. */
  begun: Int16Array
  launch: Int16Array
  ends: Int16Array
  isShort: Uint8Array
  endValue: Float64Array
  /** [path][field], in the order of PATH_FIELDS. */
  told: Float64Array
}

/**
 * What one thread keeps of the paths of a plan, so that the next what-if of it reckons only what changed. What is taken from
 * here is bit for bit what would be reckoned anew.
 */
export type Memory = {
  /** Of `planOf`. */
  plan: string
  bytes: number
  /** Prices and exchange rates, on which all the rest hangs. */
  economy: string
  hoursPerMonth: number
  /** The factors of each path: their rows, then the person. */
  factors: Float64Array
  events: Int32Array
  isFilled: boolean
  streams: KeptStream[]
}

type Range = { from: number; to: number }

/** Which memory is a plan’s: that of the same seed, span and streams. */
export function planOf(scenario: Scenario, { from, to }: Range): string {
  const { seed, months, streams } = scenario
  const names = streams.map(({ model, key }) => [model, key])
  return JSON.stringify([from, to, seed, months, names])
}

/** How much memory a plan takes: 27 MB for 1,000 paths of ten streams over ten years. */
export function bytesOf({ months, streams }: Scenario, { from, to }: Range): number {
  return (to - from) * (8 * (8 * months + 1) + 4 + streams.length * (16 * months + 15 + 8 * FIELDS))
}

/** An empty memory for some paths of a scenario. */
export function createMemory(scenario: Scenario, range: Range): Memory {
  const { months, streams } = scenario
  const paths = range.to - range.from
  return {
    plan: planOf(scenario, range),
    bytes: bytesOf(scenario, range),
    economy: '',
    hoursPerMonth: Number.NaN,
    factors: new Float64Array(paths * (8 * months + 1)),
    events: new Int32Array(paths),
    isFilled: false,
    streams: streams.map(() => ({
      of: '',
      buildHours: Number.NaN,
      upkeepHours: Number.NaN,
      net: new Float64Array(paths * months),
      flow: new Float64Array(paths * months),
      at: 0,
      begun: new Int16Array(paths),
      launch: new Int16Array(paths),
      ends: new Int16Array(paths),
      isShort: new Uint8Array(paths),
      endValue: new Float64Array(paths),
      told: new Float64Array(paths * FIELDS),
    })),
  }
}

/** The numbers of a stream, exactly, and those of the plan that its months or figures hang on. */
function exactly(stream: StreamScenario, { taxShare, hourlyWage }: Scenario): string {
  return JSON.stringify([taxShare, hourlyWage, { ...stream, shape: Array.from(stream.shape) }])
}

/** What of a memory holds for the scenario that is reckoned now: which streams are the same, and which take the same hours. */
export type Comparison = { isSame: boolean[]; takesSame: boolean[]; hasSameHours: boolean }

/** Compares a memory with a scenario, and notes down what it is going to hold. */
export function compare(memory: Memory, scenario: Scenario): Comparison {
  const { streams, hoursPerMonth } = scenario
  const economy = JSON.stringify(scenario.economy)
  // Its rooms are filled anew: to make others would cost more than to reckon.
  if (memory.economy !== economy) forget(memory)
  memory.economy = economy
  const hasSameHours = memory.isFilled && memory.hoursPerMonth === hoursPerMonth
  memory.hoursPerMonth = hoursPerMonth
  const isSame: boolean[] = []
  const takesSame: boolean[] = []
  for (const [nth, kept] of memory.streams.entries()) {
    const stream = streams[nth]
    if (stream === undefined) continue
    const { buildHours, upkeepHours } = stream
    const of = exactly(stream, scenario)
    isSame.push(kept.of === of)
    takesSame.push(kept.buildHours === buildHours && kept.upkeepHours === upkeepHours)
    Object.assign(kept, { of, buildHours, upkeepHours })
  }
  return { isSame, takesSame, hasSameHours }
}

function forget(memory: Memory): void {
  memory.isFilled = false
  for (const kept of memory.streams) kept.of = ''
}

/** Takes the factors of a path out of the memory. */
export function recallFactors({ factors, events }: Memory, { state }: Room, nth: number): void {
  const { rows } = state
  const at = nth * (rows.length + 1)
  rows.set(factors.subarray(at, at + rows.length))
  state.person = factors[at + rows.length] ?? 0
  state.events = events[nth] ?? 0
}

/** Puts the factors of a path into the memory. */
export function keepFactors({ factors, events }: Memory, { state }: Room, nth: number): void {
  const { rows, person } = state
  const at = nth * (rows.length + 1)
  factors.set(rows, at)
  factors[at + rows.length] = person
  events[nth] = state.events
}

/** The stream as it is kept, with the place of a path in its months. */
export function keptOf(memory: Memory, stream: number, path: number): KeptStream | undefined {
  const kept = memory.streams[stream]
  if (kept !== undefined) kept.at = (path * kept.net.length) / kept.begun.length
  return kept
}

/**
 * Whether what is kept of a stream with the same parameters holds on a path: begun and launched when it was, and with the same
 * share of its hours, either because all hours are as they were or because it has enough of them now as it had then.
 */
export function holds(
  { run, isShort }: Room,
  kept: KeptStream,
  { path, hours }: { path: number; hours: boolean },
): boolean {
  return (
    kept.begun[path] === run.begun &&
    kept.launch[path] === run.launch &&
    (hours || (!isShort && kept.isShort[path] === 0))
  )
}

/** What a stream came to on a path, as `settle` would say it. */
export function recall(
  room: Room,
  stream: StreamScenario,
  { kept, path }: { kept: KeptStream; path: number },
): void {
  const { run, state, scenario, cash, building, hoursLeft, planNet, planHours, told } = room
  const { net, flow, at } = kept
  const { begun, launch, covered } = run
  const { months } = scenario
  const ends = kept.ends[path] ?? months
  let spent = 0
  const over = endOf({ ends, launch })
  for (let month = begun; month < over; month += 1) {
    const took =
      month < launch ? (building[month] ?? 0) : month < ends ? stream.upkeepHours * (covered[month] ?? 0) : 0
    cash[month] = (cash[month] ?? 0) + (flow[at + month] ?? 0)
    hoursLeft[month] = (hoursLeft[month] ?? 0) - took
    planNet[month] = (planNet[month] ?? 0) + (net[at + month] ?? 0)
    planHours[month] = (planHours[month] ?? 0) + took
    spent += took
  }
  const added = over > begun ? (flow[at + over - 1] ?? 0) : -stream.outlay * (state.prices[begun] ?? 1)
  for (let month = over; month < months; month += 1) cash[month] = (cash[month] ?? 0) + added
  run.ends = ends
  run.endValue = kept.endValue[path] ?? 0
  for (let field = 0; field < FIELDS; field += 1) told[field] = kept.told[path * FIELDS + field] ?? 0
  // Building may take its hours in other months than it did.
  told[1] = spent
  told[6] = isBelowWage(scenario.hourlyWage, stream, { sum: told[0] ?? 0, spent })
  putIn(room, stream, begun)
}

/** Puts what a stream came to on a path into the memory; its months are there already. Says whether it takes the hours that it took. */
export function keep({ run, told, isShort }: Room, kept: KeptStream, path: number): boolean {
  const { begun, launch, ends } = run
  const tookThen = kept.begun[path] === begun && kept.launch[path] === launch && kept.ends[path] === ends
  kept.begun[path] = begun
  kept.launch[path] = launch
  kept.ends[path] = ends
  kept.isShort[path] = isShort ? 1 : 0
  kept.endValue[path] = run.endValue
  kept.told.set(told, path * FIELDS)
  return tookThen
}
