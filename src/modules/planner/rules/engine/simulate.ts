import { createFactorDraw, type FactorDraw } from './factors.ts'
import {
  compare,
  holds,
  keep,
  keepFactors,
  keptOf,
  recall,
  recallFactors,
  type Comparison,
  type Memory,
} from './memory.ts'
import { PATH_FIELDS, type Counts, type Outcome } from './outcome.ts'
import { createRoom, TOGETHER, type Room, type StreamMonths } from './room.ts'
import { EVENTS, type Kernel, type Scenario, type StreamScenario } from './scenario.ts'
import { endOf, settle, tellNever } from './settle.ts'
import { countSteps, tallyPlan, type Where } from './tally-plan.ts'

/** Which paths: from (included) to (left out). */
export type PathRange = { from: number; to: number }

/** What a model needs of the common factors, and how it reckons. */
export type Machine = { kernel: Kernel; equity?: true; credit?: true; coins?: true }

/** Where paths are written; and what is kept of the last run of the same paths, if the plan alone is asked for. */
export type Target = { outcome: Outcome; range: PathRange; memory?: Memory | undefined }

/** What is known of the last run, and whether this path has the hours that it had then, up to the stream in hand. */
type Recalling = { memory: Memory; compared: Comparison; hours: boolean }

type Running = {
  room: Room
  draw: FactorDraw
  kernels: readonly Kernel[]
  recalling: Recalling | undefined
  /** Paths are counted from the first of the range in what is kept. */
  from: number
}

/**
 * Reckons some paths of a scenario into the outcome. Each path depends on the scenario and its number alone, whether it is
 * reckoned or in part recalled.
 */
export function simulate(scenario: Scenario, machines: (model: string) => Machine, target: Target): Counts {
  const { outcome, range, memory } = target
  const found = scenario.streams.map(({ model }) => machines(model))
  const running: Running = {
    room: createRoom(scenario, outcome),
    draw: createFactorDraw(scenario, {
      equity: found.some(({ equity }) => equity === true),
      credit: found.some(({ credit }) => credit === true),
      coins: found.some(({ coins }) => coins === true),
    }),
    kernels: found.map(({ kernel }) => kernel),
    recalling: memory && { memory, compared: compare(memory, scenario), hours: false },
    from: range.from,
  }
  for (let first = range.from; first < range.to; first += TOGETHER) {
    const last = Math.min(range.to, first + TOGETHER)
    for (let path = first; path < last; path += 1) reckonPath(running, { outcome, path, lane: path - first })
    flush(running.room, outcome, { from: first, to: last })
  }
  if (memory !== undefined) memory.isFilled = true
  return running.room.counts
}

function reckonPath(running: Running, where: Where): void {
  const { room } = running
  const { scenario, cash, hoursLeft, planNet, planHours, planPutIn, planSunk, state, run, told } = room
  const { months, money, monthlyMoney, hoursPerMonth, streams } = scenario
  drawFactors(running, where.path)
  for (let month = 0; month < months; month += 1) cash[month] = money + monthlyMoney * month
  hoursLeft.fill(hoursPerMonth)
  planNet.fill(0)
  planHours.fill(0)
  planPutIn.fill(0)
  planSunk.fill(0)
  let events = 0
  let endValue = 0
  let firstIncome = months
  for (let nth = 0; nth < streams.length; nth += 1) {
    const stream = streams[nth]
    if (stream === undefined) continue
    state.events &= EVENTS.devaluation
    const written = reckonStream(running, stream, { nth, path: where.path })
    endValue += run.endValue
    firstIncome = Math.min(firstIncome, told[4] ?? months)
    events |= told[8] ?? 0
    writeStream(room, where, { nth, written })
  }
  tallyPlan(room, where, { endValue, events, firstIncome })
  countSteps(room)
}

function drawFactors({ room, draw, recalling, from }: Running, path: number): void {
  if (recalling === undefined) return draw(room.state, path)
  const { memory, compared } = recalling
  recalling.hours = compared.hasSameHours
  if (memory.isFilled) {
    room.state.path = path
    return recallFactors(memory, room, path - from)
  }
  draw(room.state, path)
  return keepFactors(memory, room, path - from)
}

