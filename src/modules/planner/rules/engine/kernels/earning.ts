import { exp, ln, normalQuantile } from '../arithmetic.ts'
import { fillNormals, fillUniforms, PURPOSES, seedGenerator } from '../random.ts'
import { EVENTS, type Kernel, type PathState, type StreamRun, type StreamScenario } from '../scenario.ts'

/** What the earning kernel reads of a stream's `numbers`. Pairs are the ends of a range, drawn from evenly. */
export type EarningNumbers = {
  launchLow: number
  launchHigh: number
  firstLow: number
  firstHigh: number
  /** Logarithm of the usual monthly level, and its spread between people. */
  levelLow: number
  levelHigh: number
  levelSpread: number
  /** How much of the level is the person's (and so shared with their other streams), of 1. */
  levelCommon: number
  /** Spread of one month around the level, and how much of it is demand in general, of 1. */
  noiseSpread: number
  noiseCommon: number
  /** What one sale usually brings: months may have none. 0 for what has no single sales. */
  ticket: number
  shocksPerYear: number
  /** What is left after a shock of a platform, and how much of the loss comes back each month. */
  shockLeaves: number
  shockRecovery: number
  /** Yearly hazard of an end that nobody planned. */
  endsPerYear: number
  /** Months without a first sale after which it is given up. */
  patience: number
  /** Share of months with any income, from own history; 1 without. */
  active: number
  /** Age in months on the day the plan begins, for what earns already; else 0. */
  age: number
}

const SCALARS = 6
const MONTHS = 12

/**
 * P(launch) × P(first sale) × a heavy-tailed level × the shape of its age × shocks of its platform × an end, month by
 * month; a month may have no sale where one sale is large against the level.
 */
export const earning: Kernel = (path, stream, run) => {
  const { months } = path
  const { scratch, generator } = run
  const n = stream.numbers as EarningNumbers
  run.ends = months
  run.endValue = 0
  seedGenerator(generator, path.seed, path.path, Math.imul(stream.key, 8) + PURPOSES.scalars)
  fillUniforms(generator, scratch, SCALARS)
  const u0 = scratch[0] ?? 0
  const u1 = scratch[1] ?? 0
  const u2 = scratch[2] ?? 0
  const u3 = scratch[3] ?? 0
  const u4 = scratch[4] ?? 0
  const u5 = scratch[5] ?? 0
  // One draw for what one does not know about the chances: who is wrong about one is wrong about the others.
  if (u0 >= n.launchLow + (n.launchHigh - n.launchLow) * u2) {
    run.ends = run.launch
    path.events |= EVENTS.notLaunched
    return
  }
  if (run.launch >= months) return
  if (u1 >= n.firstLow + (n.firstHigh - n.firstLow) * u2) {
    run.ends = Math.min(months, run.launch + n.patience)
    path.events |= EVENTS.noFirstSale
    return
  }
  if (n.endsPerYear > 0) {
    const after = Math.floor((-ln(u3) / n.endsPerYear) * MONTHS)
    if (run.launch + after < months) {
      run.ends = run.launch + after
      path.events |= EVENTS.stopped
    }
  }
  const own = normalQuantile(u4)
  const z = Math.sqrt(n.levelCommon) * path.person + Math.sqrt(1 - n.levelCommon) * own
  const level = n.levelLow + (n.levelHigh - n.levelLow) * u5 + n.levelSpread * z
  fillMonths({ path, stream, run }, n, level)
}

type Place = { path: PathState; stream: StreamScenario; run: StreamRun }

function fillMonths({ path, stream, run }: Place, n: EarningNumbers, level: number): void {
  const { demand } = path
  const { income, scratch, chances, generator, covered, launch, ends } = run
  const { shape } = stream
  const prices = stream.isForeign ? path.abroad : path.prices
  seedGenerator(generator, path.seed, path.path, Math.imul(stream.key, 8) + PURPOSES.noise)
  fillNormals(generator, scratch, ends - launch)
  const mayBeEmpty = n.ticket > 0 || n.active < 1
  if (mayBeEmpty) {
    seedGenerator(generator, path.seed, path.path, Math.imul(stream.key, 8) + PURPOSES.chances)
    fillUniforms(generator, chances, ends - launch)
  }
  const fromDemand = n.noiseSpread * Math.sqrt(n.noiseCommon)
  const fromOwn = n.noiseSpread * Math.sqrt(1 - n.noiseCommon)
  const base = level - (n.noiseSpread * n.noiseSpread) / 2
  const sales = n.ticket > 0 ? exp(level) / n.ticket : 0
  let shock = nextShock(path, stream, { n, from: launch })
  let left = 1
  for (let month = launch; month < ends; month += 1) {
    if (month === shock) {
      left *= n.shockLeaves
      path.events |= EVENTS.shock
      shock = nextShock(path, stream, { n, from: month + 1 })
    }
    const since = month - launch
    const form = (shape[since + n.age] ?? 0) * left * (covered[month] ?? 0)
    const move = fromDemand * (demand[month] ?? 0) + fromOwn * (scratch[since] ?? 0)
    let value = exp(base + move) * form * (prices[month] ?? 1)
    if (mayBeEmpty) value *= share(n, sales * form, chances[since] ?? 1)
    income[month] = value
    left += (1 - left) * n.shockRecovery
  }
}

/**
 * What a month brings against its average. A month in which few sales are to be expected has none with probability
 * e^−expected, and otherwise more: the average stays. From own history, months without income are as frequent as they were.
 */
function share({ active, ticket }: EarningNumbers, expected: number, chance: number): number {
  if (active < 1) return chance < 1 - active ? 0 : 1 / active
  if (ticket <= 0 || expected > 6) return 1
  const none = exp(-expected)
  return chance < none ? 0 : 1 / (1 - none)
}

/** The month of the next shock of the stream's platform from a month on. All streams on the platform have the same. */
function nextShock(
  { seed, path, months }: PathState,
  { platform }: StreamScenario,
  { n, from }: { n: EarningNumbers; from: number },
): number {
  if (n.shocksPerYear <= 0) return months
  let at = 0
  let which = 0
  while (at < months) {
    // Gaps between shocks, one after the other from the first month of the plan on.
    seedGenerator(shockGenerator, seed, path, Math.imul(platform + which, 8) + PURPOSES.shocks)
    fillUniforms(shockGenerator, shockDraw, 1)
    at += 1 + Math.floor((-ln(shockDraw[0] ?? 1) / n.shocksPerYear) * MONTHS)
    which += 1
    if (at >= from) return at
  }
  return months
}

const shockGenerator = new Int32Array(4)
const shockDraw = new Float64Array(1)
