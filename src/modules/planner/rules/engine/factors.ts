import { exp, ln, normalQuantile } from './arithmetic.ts'
import { createGenerator, fillNormals, fillUniforms, makeNormal, PURPOSES, seedGenerator } from './random.ts'
import { EVENTS, type PathState, type Scenario } from './scenario.ts'

const YEAR = 12
/** How much of one month's demand remains in the next (judgement: quarters resemble their neighbours). */
const DEMAND_MEMORY = 0.9
const DEMAND_NEW = Math.sqrt(1 - DEMAND_MEMORY * DEMAND_MEMORY)
const CREDIT_MEMORY = 0.97
const CREDIT_NEW = Math.sqrt(1 - CREDIT_MEMORY * CREDIT_MEMORY)

/** Crashes of coins: on average one in three years (judgement from 2014, 2018, 2022), for nine months. */
const CRASH_PER_MONTH = 1 / 36
const CRASH_STAYS = 8 / 9

/** Draws what is common to all streams of a path. */
export type FactorDraw = (state: PathState, path: number) => void

/** Which factors the streams of a scenario need beside demand and prices. */
export type Needs = { equity: boolean; credit: boolean; coins: boolean }

const ROWS = 8

/** An empty state for the paths of a scenario. */
export function createPathState({ seed, months }: Pick<Scenario, 'seed' | 'months'>): PathState {
  const rows = new Float64Array(ROWS * months)
  const row = (nth: number) => rows.subarray(nth * months, (nth + 1) * months)
  return {
    seed,
    path: 0,
    months,
    person: 0,
    rows,
    demand: row(0),
    equity: row(1),
    credit: row(2),
    coin: row(3),
    coinCrash: row(4),
    exchange: row(5),
    prices: row(6),
    abroad: row(7),
    events: 0,
  }
}

/** Makes the function that draws the common factors; those that no stream of the scenario needs are left out. */
export function createFactorDraw(scenario: Scenario, needs: Needs): FactorDraw {
  const { months, seed } = scenario
  const generator = createGenerator()
  const one = new Float64Array(1)
  const scratch = new Float64Array(2 * months)
  const chances = new Float64Array(months)
  const foreign = ln(1 + scenario.economy.foreignInflation) / YEAR
  const foreignPrices = Float64Array.from({ length: months }, (_, month) => exp(foreign * month))
  return (state, path) => {
    state.path = path
    state.events = 0
    seedGenerator(generator, seed, path, PURPOSES.person)
    fillNormals(generator, one, 1)
    state.person = one[0] ?? 0
    fillNormals(generator, state.demand, months)
    remember(state.demand, DEMAND_MEMORY, DEMAND_NEW)
    if (needs.equity || needs.credit || needs.coins) {
      seedGenerator(generator, seed, path, PURPOSES.market)
      // All are drawn, so that none moves when another is needed too; what is costly is making them normal.
      fillUniforms(generator, state.equity, months)
      fillUniforms(generator, state.credit, months)
      if (needs.equity) makeNormal(state.equity, months)
      if (needs.credit) {
        makeNormal(state.credit, months)
        remember(state.credit, CREDIT_MEMORY, CREDIT_NEW)
      }
      if (needs.coins) drawCoins(state, generator, chances)
    }
    seedGenerator(generator, seed, path, PURPOSES.economy)
    drawEconomy(state, scenario, { generator, scratch, chances, foreignPrices })
  }
}

/** Turns independent values into ones that remember the month before, with the same spread. */
function remember(values: Float64Array, memory: number, fresh: number): void {
  let last = values[0] ?? 0
  for (let month = 1; month < values.length; month += 1) {
    last = memory * last + fresh * (values[month] ?? 0)
    values[month] = last
  }
}

function drawCoins(state: PathState, generator: Int32Array, chances: Float64Array): void {
  const { months, coin, coinCrash } = state
  fillNormals(generator, coin, months)
  fillUniforms(generator, chances, months)
  let crash = 0
  for (let month = 0; month < months; month += 1) {
    const crashesNow = (chances[month] ?? 1) < (crash === 1 ? CRASH_STAYS : CRASH_PER_MONTH)
    crash = crashesNow ? 1 : 0
    coinCrash[month] = crash
  }
}

type EconomyRoom = {
  generator: Int32Array
  scratch: Float64Array
  chances: Float64Array
  foreignPrices: Float64Array
}

/** Exchange rate and consumer prices, with sudden devaluations that come through in prices in part. */
function drawEconomy(
  state: PathState,
  { months, economy }: Scenario,
  { generator, scratch, chances, foreignPrices }: EconomyRoom,
): void {
  const { exchangeSpread, jumpsPerYear, jumpLog, jumpSpread, passThrough } = economy
  fillNormals(generator, scratch, 3)
  const yearly = economy.inflation + economy.inflationSpread * (scratch[0] ?? 0)
  const monthlyInflation = ln(yearly < -0.2 ? 0.8 : 1 + yearly) / YEAR
  const spread = exchangeSpread / Math.sqrt(YEAR)
  const hasJumps = jumpsPerYear > 0
  const moves = exchangeSpread > 0 || hasJumps
  let rate = 0
  let prices = 0
  if (moves) {
    // The second half are sizes of jumps, of which few are needed.
    fillUniforms(generator, scratch, 2 * months)
    makeNormal(scratch, months)
    fillUniforms(generator, chances, months)
  }
  const hazard = jumpsPerYear / YEAR
  for (let month = 0; month < months; month += 1) {
    let move = 0
    if (moves) {
      move = spread * (scratch[month] ?? 0)
      if ((chances[month] ?? 1) < hazard) {
        const size = jumpLog + jumpSpread * normalQuantile(scratch[months + month] ?? 0.5)
        move += size > 0 ? size : 0
        state.events |= EVENTS.devaluation
      }
    }
    rate += move
    prices += monthlyInflation + passThrough * (move > 0 ? move : 0)
    state.exchange[month] = moves ? exp(rate) : 1
    state.prices[month] = exp(prices)
    state.abroad[month] = (state.exchange[month] ?? 1) * (foreignPrices[month] ?? 1)
  }
}
