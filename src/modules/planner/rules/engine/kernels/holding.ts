import { exp } from '../arithmetic.ts'
import { fillNormals, fillUniforms, PURPOSES, seedGenerator } from '../random.ts'
import { EVENTS, type Kernel, type PathState, type StreamScenario } from '../scenario.ts'

/** What the dividend kernel reads of a stream's `numbers`; rates are by year. */
export type DividendNumbers = {
  yieldLow: number
  yieldHigh: number
  growth: number
  spread: number
  /** How much of a fall of prices ends in lower dividends. */
  cutShare: number
  reinvested: number
  /** Correlation with the market. */
  market: number
}

const YEAR = 12
const QUARTER = 3

/** Shares that pay dividends each quarter, part of which buys more shares (DRIP). */
export const dividends: Kernel = (path, stream, run) => {
  const n = stream.numbers as DividendNumbers
  const { months, equity, exchange } = path
  const { income, scratch, generator, begun } = run
  run.ends = months
  run.endValue = 0
  if (begun >= months) return
  seedGenerator(generator, path.seed, path.path, Math.imul(stream.key, 8) + PURPOSES.noise)
  fillUniforms(generator, scratch, 1)
  const rate = n.yieldLow + (n.yieldHigh - n.yieldLow) * (scratch[0] ?? 0)
  fillNormals(generator, scratch, months)
  const monthly = n.spread / Math.sqrt(YEAR)
  const drift = (n.growth - (n.spread * n.spread) / 2) / YEAR
  const own = Math.sqrt(1 - n.market * n.market)
  const growing = exp(n.growth / YEAR)
  let units = bought(path, stream, begun)
  let price = 1
  let dividend = rate
  for (let month = begun; month < months; month += 1) {
    const move = drift + monthly * (n.market * (equity[month] ?? 0) + own * (scratch[month] ?? 0))
    price *= exp(move)
    // Dividends follow growth at once, and falls in part.
    dividend *= move > 0 ? growing : exp(n.cutShare * move + (1 - n.cutShare) * (n.growth / YEAR))
    if ((month - begun) % QUARTER !== QUARTER - 1) continue
    const paid = (units * dividend) / (YEAR / QUARTER)
    if (paid > 0 && month < run.firstEarned) run.firstEarned = month
    const kept = paid * n.reinvested * (1 - stream.feeShare)
    units += kept / price
    income[month] = (paid - paid * n.reinvested) * (stream.isForeign ? (exchange[month] ?? 1) : 1)
  }
  run.endValue = units * price * (stream.isForeign ? (exchange[months - 1] ?? 1) : 1)
}

/** What the loan kernel reads of a stream's `numbers`; rates are by year. */
export type LoanNumbers = {
  interest: number
  /** Share of loans that default in a year: usual, and how far a bad year is from it (logarithm). */
  defaults: number
  defaultsSpread: number
  /** What comes back of a default in the end, and over how many months. */
  recovered: number
  recoveryMonths: number
  /** Chance by year that the lender behind the loans fails, and what is then lost at once. */
  originatorFails: number
  originatorLosesLow: number
  originatorLosesHigh: number
  reinvested: number
}

