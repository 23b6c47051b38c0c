import { describe, expect, test } from 'vitest'
import { barePlan, bareStream, reckon } from '../../../../test/support/plans.ts'
import type { PlannedStream } from '../schema.ts'
import { compilePlan } from './compile-plan.ts'

const PATHS = 60_000
const sells = { launch: [1, 1], 'first-sale': [1, 1] } satisfies PlannedStream['values']

/** Net by path and month, in dollars, of one stream with its default assumptions and those of `values`. */
function population(model: string, values: PlannedStream['values'], months: number) {
  const plan = barePlan([bareStream(model, { values })], { months, hoursPerMonth: 400 })
  const { scenario } = compilePlan(plan, { seed: 20, paths: PATHS }, new Map())
  // What foreign prices do is no matter of the figures, which are of one year.
  const { outcome } = reckon({ ...scenario, economy: { ...scenario.economy, foreignInflation: 0 } })
  return (path: number, month: number) => (outcome.net[month * PATHS + path] ?? 0) / 100
}

function describeSellers(income: number[]) {
  const sorted = Float64Array.from(income).sort()
  const sum = sorted.reduce((total, one) => total + one, 0)
  const above = (limit: number) => sorted.filter((one) => one > limit).length / sorted.length
  return {
    count: sorted.length,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    mean: sum / sorted.length,
    above,
    topTenth: sorted.slice(Math.floor(sorted.length * 0.9)).reduce((total, one) => total + one, 0) / sum,
  }
}

/** Within a share of what was published. */
function expectWithin(found: number, published: number, tolerance: number) {
  expect(found / published).toBeGreaterThan(1 - tolerance)
  expect(found / published).toBeLessThan(1 + tolerance)
}

/** How old sellers are in months, where their number grows by 94 % a year, as it did in 2020: youth is frequent. */
function ageOf(share: number, months: number): number {
  const oldest = 1 - 1.94 ** (-months / 12)
  return Math.min(months - 1, Math.floor((-Math.log(1 - share * oldest) / Math.log(1.94)) * 12))
}

describe('a digital product by default, among those who sell, is what Gumroad published', () => {
  const MONTHS = 60
  const at = population('digital-product', sells, MONTHS)
  // Each path is looked at as six sellers of different ages.
  const sellers = Array.from({ length: PATHS * 6 }, (_, nth) => ({
    path: nth % PATHS,
    age: ageOf(((((nth % PATHS) * 7_919) % PATHS) / PATHS + Math.floor(nth / PATHS) / 6) % 1, MONTHS),
  }))
  const month = describeSellers(sellers.map(({ path, age }) => at(path, age)).filter((one) => one > 0))
  const year = describeSellers(
    sellers
      .map(({ path, age }) => {
        const first = Math.max(0, age - 11)
        return Array.from({ length: age - first + 1 }, (_, nth) => at(path, first + nth)).reduce(
          (a, b) => a + b,
        )
      })
      .filter((one) => one >= 0.01),
  )

  test('September 2020: 8.5 % above $1,000, 1.0 % above $10,000, $662 on average, half above $37', () => {
    expectWithin(month.above(1_000), 1_657 / 19_480, 0.25)
    expectWithin(month.above(10_000), 192 / 19_480, 0.15)
    expectWithin(month.mean, 662, 0.15)
    expectWithin(month.median, 37, 0.15)
  })

  test('2020: the top tenth has 92 % of it, $3,092 on average', () => {
    expect(Math.abs(year.topTenth - 0.92)).toBeLessThan(0.02)
    expectWithin(year.mean, 142_000_000 / 45_917, 0.15)
  })

  test('of those who sell in a year, so many do in September', () => {
    const grownSince = 1.94 ** (3.5 / 12)
    expectWithin(month.count / grownSince / year.count, 19_480 / 45_917, 0.1)
  })
})

describe('self-published authors by default', () => {
  const at = population('e-book', { launch: [1, 1] }, 24)
  // A year in the middle of the first three, when a book brings about its average.
  const yearly = Float64Array.from({ length: PATHS }, (_, path) =>
    Array.from({ length: 12 }, (_, nth) => at(path, 6 + nth)).reduce((sum, one) => sum + one, 0),
  ).sort()
  const published = [0, 0, 0, 43, 250, 885, 2_950, 9_990, 36_850, 154_000]

  test.each(published.map((income, nth) => [nth + 1, income] as const))(
    'decile %i: $%i a year',
    (decile, income) => {
      const middle = yearly[Math.floor((decile - 0.5) * 0.1 * PATHS)] ?? 0
      if (income === 0) expect(middle).toBe(0)
      else expect(Math.abs(Math.log(middle / income))).toBeLessThan(Math.log(1.5))
    },
  )
})

test('paid by the hour for small tasks: $2 in the middle, 4 % above $7.25', () => {
  const at = population(
    'micro-tasks',
    { 'hours-a-month': [1, 1], noise: [0, 0], shocks: [0, 0], 'give-up': [0, 0] },
    12,
  )
  const hourly = describeSellers(Array.from({ length: PATHS }, (_, path) => at(path, 6)))
  expectWithin(hourly.median, 2, 0.05)
  expectWithin(hourly.above(7.25), 0.04, 0.15)
})

test('memberships: 40 % have more than 10 patrons, under 10 % more than 100, under 1 % more than 1,000', () => {
  const still = {
    ...sells,
    noise: [0, 0],
    shocks: [0, 0],
    'give-up': [0, 0],
    churn: [0.9, 0.9],
  } satisfies PlannedStream['values']
  const at = population('newsletter', { ...still, 'per-subscriber': [1, 1] }, 12)
  const patrons = describeSellers(Array.from({ length: PATHS }, (_, path) => at(path, 11)))
  expectWithin(patrons.above(10), 0.4, 0.05)
  expect(patrons.above(100)).toBeLessThan(0.1)
  expect(patrons.above(1_000)).toBeLessThan(0.01)
})

test('videos: the top 3 % begin at about 1.4 million views a month', () => {
  const still = {
    ...sells,
    noise: [0, 0],
    shocks: [0, 0],
    'give-up': [0, 0],
    'half-way': [0, 0],
  } satisfies PlannedStream['values']
  const at = population('blog-or-channel', { ...still, 'per-thousand-views': [1, 1] }, 6)
  const income = describeSellers(Array.from({ length: PATHS }, (_, path) => at(path, 3)))
  expectWithin(income.above(1_400), 0.03, 0.1)
})
