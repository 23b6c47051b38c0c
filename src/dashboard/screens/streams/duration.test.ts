import { expect, test } from 'vitest'
import { latinDigits } from '../../../shared/arabic.ts'
import { parseDuration } from './duration.ts'

test.each([
  ['90', 90],
  ['1:30', 90],
  ['١:٣٠', 90],
  ['٤٥', 45],
  ['1.5h', 90],
  ['1,5h', 90],
  ['٢٫٢٥ س', 135],
  [' 12:05 ', 725],
])('%s is understood', (typed, minutes) => {
  expect(parseDuration(typed, latinDigits)).toBe(minutes)
})

test.each(['', '-5', '1:75', 'an hour', '1,5', '99999'])('%s is not', (typed) => {
  expect(parseDuration(typed, latinDigits)).toBeUndefined()
})
