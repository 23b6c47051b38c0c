import { coins } from '../rules/engine/kernels/holding.ts'
import { flatShape } from '../rules/engine/shapes.ts'
import { coinNumbers, coinParameters } from './coins.ts'
import type { StreamModel } from './model.ts'
import { single } from './parameters.ts'

/** Coins that are staked: a reward in new coins, which thin out each one. */
export const staking: StreamModel = {
  id: 'staking',
  family: 'holding',
  parameters: [
    {
      name: 'reward',
      unit: 'share-year',
      value: [0.031, 0.031],
      least: 0,
      most: 1,
      evidence: { kind: 'published', source: 'staking' },
      isRange: true,
    },
    {
      name: 'new-coins',
      unit: 'share-year',
      value: [0.004, 0.004],
      least: 0,
      most: 1,
      evidence: { kind: 'published', source: 'staking' },
    },
    ...coinParameters({ ruin: 0.01 }),
  ],
  usual: { outlay: 500, monthlyCost: 0, buildHours: 5, upkeepHours: 1, feeShare: 0 },
  machine: { kernel: coins, coins: true },
  numbers: (read) =>
    coinNumbers(read, { reward: read('reward'), inflation: single(read, 'new-coins'), pairSpread: 0 }),
  shape: (_read, { months, age }) => flatShape(months + age),
}
