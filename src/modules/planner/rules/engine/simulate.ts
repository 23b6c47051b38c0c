import { createFactorDraw, createPathState } from './factors.ts'
import { createCounts, PATH_FIELDS, type Counts, type Outcome } from './outcome.ts'
import {
  EVENTS,
  type Kernel,
  type PathState,
  type Scenario,
  type StreamRun,
  type StreamScenario,
} from './scenario.ts'

/** Which paths: from (included) to (left out). */
export type PathRange = { from: number; to: number }

/** What a model needs of the common factors, and how it reckons. */
export type Machine = { kernel: Kernel; market?: true; coins?: true }

/** One of a line of memory: paths are written together, so that rows are not visited path by path. */
const TOGETHER = 16
const TRAILING = 3
const LATE_MONTHS = 12

type Room = {
  scenario: Scenario
  state: PathState
  run: StreamRun
  /** What is left of money and hours for the streams that follow, by month. */
  cash: Float64Array
  hoursLeft: Float64Array
  /** Of the stream: net of fees, costs and taxes in today's money, hours. */
  net: Float64Array
  hours: Float64Array
  putIn: Float64Array
  /** What is spent for good: not the price of a holding. */
  sunk: Float64Array
  /** The plan's sums of the same. */
  planNet: Float64Array
  planHours: Float64Array
  planPutIn: Float64Array
  planSunk: Float64Array
  planIncome: Float64Array
  /** Months of some paths, path by path: [lane][series][month]. */
  block: Float32Array
  rows: number
  counts: Counts
}

/** Reckons some paths of a scenario into the outcome. Each path depends on the scenario and its number alone. */
export function simulate(
  scenario: Scenario,
  machines: (model: string) => Machine,
  outcome: Outcome,
  range: PathRange,
): Counts {
  const found = scenario.streams.map(({ model }) => machines(model))
  const draw = createFactorDraw(scenario, {
    market: found.some(({ market, coins }) => market === true || coins === true),
    coins: found.some(({ coins }) => coins === true),
  })
  const room = createRoom(scenario, outcome)
  for (let first = range.from; first < range.to; first += TOGETHER) {
    const last = Math.min(range.to, first + TOGETHER)
    for (let path = first; path < last; path += 1) {
      draw(room.state, path)
      reckonPath(room, found, { outcome, path, lane: path - first })
    }
    flush(room, outcome, { from: first, to: last })
  }
  return room.counts
}

function createRoom(scenario: Scenario, outcome: Outcome): Room {
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
    net: row(),
    hours: row(),
    putIn: row(),
    sunk: row(),
    planNet: row(),
    planHours: row(),
    planPutIn: row(),
    planSunk: row(),
    planIncome: row(),
    block: new Float32Array(rows * TOGETHER),
    rows,
    counts: createCounts(scenario),
  }
}

type Where = { outcome: Outcome; path: number; lane: number }

function reckonPath(room: Room, machines: readonly Machine[], where: Where): void {
  const { scenario, cash, hoursLeft, planNet, planHours, planPutIn, planSunk, planIncome, state } = room
  const { months, money, monthlyMoney, hoursPerMonth, streams } = scenario
  for (let month = 0; month < months; month += 1) cash[month] = money + monthlyMoney * month
  hoursLeft.fill(hoursPerMonth)
  planNet.fill(0)
  planHours.fill(0)
  planPutIn.fill(0)
  planSunk.fill(0)
  planIncome.fill(0)
  let events = 0
  let endValue = 0
  let firstEarned = months
  for (let nth = 0; nth < streams.length; nth += 1) {
    const stream = streams[nth]
    const machine = machines[nth]
    if (stream === undefined || machine === undefined) continue
    state.events &= EVENTS.devaluation
    reckonStream(room, stream, machine.kernel)
    endValue += room.run.endValue
    if (room.run.firstEarned < firstEarned) firstEarned = room.run.firstEarned
    events |= state.events
    tallyStream(room, where, nth)
  }
  tallyPlan(room, where, { endValue, events, firstEarned })
  countSteps(room)
}

