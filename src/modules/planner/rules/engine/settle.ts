import { LATE_MONTHS, type Room, type StreamMonths } from './room.ts'
import type { StreamRun, StreamScenario } from './scenario.ts'

/**
 * Fees, costs, taxes, hours and money of a stream that has begun, what it leaves for those that follow, and what it came to on
 * this path (`room.told`). Its months are written up to its end (`endOf`).
 */
export function settle(room: Room, stream: StreamScenario, { net, flow, at }: StreamMonths): void {
  const { run, state, scenario, cash, building, hoursLeft, planNet, planHours } = room
  const { months, taxShare } = scenario
  const { feeShare, monthlyCost, upkeepHours, outlay } = stream
  const { prices } = state
  const { launch, begun, ends, income, covered } = run
  const lateFrom = months - LATE_MONTHS
  let added = -outlay * (prices[begun] ?? 1)
  let sum = 0
  let spent = 0
  let late = 0
  let firstIncome = run.firstEarned
  let payback = months
  const over = endOf(run)
  for (let month = begun; month < over; month += 1) {
    const price = prices[month] ?? 1
    const earned = income[month] ?? 0
    const runs = month < ends
    let gain = earned * (1 - feeShare) - (runs ? monthlyCost * price : 0)
    if (gain > 0) gain *= 1 - taxShare
    const took = month < launch ? (building[month] ?? 0) : runs ? upkeepHours * (covered[month] ?? 0) : 0
    const real = gain / price
    added += gain
    net[at + month] = real
    flow[at + month] = added
    cash[month] = (cash[month] ?? 0) + added
    hoursLeft[month] = (hoursLeft[month] ?? 0) - took
    planNet[month] = (planNet[month] ?? 0) + real
    planHours[month] = (planHours[month] ?? 0) + took
    sum += real
    spent += took
    if (month < firstIncome && earned > 0) firstIncome = month
    if (sum < outlay || firstIncome > month) payback = months
    else if (payback === months) payback = month
    if (month >= lateFrom) late += real
  }
  // From its end on it brings nothing and takes nothing: only the cash remembers it.
  for (let month = over; month < months; month += 1) cash[month] = (cash[month] ?? 0) + added
  putIn(room, stream, begun)
  tell(room, stream, { sum, spent, late, firstIncome, payback })
}

/** The month from which on a stream brings nothing and takes nothing. */
export function endOf({ ends, launch }: Pick<StreamRun, 'ends' | 'launch'>): number {
  return ends > launch ? ends : launch
}

/** The plan's share of what is put into a stream. */
export function putIn(
  { planPutIn, planSunk }: Room,
  { outlay, keepsValue }: StreamScenario,
  begun: number,
): void {
  planPutIn[begun] = (planPutIn[begun] ?? 0) + outlay
  planSunk[begun] = (planSunk[begun] ?? 0) + (keepsValue ? 0 : outlay)
}

type Sums = { sum: number; spent: number; late: number; firstIncome: number; payback: number }

/** In the order of PATH_FIELDS. */
function tell({ told, run, state, scenario }: Room, stream: StreamScenario, sums: Sums): void {
  const { months } = scenario
  told[0] = sums.sum
  told[1] = sums.spent
  told[2] = run.endValue / (state.prices[months - 1] ?? 1)
  told[3] = stream.outlay
  told[4] = sums.firstIncome
  told[5] = sums.payback
  told[6] = isBelowWage(scenario.hourlyWage, stream, sums)
  told[7] = sums.late / Math.min(months, LATE_MONTHS)
  told[8] = state.events
}

/** 1 where an hour brings less than one's own wage, after what was spent for good. */
export function isBelowWage(
  hourlyWage: number,
  { keepsValue, outlay }: StreamScenario,
  { sum, spent }: Pick<Sums, 'sum' | 'spent'>,
): number {
  return sum - (keepsValue ? 0 : outlay) < hourlyWage * spent ? 1 : 0
}

/** A stream for which there never was the money. */
export function tellNever({ told, state, scenario }: Room): void {
  const { months } = scenario
  told.fill(0)
  told[4] = months
  told[5] = months
  told[8] = state.events
}
