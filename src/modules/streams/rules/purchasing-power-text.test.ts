import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalOf, readSeries } from './purchasing-power-text.ts'

const read = (text: string) => {
  const found = readSeries(text)
  return found.outcome === 'faulty'
    ? found.faults
    : found.lines.map(({ month, ratio }) => [month, decimalOf(ratio)])
}

describe('a pasted series', () => {
  test('is read as tables and files have it', () => {
    expect(read('\uFEFFmonth,index\r\n2025-01,142.7\r\n2025-02,143\r\n\r\n')).toEqual([
      ['2025-01', '142.7'],
      ['2025-02', '143'],
    ])
    expect(read('01/2025\t142,7\n2/2025\t143.25')).toEqual([
      ['2025-01', '142.7'],
      ['2025-02', '143.25'],
    ])
    expect(read('2025-01-31;3,205.50\n2025/2/28; 3 300')).toEqual([
      ['2025-01', '3205.50'],
      ['2025-02', '3300'],
    ])
    expect(read('الشهر، الرقم\n٢٠٢٥-٠١، ١٤٢٫٧\n٢٠٢٥-٠٢،١٤٣')).toEqual([
      ['2025-01', '142.7'],
      ['2025-02', '143'],
    ])
  })

  test('says of each line what is wrong with it, and takes none', () => {
    expect(
      read('2025-13,100\n2025-01,none\n2025-02,-5\n2025-03,0\n2025-04,1\n2025-04,2\n2025-05,1,234'),
    ).toEqual([
      { line: 1, what: 'month' },
      { line: 2, what: 'number' },
      { line: 3, what: 'number' },
      { line: 4, what: 'number' },
      { line: 6, what: 'twice' },
      { line: 7, what: 'number' },
    ])
  })

  test('never throws, and what it reads it writes again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789٠٩-/.,،;\t\n ab٫\uFEFF') }), (text) => {
        const found = readSeries(text)
        if (found.outcome === 'faulty') return
        const again = found.lines.map(({ month, ratio }) => `${month},${decimalOf(ratio)}`).join('\n')
        expect(readSeries(again)).toEqual(found)
      }),
    )
  })
})
