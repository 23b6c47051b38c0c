import { PATH_FIELDS, type Outcome } from './outcome.ts'
import { LATE_MONTHS, type Room } from './room.ts'
import { EVENTS } from './scenario.ts'

const TRAILING = 3

/** Which path is written, and where. */
export type Where = { outcome: Outcome; path: number; lane: number }

/** What the streams of a path say together. */
export type Together = { endValue: number; events: number; firstIncome: number }

/** Keeps what the whole plan came to on this path, and counts by month. */
export function tallyPlan(room: Room, { outcome, path, lane }: Where, plan: Together): void {
  const { scenario, block, counts, planNet, planHours, planPutIn, planSunk, cash, state } = room
  const { months, hourlyWage, paths, streams } = scenario
  const { firstIncome } = plan
  const into = lane * room.rows + (outcome.detail ? streams.length * months : 0)
  let sum = 0
  let spent = 0
  let invested = 0
  let lost = 0
  let late = 0
  let payback = months
  let lowest = cash[0] ?? 0
  for (let month = 0; month < months; month += 1) {
    const value = planNet[month] ?? 0
    block[into + month] = value
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
export function countSteps({ scenario, planNet, counts }: Room): void {
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