type Place = { nth: number; path: number }

/**
 * One stream on this path: begun when there is money, launched when it is built, and then its kernel, unless all that it hangs on is
 * as it was. Answers with its months.
 */
function reckonStream(running: Running, stream: StreamScenario, { nth, path }: Place): StreamMonths {
  const { room, kernels, recalling, from } = running
  const { run, state, scenario } = room
  const { months } = scenario
  const kept = recalling && keptOf(recalling.memory, nth, path - from)
  const into = kept ?? room.here
  run.endValue = 0
  run.firstEarned = months
  run.begun = beginning(room, stream)
  if (run.begun > stream.startMonth) state.events |= EVENTS.postponed
  if (run.begun >= months) {
    run.launch = months
    run.ends = 0
    room.isShort = false
    state.events |= EVENTS.postponed
    tellNever(room)
  } else {
    build(room, stream)
    if (kept !== undefined && recalling?.compared.isSame[nth] === true) {
      if (holds(room, kept, { path: path - from, hours: recalling.hours })) {
        recall(room, stream, { kept, path: path - from })
        return into
      }
    }
    run.income.fill(0)
    kernels[nth]?.(state, stream, run)
    settle(room, stream, into)
  }
  if (kept !== undefined && recalling !== undefined) {
    const tookThen = keep(room, kept, path - from)
    recalling.hours &&= tookThen && recalling.compared.takesSame[nth] === true
  }
  return into
}

/** The first month from the planned one on in which there is the money that it takes. */
function beginning({ cash, scenario, state }: Room, { startMonth, outlay }: StreamScenario): number {
  if (outlay <= 0) return startMonth
  for (let month = startMonth; month < scenario.months; month += 1) {
    if ((cash[month] ?? 0) >= outlay * (state.prices[month] ?? 1)) return month
  }
  return scenario.months
}

/** Spends hours on building until it can be launched, and then says how much of its upkeep can be done each month. */
function build(room: Room, { buildHours, upkeepHours }: StreamScenario): void {
  const { run, hoursLeft, building, scenario } = room
  const { months } = scenario
  let toBuild = buildHours
  let month = run.begun
  while (toBuild > 0 && month < months) {
    const spent = Math.min(toBuild, hoursLeft[month] ?? 0)
    building[month] = spent
    toBuild -= spent
    month += 1
  }
  run.launch = toBuild > 0 ? months : month
  let isShort = false
  for (let then = run.launch; then < months; then += 1) {
    const free = hoursLeft[then] ?? 0
    const isEnough = upkeepHours <= free || upkeepHours <= 0
    run.covered[then] = isEnough ? 1 : free / upkeepHours
    isShort ||= !isEnough
  }
  room.isShort = isShort
}

/** Keeps what one stream came to on this path. */
function writeStream(
  room: Room,
  { outcome, path, lane }: Where,
  { nth, written }: { nth: number; written: StreamMonths },
): void {
  const { scenario, told, block, run } = room
  const { months, paths } = scenario
  const { fields } = outcome
  const row = nth * PATH_FIELDS.length
  for (let field = 0; field < PATH_FIELDS.length; field += 1)
    fields[(row + field) * paths + path] = told[field] ?? 0
  if (!outcome.detail) return
  const into = lane * room.rows + nth * months
  const over = Math.max(run.begun, endOf(run))
  block.fill(0, into, into + run.begun)
  for (let month = run.begun; month < over; month += 1)
    block[into + month] = written.net[written.at + month] ?? 0
  block.fill(0, into + over, into + months)
}

function flush({ block, rows, scenario }: Room, outcome: Outcome, { from, to }: PathRange): void {
  const count = to - from
  for (let row = 0; row < rows; row += 1) {
    const target = row * scenario.paths + from
    for (let lane = 0; lane < count; lane += 1) outcome.net[target + lane] = block[lane * rows + row] ?? 0
  }
}
