import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { median, TREND_MONTHS, trendOf } from './trend.ts'

/** Numbers that look like chance, the same ones every time. */
function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
}

const series = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: TREND_MONTHS, maxLength: 24 })

describe('the trend', () => {
  test('of a few months is not told', () => {
    expect(trendOf([1, 2, 3, 4, 5])).toEqual({ direction: 'too-short', months: 5, wanted: TREND_MONTHS })
  })
  test('of what rises evenly is that rise', () => {
    expect(trendOf([10, 20, 30, 40, 50, 60])).toEqual({
      direction: 'up',
      slope: 10,
      low: 10,
      high: 10,
      months: 6,
    })
  })
  test('of what stays the same is none', () => {
    expect(trendOf([7, 7, 7, 7, 7, 7, 7])).toMatchObject({ direction: 'unclear', slope: 0 })
  })
  test('is not moved by one month that stands out', () => {
    expect(trendOf([10, 11, 12, 13, 900, 15, 16, 17, 18, 19])).toMatchObject({ direction: 'up', slope: 1 })
    expect(trendOf([10, 10, 11, 10, 9, 10, 11, 9, 10, 500]).direction).toBe('unclear')
  })
  test('of noise is mostly unclear: a line is claimed about as often as one in ten', () => {
    const next = chance(20_261_121)
    const claimed = Array.from({ length: 400 }, () =>
      trendOf(Array.from({ length: 18 }, () => next())),
    ).filter(({ direction }) => direction !== 'unclear')
    expect(claimed.length).toBeGreaterThan(400 * 0.04)
    expect(claimed.length).toBeLessThan(400 * 0.16)
  })
  test('turned round in time, it is the contrary; and its middle lies in the interval', () => {
    fc.assert(
      fc.property(series, (values) => {
        const [there, back] = [trendOf(values), trendOf(values.toReversed())]
        if (there.direction === 'too-short' || back.direction === 'too-short') throw new Error('long enough')
        expect(back.slope).toBeCloseTo(-there.slope)
        expect(back.low).toBeCloseTo(-there.high)
        expect(there.low).toBeLessThanOrEqual(there.slope + 1e-9)
        expect(there.high).toBeGreaterThanOrEqual(there.slope - 1e-9)
      }),
    )
  })
  test('does not hang on the unit', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 1_000 }), (values, unit) => {
        const scaled = trendOf(values.map((value) => value * unit))
        expect(scaled.direction).toBe(trendOf(values).direction)
      }),
    )
  })
})

test('the middle of two is between them', () => {
  expect(median([1, 2, 4, 9])).toBe(3)
  expect(median([5])).toBe(5)
})
