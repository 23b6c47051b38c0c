import { expect, test } from 'vitest'
import { readShare } from './concentration-share.ts'

test('a share is read in either script, as a part or in percent', () => {
  expect(readShare('0.25', 1)).toBe(0.25)
  expect(readShare('٠٫٢٥', 1)).toBe(0.25)
  expect(readShare('50%', 100)).toBe(0.5)
  expect(readShare('٥٠٪', 100)).toBe(0.5)
  expect(readShare(' ', 1)).toBeNull()
})

test('what is no share, or more than the whole, is none', () => {
  for (const typed of ['1.2', '-0.1', 'half', '1e-3', '0.25.1']) expect(readShare(typed, 1)).toBeUndefined()
  expect(readShare('101', 100)).toBeUndefined()
})
