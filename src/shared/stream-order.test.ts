import { expect, test } from 'vitest'
import { compareStreams, STREAM_SORTS } from './stream-order.ts'

const stream = (name: string, netMinor: bigint, perHourMinor: bigint | null) => ({
  name,
  netMinor,
  perHourMinor,
})
const all = [
  stream('ب', 5n, null),
  stream('أ', 90_071_992_547_409_931n, 2n),
  stream('ت', 90_071_992_547_409_930n, -3n),
]

test.each([
  ['-net', 'أتب'],
  ['net', 'بتأ'],
  ['-per-hour', 'أتب'],
  ['per-hour', 'تأب'],
  ['name', 'أبت'],
  ['-name', 'تبأ'],
] as const)('by %s', (sort, wanted) => {
  const names = all.toSorted(compareStreams(sort, 'ar')).map(({ name }) => name)
  expect(names.join('')).toBe(wanted)
})

test('the first order is by what was left over', () => {
  expect(STREAM_SORTS[0]).toBe('-net')
})
