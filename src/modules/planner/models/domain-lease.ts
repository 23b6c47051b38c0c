import { earning } from '../rules/engine/kernels/earning.ts'
import { flatShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import {
  earningNumbers,
  giveUp,
  guessedSpread,
  noise,
  shocks,
  single,
  unknownMoney,
  unknownShare,
} from './parameters.ts'

/** Domain names let for a monthly rent. How many ever find a tenant is published by nobody; few are even sold. */
export const domainLease: StreamModel = {
  id: 'domain-lease',
  family: 'product',
  parameters: [
    unknownShare('let-share'),
    unknownMoney('rent', 100_000),
    { name: 'names', unit: 'count', value: [10, 10], least: 1, most: 100_000, evidence: { kind: 'own' } },
    guessedSpread(1),
    noise(0.1),
    ...shocks(0.3, 0.5),
    giveUp(0.15),
  ],
  usual: { outlay: 150, monthlyCost: 12, buildHours: 15, upkeepHours: 3, feeShare: 0.1 },
  machine: { kernel: earning },
  numbers: (read) => {
    const names = single(read, 'names')
    const [few, many] = read('let-share')
    const [low, high] = read('rent')
    // That none of them is let at all: each finds a tenant by itself; and how many do otherwise.
    const anyOf = (share: number) => 1 - (1 - share) ** names
    const expected = (share: number) => (share <= 0 ? 1 : (names * share) / anyOf(share))
    return earningNumbers(read, {
      first: [anyOf(few), anyOf(many)],
      level: {
        low: low * expected(few),
        high: high * expected(many),
        spread: single(read, 'level-spread'),
        ticket: 0,
      },
    })
  },
  shape: (_read, { months, age }) => flatShape(months + age),
}
