import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDecimal, parsePercent, parseWhole } from './parse-number.ts'

const arabic = (text: string) =>
  text.replace('.', '٫').replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)))
const persian = (text: string) =>
  text.replace('.', '٫').replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit)))

test.each([
  ['48.25', '48.25'],
  ['٤٨٫٢٥', '48.25'],
  ['۴۸٫۲۵', '48.25'],
  ['48,25', '48.25'],
  ['0.001', '0.001'],
  ['٠٫٠٠١', '0.001'],
  ['.5', '0.5'],
  ['007', '7'],
  ['١٬٢٣٤٫٥', '1234.5'],
  ['1,234.5', '1234.5'],
  ['1.234', '1.234'],
  ['-٣', '-3'],
  ['1,234', undefined],
  ['', undefined],
  ['12 x', undefined],
  ['1e3', undefined],
])('%j is %s', (typed, decimal) => {
  expect(parseDecimal(typed)).toBe(decimal)
})

test('a number reads the same in all three scripts’ digits', () => {
  fc.assert(
    fc.property(fc.nat(), fc.stringMatching(/^\d{1,8}$/), (whole, fraction) => {
      const written = `${whole}.${fraction}`
      expect([arabic(written), persian(written)].map(parseDecimal)).toEqual([written, written])
      expect([String(whole), arabic(String(whole)), persian(String(whole))].map(parseWhole)).toEqual(
        Array(3).fill(whole),
      )
    }),
  )
})

test.each([
  ['1,234', 1234],
  ['١٬٢٣٤', 1234],
  ['1.5', undefined],
  ['-1', undefined],
  ['9'.repeat(20), undefined],
])('%j as a whole number is %s', (typed, number) => {
  expect(parseWhole(typed)).toBe(number)
})

test.each([
  ['١٢٫٥٪', 12.5],
  ['% 15', 15],
  ['15', 15],
  ['15%%', undefined],
])('%j is %s percent', (typed, percent) => {
  expect(parsePercent(typed)).toBe(percent)
})
