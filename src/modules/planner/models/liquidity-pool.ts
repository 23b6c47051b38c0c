import { coins } from '../rules/engine/kernels/holding.ts'
import { flatShape } from '../rules/engine/shapes.ts'
import { coinNumbers, coinParameters } from './coins.ts'
import type { StreamModel } from './model.ts'
import { single } from './parameters.ts'

/** Two coins lent to an exchange: fees, against what is lost when their prices part. */
export const liquidityPool: StreamModel = {
  id: 'liquidity-pool',
  family: 'holding',
  parameters: [
    { name: 'pool-fees', unit: 'share-year', least: 0, most: 3, evidence: { kind: 'none' }, isRange: true },
    {
      name: 'parting',
      unit: 'times',
      value: [1, 1],
      least: 0,
      most: 3,
      evidence: { kind: 'fitted', source: 'liquidity-pools' },
    },
    ...coinParameters({ ruin: 0.05 }),
  ],
  usual: { outlay: 500, monthlyCost: 0, buildHours: 10, upkeepHours: 3, feeShare: 0 },
  machine: { kernel: coins, coins: true },
  numbers: (read) =>
    coinNumbers(read, { reward: read('pool-fees'), inflation: 0, pairSpread: single(read, 'parting') }),
  shape: (_read, { months, age }) => flatShape(months + age),
}
