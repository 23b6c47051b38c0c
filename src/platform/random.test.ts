import { expect, test } from 'vitest'
import { createRandomBytes } from './random.ts'

test('gives as many bytes as asked for, no run of them twice, across refills and for more than it keeps', () => {
  const random = createRandomBytes()
  const seen = new Set<string>()
  for (let nth = 0; nth < 5_000; nth++) seen.add(Buffer.from(random(10)).toString('hex'))
  expect(seen.size).toBe(5_000)
  expect([...seen].every((bytes) => bytes.length === 20)).toBe(true)
  expect(random(20_000)).toHaveLength(20_000)
})
