import { earning } from '../rules/engine/kernels/earning.ts'
import { launchShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import {
  catalogue,
  earningNumbers,
  firstSale,
  giveUp,
  launch,
  level,
  noise,
  shocks,
  single,
} from './parameters.ts'

/** Templates, graphics, small programs, guides sold as files. Fitted to all sellers of Gumroad; see calibration.test.ts. */
export const digitalProduct: StreamModel = {
  id: 'digital-product',
  family: 'product',
  parameters: [
    launch(0.6),
    firstSale(0.3, 0.7),
    ...level({ median: 4.7, spread: 2.85 }, 'gumroad-month'),
    {
      name: 'ticket',
      unit: 'money',
      value: [12.5, 12.5],
      least: 0,
      most: 10_000,
      evidence: { kind: 'fitted', source: 'gumroad-year' },
    },
    ...catalogue(6),
    noise(0.4),
    ...shocks(0.15, 0.6),
    { ...giveUp(0.12), evidence: { kind: 'fitted', source: 'gumroad-year' } },
  ],
  usual: { outlay: 100, monthlyCost: 10, buildHours: 80, upkeepHours: 6, feeShare: 0.1 },
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
  shape: (read, { months, age }) =>
    launchShape(months + age, {
      ratio: single(read, 'decay-ratio'),
      everyMonths: single(read, 'every-months'),
      half: single(read, 'saturation'),
    }),
}
