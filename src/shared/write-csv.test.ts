import { expect, test } from 'vitest'
import { csvRecord } from './write-csv.ts'

test('a record quotes what divides cells, and no cell is a formula', () => {
  expect(csvRecord(['a', 'b,c', 'say "so"', 'two\nlines', '']).trimEnd()).toBe(
    'a,"b,c","say ""so""","two\nlines",',
  )
  for (const formula of ['=1+1', '+1', '-1+2', '@SUM(A1)', '\t=1', ' =1', '＝1'])
    expect(csvRecord([formula])).toMatch(/^"?'/u)
  expect(csvRecord(['-12.50', '12'])).toBe('-12.50,12\r\n')
})
