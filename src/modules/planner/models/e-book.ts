import { earning } from '../rules/engine/kernels/earning.ts'
import { launchShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import { catalogue, earningNumbers, giveUp, launch, level, noise, shocks, single } from './parameters.ts'

/** Books of one's own. Fitted to the deciles of self-published authors; see calibration.test.ts. */
export const eBook: StreamModel = {
  id: 'e-book',
  family: 'product',
  parameters: [
    launch(0.5),
    {
      name: 'first-sale',
      unit: 'share',
      value: [0.7, 0.7],
      least: 0,
      most: 1,
      evidence: { kind: 'published', source: 'authors' },
      isRange: true,
    },
    ...level({ median: 290, spread: 2.8 }, 'authors'),
    ...catalogue(12),
    noise(0.6),
    ...shocks(0.15, 0.6),
    giveUp(0),
  ],
  usual: { outlay: 250, monthlyCost: 0, buildHours: 250, upkeepHours: 5, feeShare: 0 },
  machine: { kernel: earning },
  numbers: (read) => {
    const median = single(read, 'level')
    return earningNumbers(read, {
      launch: read('launch'),
      first: read('first-sale'),
      level: { low: median, high: median, spread: single(read, 'level-spread'), ticket: 0 },
    })
  },
  shape: (read, { months, age }) =>
    launchShape(months + age, {
      ratio: single(read, 'decay-ratio'),
      everyMonths: single(read, 'every-months'),
      half: single(read, 'saturation'),
    }),
}
