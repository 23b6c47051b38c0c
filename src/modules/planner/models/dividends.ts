import { dividends as kernel, type DividendNumbers } from '../rules/engine/kernels/holding.ts'
import { flatShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import { single } from './parameters.ts'

const judgement = { kind: 'judgement' } as const

/** Shares that pay dividends, part of which buys more of them. */
export const dividends: StreamModel = {
  id: 'dividends',
  family: 'holding',
  parameters: [
    {
      name: 'yield',
      unit: 'share-year',
      value: [0.02, 0.05],
      least: 0,
      most: 0.3,
      evidence: { kind: 'published', source: 'dividends' },
      isRange: true,
    },
    { name: 'growth', unit: 'share-year', value: [0.04, 0.04], least: -0.2, most: 0.3, evidence: judgement },
    { name: 'swing', unit: 'share-year', value: [0.17, 0.17], least: 0, most: 1, evidence: judgement },
    { name: 'cuts', unit: 'share', value: [0.3, 0.3], least: 0, most: 1, evidence: judgement },
    { name: 'reinvested', unit: 'share', value: [0, 0], least: 0, most: 1, evidence: { kind: 'own' } },
  ],
  usual: { outlay: 1000, monthlyCost: 0, buildHours: 10, upkeepHours: 1, feeShare: 0.002 },
  machine: { kernel, equity: true },
  numbers: (read): DividendNumbers => ({
    yieldLow: read('yield')[0],
    yieldHigh: read('yield')[1],
    growth: single(read, 'growth'),
    spread: single(read, 'swing'),
    cutShare: single(read, 'cuts'),
    reinvested: single(read, 'reinvested'),
    market: 0.8,
  }),
  shape: (_read, { months, age }) => flatShape(months + age),
}
