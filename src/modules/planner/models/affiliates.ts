import { earning } from '../rules/engine/kernels/earning.ts'
import { rampShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import {
  earningNumbers,
  firstSale,
  giveUp,
  guessedSpread,
  launch,
  noise,
  shocks,
  single,
} from './parameters.ts'

/** Commissions for what others sell. The one published figure is of those who answered a survey among affiliates. */
export const affiliates: StreamModel = {
  id: 'affiliates',
  family: 'product',
  parameters: [
    launch(0.6),
    firstSale(0.1, 0.4),
    {
      name: 'level',
      unit: 'money',
      value: [500, 500],
      least: 0.01,
      most: 1_000_000,
      evidence: { kind: 'fitted', source: 'affiliates' },
    },
    guessedSpread(2),
    {
      name: 'ticket',
      unit: 'money',
      value: [20, 20],
      least: 0,
      most: 10_000,
      evidence: { kind: 'judgement' },
    },
    {
      name: 'half-way',
      unit: 'months',
      value: [18, 18],
      least: 0,
      most: 120,
      evidence: { kind: 'judgement' },
    },
    noise(0.6),
    ...shocks(0.5, 0.5),
    giveUp(0.3),
  ],
  usual: { outlay: 100, monthlyCost: 15, buildHours: 60, upkeepHours: 20, feeShare: 0 },
  machine: { kernel: earning },
  numbers: (read) => {
    const median = single(read, 'level')
    return earningNumbers(read, {
      launch: read('launch'),
      first: read('first-sale'),
      level: {
        low: median,
        high: median,
        spread: single(read, 'level-spread'),
        ticket: single(read, 'ticket'),
      },
    })
  },
  shape: (read, { months, age }) => rampShape(months + age, single(read, 'half-way')),
}
