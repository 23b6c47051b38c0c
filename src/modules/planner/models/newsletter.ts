import { earning } from '../rules/engine/kernels/earning.ts'
import { subscriberShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import { earningNumbers, firstSale, giveUp, launch, level, noise, shocks, single } from './parameters.ts'

/** A paid newsletter or membership: subscribers come evenly and leave at a monthly rate, so it grows to a ceiling. */
export const newsletter: StreamModel = {
  id: 'newsletter',
  family: 'product',
  parameters: [
    launch(0.6),
    firstSale(0.3, 0.7),
    ...level({ median: 6, spread: 2.02 }, 'patreon').map((one) =>
      one.name === 'level' ? { ...one, name: 'subscribers', unit: 'count' as const } : one,
    ),
    {
      name: 'per-subscriber',
      unit: 'money',
      value: [4.5, 4.5],
      least: 0,
      most: 10_000,
      evidence: { kind: 'published', source: 'patreon' },
    },
    {
      name: 'churn',
      unit: 'share',
      value: [0.05, 0.05],
      least: 0,
      most: 0.9,
      evidence: { kind: 'judgement' },
    },
    noise(0.15),
    ...shocks(0.1, 0.8),
    giveUp(0.2),
  ],
  usual: { outlay: 50, monthlyCost: 15, buildHours: 30, upkeepHours: 20, feeShare: 0.1 },
  machine: { kernel: earning },
  numbers: (read) => {
    const median = single(read, 'subscribers') * single(read, 'per-subscriber')
    return earningNumbers(read, {
      launch: read('launch'),
      first: read('first-sale'),
      level: { low: median, high: median, spread: single(read, 'level-spread'), ticket: 0 },
    })
  },
  shape: (read, { months, age }) => subscriberShape(months + age, single(read, 'churn')),
}