/** Small loans: a common factor makes defaults come together, a lender may fail, and recoveries take years. */
export const loans: Kernel = (path, stream, run) => {
  const n = stream.numbers as LoanNumbers
  const { months, credit, exchange } = path
  const { income, scratch, generator, begun } = run
  run.ends = months
  run.endValue = 0
  if (begun >= months) return
  seedGenerator(generator, path.seed, path.path, Math.imul(stream.platform, 8) + PURPOSES.shocks)
  fillUniforms(generator, scratch, months + 1)
  const loss = n.originatorLosesLow + (n.originatorLosesHigh - n.originatorLosesLow) * (scratch[months] ?? 0)
  let lent = bought(path, stream, begun)
  let owed = 0
  for (let month = begun; month < months; month += 1) {
    if ((scratch[month] ?? 1) < n.originatorFails / YEAR) {
      lent *= 1 - loss
      owed *= 1 - loss
      path.events |= EVENTS.default
    }
    const bad =
      n.defaults * exp(n.defaultsSpread * (credit[month] ?? 0) - (n.defaultsSpread * n.defaultsSpread) / 2)
    const lost = lent * (bad > 6 ? 0.5 : bad / YEAR)
    lent -= lost
    owed += lost * n.recovered
    const back = owed / n.recoveryMonths
    owed -= back
    const interest = (lent * n.interest) / YEAR
    if (interest > 0 && month < run.firstEarned) run.firstEarned = month
    const kept = interest * n.reinvested * (1 - stream.feeShare)
    // What comes back is capital: lent again, never income.
    lent += back + kept
    income[month] = (interest - interest * n.reinvested) * (stream.isForeign ? (exchange[month] ?? 1) : 1)
  }
  run.endValue = (lent + owed) * (stream.isForeign ? (exchange[months - 1] ?? 1) : 1)
}

/** What the coin kernel reads of a stream's `numbers`; rates are by year. */
export type CoinNumbers = {
  rewardLow: number
  rewardHigh: number
  /** New coins made in a year, which thin out each one. */
  inflation: number
  calmGrowth: number
  calmSpread: number
  crashGrowth: number
  crashSpread: number
  /** Fees paid from the pool (0 for staking) and whether two coins stand against each other. */
  pairSpread: number
  /** Chance by year of losing nearly all: a broken contract, a slashed validator, a lost peg. */
  ruin: number
  ruinLoses: number
  reinvested: number
}

/** Coins that are staked or lent to a pool. Prices have two regimes; a pool loses where its two sides part. */
export const coins: Kernel = (path, stream, run) => {
  const n = stream.numbers as CoinNumbers
  const { months, coin, coinCrash, exchange } = path
  const { income, scratch, generator, begun } = run
  run.ends = months
  run.endValue = 0
  if (begun >= months) return
  seedGenerator(generator, path.seed, path.path, Math.imul(stream.key, 8) + PURPOSES.scalars)
  fillUniforms(generator, scratch, months + 1)
  const reward = n.rewardLow + (n.rewardHigh - n.rewardLow) * (scratch[months] ?? 0)
  let units = bought(path, stream, begun)
  let apart = 0
  let log = 0
  let price = 1
  for (let month = begun; month < months; month += 1) {
    const crash = (coinCrash[month] ?? 0) === 1
    if (crash) path.events |= EVENTS.crash
    const spread = crash ? n.crashSpread : n.calmSpread
    const growth = crash ? n.crashGrowth : n.calmGrowth
    const move = (growth - (spread * spread) / 2) / YEAR + (spread / Math.sqrt(YEAR)) * (coin[month] ?? 0)
    log += move
    if ((scratch[month] ?? 1) < n.ruin / YEAR) {
      units *= 1 - n.ruinLoses
      path.events |= EVENTS.default
    }
    apart += move * n.pairSpread
    price = exp(log - (n.inflation / YEAR) * (month - begun + 1)) * held(apart, n.pairSpread)
    const earned = (units * price * reward) / YEAR
    if (earned > 0 && month < run.firstEarned) run.firstEarned = month
    const kept = earned * n.reinvested
    units += price > 0 ? (kept * (1 - stream.feeShare)) / price : 0
    income[month] = (earned - kept) * (stream.isForeign ? (exchange[month] ?? 1) : 1)
  }
  run.endValue = units * price * (stream.isForeign ? (exchange[months - 1] ?? 1) : 1)
}

/** What the money that is put in buys, in the holding's own currency. */
function bought({ exchange }: PathState, { outlay, isForeign }: StreamScenario, begun: number): number {
  return outlay / (isForeign ? (exchange[begun] ?? 1) : 1)
}

/** What a pool of two coins is worth against holding them: 2√k ÷ (1 + k), where k is how far their prices parted. */
function held(apart: number, pairSpread: number): number {
  if (pairSpread <= 0) return 1
  const root = exp(apart / 2)
  return (2 * root) / (1 + root * root)
}
