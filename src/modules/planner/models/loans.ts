import { loans as kernel, type LoanNumbers } from '../rules/engine/kernels/holding.ts'
import { flatShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import { single } from './parameters.ts'

const judgement = { kind: 'judgement' } as const

/** Loans from person to person: defaults that come together, lenders that fail, recoveries over years. */
export const loans: StreamModel = {
  id: 'loans',
  family: 'holding',
  parameters: [
    {
      name: 'interest',
      unit: 'share-year',
      value: [0.13, 0.13],
      least: 0,
      most: 1,
      evidence: { kind: 'own' },
    },
    {
      name: 'defaults',
      unit: 'share-year',
      value: [0.107, 0.107],
      least: 0,
      most: 0.9,
      evidence: { kind: 'published', source: 'loan-defaults' },
    },
    { name: 'bad-years', unit: 'spread', value: [0.4, 0.4], least: 0, most: 2, evidence: judgement },
    {
      name: 'recovered',
      unit: 'share',
      value: [0.5, 0.5],
      least: 0,
      most: 1,
      evidence: { kind: 'published', source: 'loan-losses' },
    },
    { name: 'recovery-months', unit: 'months', value: [30, 30], least: 1, most: 120, evidence: judgement },
    {
      name: 'lender-fails',
      unit: 'share-year',
      value: [0.03, 0.03],
      least: 0,
      most: 0.9,
      evidence: judgement,
    },
    {
      name: 'lender-loses',
      unit: 'share',
      value: [0.2, 0.9],
      least: 0,
      most: 1,
      evidence: judgement,
      isRange: true,
    },
    { name: 'reinvested', unit: 'share', value: [0, 0], least: 0, most: 1, evidence: { kind: 'own' } },
  ],
  usual: { outlay: 1000, monthlyCost: 0, buildHours: 5, upkeepHours: 1, feeShare: 0 },
  machine: { kernel, credit: true },
  numbers: (read): LoanNumbers => ({
    interest: single(read, 'interest'),
    defaults: single(read, 'defaults'),
    defaultsSpread: single(read, 'bad-years'),
    recovered: single(read, 'recovered'),
    recoveryMonths: Math.max(1, single(read, 'recovery-months')),
    originatorFails: single(read, 'lender-fails'),
    originatorLosesLow: read('lender-loses')[0],
    originatorLosesHigh: read('lender-loses')[1],
    reinvested: single(read, 'reinvested'),
  }),
  shape: (_read, { months, age }) => flatShape(months + age),
  bearsInterest: true,
}
