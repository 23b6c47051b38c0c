import { earning } from '../rules/engine/kernels/earning.ts'
import { launchShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import {
  catalogue,
  earningNumbers,
  firstSale,
  giveUp,
  guessedSpread,
  launch,
  noise,
  shocks,
  single,
  unknownMoney,
} from './parameters.ts'

/** Recorded courses, on one's own store or a platform. What they earn is published by nobody, so it is asked for. */
export const course: StreamModel = {
  id: 'course',
  family: 'product',
  parameters: [
    launch(0.4),
    firstSale(0.3, 0.7),
    unknownMoney('level'),
    guessedSpread(2.4),
    {
      name: 'ticket',
      unit: 'money',
      value: [40, 40],
      least: 0,
      most: 10_000,
      evidence: { kind: 'own' },
    },
    ...catalogue(12),
    noise(0.6),
    ...shocks(0.25, 0.6),
    giveUp(0.2),
  ],
  usual: { outlay: 300, monthlyCost: 20, buildHours: 200, upkeepHours: 8, feeShare: 0.1 },
  machine: { kernel: earning },
  numbers: (read) => {
    const [low, high] = read('level')
    return earningNumbers(read, {
      launch: read('launch'),
      first: read('first-sale'),
      level: { low, high, spread: single(read, 'level-spread'), ticket: single(read, 'ticket') },
    })
  },
  shape: (read, { months, age }) =>
    launchShape(months + age, {
      ratio: single(read, 'decay-ratio'),
      everyMonths: single(read, 'every-months'),
      half: single(read, 'saturation'),
    }),
}
