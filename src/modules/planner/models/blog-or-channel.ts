import { earning } from '../rules/engine/kernels/earning.ts'
import { rampShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import {
  earningNumbers,
  firstSale,
  giveUp,
  launch,
  level,
  noise,
  shocks,
  single,
  unknownMoney,
} from './parameters.ts'

/** A blog or a channel that lives from advertising: views as published, what a thousand of them bring as asked for. */
export const blogOrChannel: StreamModel = {
  id: 'blog-or-channel',
  family: 'product',
  parameters: [
    launch(0.6),
    firstSale(0.1, 0.5),
    ...level({ median: 5_800, spread: 2.92 }, 'youtube').map((one) =>
      one.name === 'level' ? { ...one, name: 'views', unit: 'count' as const, most: 1e9 } : one,
    ),
    unknownMoney('per-thousand-views', 200),
    {
      name: 'half-way',
      unit: 'months',
      value: [18, 18],
      least: 0,
      most: 120,
      evidence: { kind: 'judgement' },
    },
    noise(0.5),
    ...shocks(0.4, 0.6),
    giveUp(0.3),
  ],
  usual: { outlay: 100, monthlyCost: 15, buildHours: 60, upkeepHours: 30, feeShare: 0 },
  machine: { kernel: earning },
  numbers: (read) => {
    const thousands = single(read, 'views') / 1000
    const [low, high] = read('per-thousand-views')
    return earningNumbers(read, {
      launch: read('launch'),
      first: read('first-sale'),
      level: {
        low: low * thousands,
        high: high * thousands,
        spread: single(read, 'level-spread'),
        ticket: 0,
      },
    })
  },
  shape: (read, { months, age }) => rampShape(months + age, single(read, 'half-way')),
}
