import { expect, test } from 'vitest'
import { toBasisPoints } from './basis-points.ts'

test.each([
  ['15', 1500],
  ['١٥٫٥', 1550],
  ['7,25 %', 725],
  ['', 0],
  ['100', 10_000],
  ['100.01', undefined],
  ['-5', undefined],
  ['1.234', undefined],
  ['ten', undefined],
])('%j is %j basis points', (typed, points) => {
  expect(toBasisPoints(typed)).toBe(points)
})
