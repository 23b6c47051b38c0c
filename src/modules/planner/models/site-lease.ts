import { earning } from '../rules/engine/kernels/earning.ts'
import { rampShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import {
  earningNumbers,
  giveUp,
  guessedSpread,
  launch,
  noise,
  shocks,
  single,
  unknownShare,
} from './parameters.ts'

/** A site that is let, or whose enquiries are: rent in proportion to what such sites are bought for. */
export const siteLease: StreamModel = {
  id: 'site-lease',
  family: 'product',
  parameters: [
    launch(0.5),
    unknownShare('let-share'),
    {
      name: 'site-price',
      unit: 'money',
      least: 0,
      most: 1_000_000,
      evidence: { kind: 'own' },
      isRange: true,
    },
    {
      name: 'multiple',
      unit: 'times',
      value: [25, 36],
      least: 1,
      most: 200,
      evidence: { kind: 'published', source: 'websites' },
      isRange: true,
    },
    guessedSpread(0.8),
    {
      name: 'half-way',
      unit: 'months',
      value: [12, 12],
      least: 0,
      most: 120,
      evidence: { kind: 'judgement' },
    },
    noise(0.2),
    ...shocks(0.4, 0.6),
    giveUp(0.2),
  ],
  usual: { outlay: 300, monthlyCost: 20, buildHours: 80, upkeepHours: 6, feeShare: 0 },
  machine: { kernel: earning },
  numbers: (read) => {
    const [cheap, dear] = read('site-price')
    const [short, long] = read('multiple')
    return earningNumbers(read, {
      launch: read('launch'),
      first: read('let-share'),
      level: { low: cheap / long, high: dear / short, spread: single(read, 'level-spread'), ticket: 0 },
    })
  },
  shape: (read, { months, age }) => rampShape(months + age, single(read, 'half-way')),
}
