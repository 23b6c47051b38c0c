import { earning } from '../rules/engine/kernels/earning.ts'
import { flatShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import {
  earningNumbers,
  giveUp,
  guessedSpread,
  launch,
  noise,
  shocks,
  single,
  unknownMoney,
  unknownShare,
} from './parameters.ts'

/** A shop without a store room. That it ever earns, and how much is left after advertising and refunds, is asked for. */
export const dropshipping: StreamModel = {
  id: 'dropshipping',
  family: 'product',
  parameters: [
    launch(0.7),
    unknownShare('success'),
    unknownMoney('margin'),
    guessedSpread(1.5),
    noise(0.8),
    ...shocks(0.6, 0.5),
    giveUp(0.5),
  ],
  usual: { outlay: 500, monthlyCost: 150, buildHours: 60, upkeepHours: 40, feeShare: 0.03 },
  machine: { kernel: earning },
  numbers: (read) => {
    const [low, high] = read('margin')
    return earningNumbers(read, {
      launch: read('launch'),
      first: read('success'),
      level: { low, high, spread: single(read, 'level-spread'), ticket: 0 },
    })
  },
  shape: (_read, { months, age }) => flatShape(months + age),
}
