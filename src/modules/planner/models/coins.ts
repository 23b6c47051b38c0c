import type { CoinNumbers } from '../rules/engine/kernels/holding.ts'
import type { Parameter, Read } from './model.ts'
import { single } from './parameters.ts'

const judgement = { kind: 'judgement' } as const

/** What all holdings of coins assume: two regimes of prices, and a small yearly chance of losing nearly all. */
export function coinParameters({ ruin }: { ruin: number }): readonly Parameter[] {
  return [
    {
      name: 'calm-growth',
      unit: 'share-year',
      value: [0.15, 0.15],
      least: -0.9,
      most: 1,
      evidence: judgement,
    },
    { name: 'calm-swing', unit: 'share-year', value: [0.6, 0.6], least: 0, most: 3, evidence: judgement },
    {
      name: 'crash-growth',
      unit: 'share-year',
      value: [-0.9, -0.9],
      least: -3,
      most: 0.5,
      evidence: judgement,
    },
    { name: 'crash-swing', unit: 'share-year', value: [0.9, 0.9], least: 0, most: 3, evidence: judgement },
    { name: 'ruin', unit: 'share-year', value: [ruin, ruin], least: 0, most: 0.9, evidence: judgement },
    { name: 'reinvested', unit: 'share', value: [0, 0], least: 0, most: 1, evidence: { kind: 'own' } },
  ]
}

/** The numbers of the coin kernel from these and what is particular to one kind of holding. */
export function coinNumbers(
  read: Read,
  own: { reward: readonly [number, number]; inflation: number; pairSpread: number },
): CoinNumbers {
  return {
    rewardLow: own.reward[0],
    rewardHigh: own.reward[1],
    inflation: own.inflation,
    calmGrowth: single(read, 'calm-growth'),
    calmSpread: single(read, 'calm-swing'),
    crashGrowth: single(read, 'crash-growth'),
    crashSpread: single(read, 'crash-swing'),
    pairSpread: own.pairSpread,
    ruin: single(read, 'ruin'),
    ruinLoses: 0.9,
    reinvested: single(read, 'reinvested'),
  }
}
