import { exp, ln } from './engine/arithmetic.ts'
import type { EarningNumbers } from './engine/kernels/earning.ts'

/** Own months, oldest first, from the first one on: income by month in the stream's currency, 0 for months without. */
export type OwnMonths = readonly number[]

/** What the own months change. Amounts in the stream's currency. */
export type Update = {
  numbers: EarningNumbers
  months: number
  active: number
  /** How much of the level is own history, of 1. */
  weight: number
  priorLevel: number
  ownLevel: number | null
  level: number
  activeShare: number
}

/** How much one month says of the next (judgement): months of a stream resemble their neighbours. */
const MEMORY = 0.3
/** What is known of the spread of months beforehand is worth so many months. */
const SPREAD_WORTH = 6
/** What is known of how often there is any income is worth so many months, and it is usually so. */
const ACTIVE_WORTH = 4
const USUALLY_ACTIVE = 0.8
/** Of those who will ever sell, how many have not after a month (judgement: half within four months). */
const STILL_WAITING = 0.84
const LEAST_NOISE = 0.05

/**
 * Lets own history take over: a normal-inverse-gamma prior on the logarithm of a month's income, whose mean and spread
 * are those of other people, and a beta prior on whether a month has any. Months resemble their neighbours, so each counts
 * for less than one. Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 3.3.
 */
export function learn(prior: EarningNumbers, own: OwnMonths): Update {
  const priorMean = (prior.levelLow + prior.levelHigh) / 2
  const priorLevel = exp(priorMean)
  const earned = own.filter((income) => income > 0)
  if (earned.length === 0) return withoutIncome(prior, own.length, priorLevel)
  const width = prior.levelHigh - prior.levelLow
  const priorVariance = prior.levelSpread * prior.levelSpread + (width * width) / 12
  const noiseVariance = Math.max(prior.noiseSpread, LEAST_NOISE) ** 2
  const logs = earned.map((income) => ln(income))
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
  const squares = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const worth = (logs.length * (1 - MEMORY)) / (1 + MEMORY)
  const priorWorth = noiseVariance / Math.max(priorVariance, 1e-6)
  const all = priorWorth + worth
  const level = (priorWorth * priorMean + worth * mean) / all
  const shape = SPREAD_WORTH / 2 + worth / 2
  const apart = (priorWorth * worth * (mean - priorMean) ** 2) / all
  const scale = (SPREAD_WORTH / 2) * noiseVariance + (squares * (worth / logs.length)) / 2 + apart / 2
  const variance = scale / shape
  const active = (ACTIVE_WORTH * USUALLY_ACTIVE + earned.length) / (ACTIVE_WORTH + own.length)
  const isWhole = earned.length === own.length && prior.ticket <= 0
  // The kernel's level is the average of a month, the logarithm's mean is its middle; and an average counts empty months.
  const average = level + variance / 2 + ln(isWhole ? 1 : active)
  return {
    numbers: {
      ...prior,
      launchLow: 1,
      launchHigh: 1,
      firstLow: 1,
      firstHigh: 1,
      levelLow: average,
      levelHigh: average,
      levelSpread: Math.sqrt(variance / all),
      noiseSpread: Math.sqrt(variance),
      ticket: 0,
      active: isWhole ? 1 : active,
      age: own.length,
    },
    months: own.length,
    active: earned.length,
    weight: worth / all,
    priorLevel,
    ownLevel: exp(mean),
    level: exp(level),
    activeShare: isWhole ? 1 : active,
  }
}

/** Months on sale without a sale make it less likely that there ever is one. */
function withoutIncome(prior: EarningNumbers, months: number, priorLevel: number): Update {
  const waiting = STILL_WAITING ** months
  const less = (share: number) => {
    const left = share * waiting
    return left + 1 - share > 0 ? left / (left + 1 - share) : 0
  }
  const began = months > 0 ? 1 : prior.launchLow
  const numbers = {
    ...prior,
    launchLow: began,
    launchHigh: months > 0 ? 1 : prior.launchHigh,
    firstLow: less(prior.firstLow),
    firstHigh: less(prior.firstHigh),
  }
  return {
    numbers,
    months,
    active: 0,
    weight: 0,
    priorLevel,
    ownLevel: null,
    level: priorLevel,
    activeShare: 1,
  }
}
