import { expect, test } from 'vitest'
import { barePlan, bareStream } from '../../../../../test/support/plans.ts'
import { planTexts, type PlanWords } from './plan-differences.ts'

const words: PlanWords = {
  t: (key) => key.replace(/^plan\./u, ''),
  amount: (minor) => `${minor / 100} $`,
  number: String,
  percent: (share) => `${share * 100} %`,
  month: (at) => at,
}
const telling = { words, models: [] }
const first = bareStream('digital-product', { name: 'قوالب' })
const second = bareStream('newsletter', { name: 'Letter' })
const plan = barePlan([first, second])

test('of two versions of the streams only what differs is told, each with its own value', () => {
  const other = { ...plan, streams: [{ ...first, upkeepHours: 9, feeShare: 0.1 }, second] }
  expect(planTexts('streams', { value: plan, other }, telling)).toEqual([
    'field.upkeep-hours: 0 · \u2068قوالب\u2069',
    'field.fees: 0 % · \u2068قوالب\u2069',
  ])
  expect(planTexts('streams', { value: other, other: plan }, telling)).toEqual([
    'field.upkeep-hours: 9 · \u2068قوالب\u2069',
    'field.fees: 10 % · \u2068قوالب\u2069',
  ])
})

test('a stream that only one version has is named, and all of them where only their order differs', () => {
  const less = { ...plan, streams: [first] }
  expect(planTexts('streams', { value: plan, other: less }, telling)).toEqual(['Letter'])
  expect(planTexts('streams', { value: less, other: plan }, telling)).toEqual(['قوالب'])
  const turned = { ...plan, streams: [second, first] }
  expect(planTexts('streams', { value: turned, other: plan }, telling)).toEqual(['Letter', 'قوالب'])
})

test('assumptions of the economy are told where they differ', () => {
  const other = { ...plan, economy: { ...plan.economy, inflation: 0.2 } }
  expect(planTexts('economy', { value: plan, other }, telling)).toEqual(['economy.inflation: 0 %'])
})
