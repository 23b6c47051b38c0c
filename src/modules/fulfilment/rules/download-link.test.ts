import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkLifetimeSeconds, parseRange } from './download-link.ts'

describe('range', () => {
  test.each([
    [undefined, undefined],
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=90-200', { start: 90, end: 100 }],
    ['bytes=-10', { start: 90, end: 100 }],
    ['bytes=-200', { start: 0, end: 100 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=5-4', 'unsatisfiable'],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['items=0-1', undefined],
  ])('%s of 100 bytes', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected)
  })

  test('a satisfiable range is never empty and never leaves the file', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 1e9 }), (first, last, size) => {
        const range = parseRange(`bytes=${first}-${last}`, size)
        if (range === undefined || range === 'unsatisfiable') return
        expect(range.start).toBeLessThan(range.end)
        expect(range.end).toBeLessThanOrEqual(size)
      }),
    )
  })
})

test('links of large files live longer, none longer than a day', () => {
  expect(linkLifetimeSeconds(1n)).toBe(3600)
  expect(linkLifetimeSeconds(1_000_000_000n)).toBeGreaterThan(3600)
  expect(linkLifetimeSeconds(5_000_000_000_000n)).toBe(86_400)
})
