import { expect, test } from 'vitest'
import { ladderScale } from './coverage-scale.ts'

test('an amount reaches a rung exactly when it pays for it', () => {
  const { rungs, at } = ladderScale([1000, 10, 0, 500, 200])
  for (const [nth, upTo] of [1000, 1010, 1010, 1510, 1710].entries())
    expect(at(upTo)).toBeCloseTo(rungs[nth]?.to ?? -1, 9)
  expect(at(500)).toBeCloseTo((rungs[0]?.to ?? 0) / 2, 9)
})

test('more is never lower, nothing leaves the picture, and a small rung has room for its name', () => {
  const { rungs, at } = ladderScale([1000, 1, 0, 1, 1])
  const heights = [-50, 0, 1, 999, 1000, 1001, 1003, 2000, 1e9].map(at)
  expect(heights).toEqual(heights.toSorted((left, right) => left - right))
  expect(heights[0]).toBe(0)
  expect(heights.at(-1)).toBeLessThan(1)
  for (const { from, to } of [rungs[1], rungs[3], rungs[4]].flatMap((rung) => rung ?? []))
    expect(to - from).toBeGreaterThan(0.06)
})

test('of nothing is empty ground', () => {
  expect(ladderScale([0, 0, 0, 0, 0]).at(0)).toBe(0)
})
