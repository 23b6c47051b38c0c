import { earning } from '../rules/engine/kernels/earning.ts'
import { rampShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import { earningNumbers, firstSale, giveUp, guessedSpread, noise, shocks, single } from './parameters.ts'

/** Work sold by the hour or the piece: one's own price, the hours that the plan gives it, and how many of them are sold. */
export const services: StreamModel = {
  id: 'services',
  family: 'work',
  parameters: [
    firstSale(0.4, 0.9),
    { name: 'per-hour', unit: 'money-hour', least: 0, most: 1_000, evidence: { kind: 'own' }, isRange: true },
    {
      name: 'hours-a-month',
      unit: 'count',
      value: [30, 30],
      least: 0,
      most: 400,
      evidence: { kind: 'own' },
    },
    {
      name: 'sold',
      unit: 'share',
      value: [0.2, 0.6],
      least: 0,
      most: 1,
      evidence: { kind: 'judgement' },
      isRange: true,
    },
    guessedSpread(0.5),
    { name: 'half-way', unit: 'months', value: [6, 6], least: 0, most: 120, evidence: { kind: 'judgement' } },
    noise(0.5),
    ...shocks(0.2, 0.6),
    giveUp(0.2),
  ],
  usual: { outlay: 0, monthlyCost: 0, buildHours: 20, upkeepHours: 30, feeShare: 0.2 },
  machine: { kernel: earning },
  numbers: (read) => {
    const hours = single(read, 'hours-a-month')
    const [low, high] = read('per-hour')
    const [few, many] = read('sold')
    return earningNumbers(read, {
      first: read('first-sale'),
      level: {
        low: low * few * hours,
        high: high * many * hours,
        spread: single(read, 'level-spread'),
        ticket: 0,
      },
    })
  },
  shape: (read, { months, age }) => rampShape(months + age, single(read, 'half-way')),
}
