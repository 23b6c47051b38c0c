import { ln } from '../rules/engine/arithmetic.ts'
import type { EarningNumbers } from '../rules/engine/kernels/earning.ts'
import type { Parameter, Read } from './model.ts'
import type { SourceId } from './sources.ts'

const judgement = { kind: 'judgement' } as const

/** That it is finished and put on sale at all. */
export const launch = (share: number): Parameter => ({
  name: 'launch',
  unit: 'share',
  value: [share, share],
  least: 0,
  most: 1,
  evidence: judgement,
})

/** That anybody ever buys, once it is launched. The published figures leave out those who never sold. */
export const firstSale = (low: number, high: number): Parameter => ({
  name: 'first-sale',
  unit: 'share',
  value: [low, high],
  least: 0,
  most: 1,
  evidence: judgement,
  isRange: true,
})

/** A share for which nobody has reliable data. */
export const unknownShare = (name: string): Parameter => ({
  name,
  unit: 'share',
  least: 0,
  most: 1,
  evidence: { kind: 'none' },
  isRange: true,
})

/** An amount for which nobody has reliable data. */
export const unknownMoney = (name: string, most = 1_000_000): Parameter => ({
  name,
  unit: 'money',
  least: 0,
  most,
  evidence: { kind: 'none' },
  isRange: true,
})

/** The usual monthly level among those who sell, and how far people are from one another (σ of the logarithm). */
export const level = (
  { median, spread }: { median: number; spread: number },
  source: SourceId,
): readonly Parameter[] => [
  {
    name: 'level',
    unit: 'money',
    value: [median, median],
    least: 0.01,
    most: 1_000_000,
    evidence: { kind: 'fitted', source },
  },
  {
    name: 'level-spread',
    unit: 'spread',
    value: [spread, spread],
    least: 0,
    most: 4,
    evidence: { kind: 'fitted', source },
  },
]

/** How far people are from one another where nothing is published of it. */
export const guessedSpread = (spread: number): Parameter => ({
  name: 'level-spread',
  unit: 'spread',
  value: [spread, spread],
  least: 0,
  most: 4,
  evidence: judgement,
})

/** One month around its level. */
export const noise = (spread: number): Parameter => ({
  name: 'noise',
  unit: 'spread',
  value: [spread, spread],
  least: 0,
  most: 2,
  evidence: judgement,
})

/** Changes of rules, algorithms or fees of a platform: how many a year, and what is left after one. */
export const shocks = (perYear: number, leaves: number): readonly Parameter[] => [
  { name: 'shocks', unit: 'times', value: [perYear, perYear], least: 0, most: 4, evidence: judgement },
  { name: 'shock-leaves', unit: 'share', value: [leaves, leaves], least: 0, most: 1, evidence: judgement },
]

/** How often such a stream is given up in a year, after it had begun to earn. */
export const giveUp = (perYear: number): Parameter => ({
  name: 'give-up',
  unit: 'share-year',
  value: [perYear, perYear],
  least: 0,
  most: 0.95,
  evidence: judgement,
})

/** What the decay after a launch is, and how a catalogue grows. */
export const catalogue = (everyMonths: number): readonly Parameter[] => [
  {
    name: 'decay-ratio',
    unit: 'count',
    value: [2.9, 2.9],
    least: 1.2,
    most: 20,
    evidence: { kind: 'published', source: 'launch-decay' },
  },
  {
    name: 'every-months',
    unit: 'months',
    value: [everyMonths, everyMonths],
    least: 0,
    most: 60,
    evidence: judgement,
  },
  { name: 'saturation', unit: 'count', value: [4, 4], least: 0.1, most: 100, evidence: judgement },
]

/** The one value of a parameter that is no range. */
export function single(read: Read, name: string): number {
  return read(name)[0]
}

/** How much of the level is shared with the person's other streams, and how much of a month with demand in general (judgement). */
const LEVEL_COMMON = 0.3
const NOISE_COMMON = 0.3
const RECOVERY = 0.03
const PATIENCE_MONTHS = 12

type Level = { low: number; high: number; spread: number; ticket: number }

/** The numbers of the earning kernel, with what all models have in common. */
export function earningNumbers(
  read: Read,
  own: { level: Level; launch?: readonly [number, number]; first?: readonly [number, number] },
): EarningNumbers {
  const [launchLow, launchHigh] = own.launch ?? [1, 1]
  const [firstLow, firstHigh] = own.first ?? [1, 1]
  const yearly = single(read, 'give-up')
  return {
    launchLow,
    launchHigh,
    firstLow,
    firstHigh,
    levelLow: ln(Math.max(own.level.low, 1e-9)),
    levelHigh: ln(Math.max(own.level.high, 1e-9)),
    levelSpread: own.level.spread,
    levelCommon: LEVEL_COMMON,
    noiseSpread: single(read, 'noise'),
    noiseCommon: NOISE_COMMON,
    ticket: own.level.ticket,
    shocksPerYear: single(read, 'shocks'),
    shockLeaves: single(read, 'shock-leaves'),
    shockRecovery: RECOVERY,
    endsPerYear: yearly <= 0 ? 0 : -ln(1 - yearly),
    patience: PATIENCE_MONTHS,
    active: 1,
    age: 0,
  }
}
