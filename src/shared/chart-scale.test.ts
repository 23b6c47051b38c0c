import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scaleOf, stack } from './chart-scale.ts'

test('ticks are round, hold every value and zero, and are few', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((one) => one === 0 || Math.abs(one) > 1e-3),
        {
          minLength: 1,
        },
      ),
      (values) => {
        const { low, high, ticks } = scaleOf(values)
        expect(low).toBeLessThanOrEqual(Math.min(0, ...values))
        expect(high).toBeGreaterThanOrEqual(Math.max(0, ...values))
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks.some((tick) => Math.abs(tick) < high * 1e-9 + 1e-12)).toBe(true)
      },
    ),
  )
  expect(scaleOf([930]).ticks).toEqual([0, 250, 500, 750, 1000])
  expect(scaleOf([]).ticks).toEqual([0])
})

test('what is below zero is stacked downwards', () => {
  const series = [{ values: [3] }, { values: [-2] }, { values: [null] }, { values: [4] }, { values: [-1] }]
  expect(stack(series, 0)).toEqual([
    { from: 0, to: 3 },
    { from: 0, to: -2 },
    { from: 3, to: 3 },
    { from: 3, to: 7 },
    { from: -2, to: -3 },
  ])
})