/** One stream on this path: begun when there is money, launched when it is built, and then its kernel. */
function reckonStream(room: Room, stream: StreamScenario, kernel: Kernel): void {
  const { run, state, scenario, net, hours, putIn, sunk } = room
  const { months } = scenario
  run.income.fill(0)
  net.fill(0)
  hours.fill(0)
  putIn.fill(0)
  sunk.fill(0)
  run.endValue = 0
  run.firstEarned = scenario.months
  run.begun = beginning(room, stream)
  if (run.begun >= months) {
    run.launch = months
    run.ends = 0
    state.events |= EVENTS.postponed
    return
  }
  if (run.begun > stream.startMonth) state.events |= EVENTS.postponed
  build(room, stream)
  kernel(state, stream, run)
  settle(room, stream)
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
function build({ run, hoursLeft, hours, scenario }: Room, { buildHours, upkeepHours }: StreamScenario): void {
  const { months } = scenario
  let toBuild = buildHours
  let month = run.begun
  while (toBuild > 0 && month < months) {
    const spent = Math.min(toBuild, hoursLeft[month] ?? 0)
    hours[month] = spent
    toBuild -= spent
    month += 1
  }
  run.launch = toBuild > 0 ? months : month
  for (let then = run.launch; then < months; then += 1) {
    const free = hoursLeft[then] ?? 0
    run.covered[then] = upkeepHours <= free || upkeepHours <= 0 ? 1 : free / upkeepHours
  }
}

/** Fees, costs, taxes, hours and money of the stream, and what it leaves for those that follow. */
function settle(room: Room, stream: StreamScenario): void {
  const { run, state, scenario, cash, net, hours, putIn, sunk, hoursLeft } = room
  const { months, taxShare } = scenario
  const { feeShare, monthlyCost, upkeepHours, outlay } = stream
  const { prices } = state
  const { launch, begun, ends, income, covered } = run
  putIn[begun] = outlay
  sunk[begun] = stream.keepsValue ? 0 : outlay
  let flow = -outlay * (prices[begun] ?? 1)
  for (let month = begun; month < months; month += 1) {
    const price = prices[month] ?? 1
    const runs = month < ends
    const cost = runs ? monthlyCost * price : 0
    let gain = (income[month] ?? 0) * (1 - feeShare) - cost
    if (gain > 0) gain *= 1 - taxShare
    if (runs && month >= launch) hours[month] = upkeepHours * (covered[month] ?? 0)
    const spent = hours[month] ?? 0
    hoursLeft[month] = (hoursLeft[month] ?? 0) - spent
    flow += gain
    cash[month] = (cash[month] ?? 0) + flow
    const real = gain / price
    net[month] = real
    room.planNet[month] = (room.planNet[month] ?? 0) + real
    room.planHours[month] = (room.planHours[month] ?? 0) + spent
    room.planIncome[month] = (room.planIncome[month] ?? 0) + (income[month] ?? 0)
  }
  room.planPutIn[begun] = (room.planPutIn[begun] ?? 0) + outlay
  room.planSunk[begun] = (room.planSunk[begun] ?? 0) + (sunk[begun] ?? 0)
}

/** Keeps what one stream came to on this path. */
function tallyStream(room: Room, { outcome, path, lane }: Where, nth: number): void {
  const { scenario, block, net, hours, putIn, sunk, run, state } = room
  const { months, hourlyWage, paths } = scenario
  const { income } = run
  const into = lane * room.rows + nth * months
  let sum = 0
  let spent = 0
  let invested = 0
  let lost = 0
  let late = 0
  let firstIncome = run.firstEarned
  let payback = months
  for (let month = 0; month < months; month += 1) {
    const value = net[month] ?? 0
    if (outcome.detail) block[into + month] = value
    if (month < firstIncome && (income[month] ?? 0) > 0) firstIncome = month
    sum += value
    spent += hours[month] ?? 0
    invested += putIn[month] ?? 0
    lost += sunk[month] ?? 0
    if (sum < invested || firstIncome > month) payback = months
    else if (payback === months) payback = month
    if (month >= months - LATE_MONTHS) late += value
  }
  const at = nth * PATH_FIELDS.length
  const { fields } = outcome
  fields[at * paths + path] = sum
  fields[(at + 1) * paths + path] = spent
  fields[(at + 2) * paths + path] = run.endValue / (state.prices[months - 1] ?? 1)
  fields[(at + 3) * paths + path] = invested
  fields[(at + 4) * paths + path] = firstIncome
  fields[(at + 5) * paths + path] = payback
  fields[(at + 6) * paths + path] = sum - lost < hourlyWage * spent ? 1 : 0
  fields[(at + 7) * paths + path] = late / Math.min(months, LATE_MONTHS)
  fields[(at + 8) * paths + path] = state.events
}

/** Keeps what the whole plan came to on this path, and counts by month. */
function tallyPlan(
  room: Room,
  { outcome, path, lane }: Where,
  plan: { endValue: number; events: number; firstEarned: number },
): void {
  const { scenario, block, counts, planNet, planHours, planPutIn, planSunk, planIncome, cash, state } = room
  const { months, hourlyWage, paths, streams } = scenario
  const into = lane * room.rows + (outcome.detail ? streams.length * months : 0)
  let sum = 0
  let spent = 0
  let invested = 0
  let lost = 0
  let late = 0
  let firstIncome = plan.firstEarned
  let payback = months
  let lowest = cash[0] ?? 0
  for (let month = 0; month < months; month += 1) {
    const value = planNet[month] ?? 0
    block[into + month] = value
    if (month < firstIncome && (planIncome[month] ?? 0) > 0) firstIncome = month
    sum += value
    spent += planHours[month] ?? 0
    invested += planPutIn[month] ?? 0
    lost += planSunk[month] ?? 0
    if (sum < invested || firstIncome > month) payback = months
    else if (payback === months) payback = month
    if (month >= months - LATE_MONTHS) late += value
    const here = cash[month] ?? 0
    if (here < lowest) lowest = here
    if (firstIncome > month) add(counts.zero, month)
    if (sum - lost < hourlyWage * spent) add(counts.belowWage, month)
    if (lowest < 0) add(counts.outOfMoney, month)
  }
  const at = streams.length * PATH_FIELDS.length
  const { fields } = outcome
  fields[at * paths + path] = sum
  fields[(at + 1) * paths + path] = spent
  fields[(at + 2) * paths + path] = plan.endValue / (state.prices[months - 1] ?? 1)
  fields[(at + 3) * paths + path] = invested
  fields[(at + 4) * paths + path] = firstIncome
  fields[(at + 5) * paths + path] = payback
  fields[(at + 6) * paths + path] = sum - lost < hourlyWage * spent ? 1 : 0
  fields[(at + 7) * paths + path] = late / Math.min(months, LATE_MONTHS)
  fields[(at + 8) * paths + path] = lowest < 0 ? plan.events | EVENTS.outOfMoney : plan.events
}

function add(to: Int32Array, at: number): void {
  to[at] = (to[at] ?? 0) + 1
}

/** A step of the ladder is covered in a month if the three months up to it brought its amount on average. */
function countSteps({ scenario, planNet, counts }: Room): void {
  const { months, steps } = scenario
  let sum = 0
  for (let month = 0; month < months; month += 1) {
    sum += planNet[month] ?? 0
    if (month >= TRAILING) sum -= planNet[month - TRAILING] ?? 0
    for (let step = 0; step < steps.length; step += 1) {
      if (sum < (steps[step] ?? 0) * TRAILING) break
      add(counts.steps, step * months + month)
    }
  }
}

function flush({ block, rows, scenario }: Room, outcome: Outcome, { from, to }: PathRange): void {
  const count = to - from
  for (let row = 0; row < rows; row += 1) {
    const target = row * scenario.paths + from
    for (let lane = 0; lane < count; lane += 1) outcome.net[target + lane] = block[lane * rows + row] ?? 0
  }
}
