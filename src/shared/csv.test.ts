import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCsvParser, detectDelimiter, type CsvRecord } from './csv.ts'

const limits = { cellChars: 1000, cells: 50 }

function parse(pieces: readonly string[], delimiter = ','): CsvRecord[] {
  const parser = createCsvParser(delimiter, limits)
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()]
}

function faultOf(text: string): unknown {
  const parser = createCsvParser(',', limits)
  parser.push(text)
  parser.end()
  return parser.fault()
}

const cellsOf = (text: string, delimiter = ',') => parse([text], delimiter).map(({ cells }) => cells)

describe('records', () => {
  test.each<[string, string, string[][]]>([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'without a last line break',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'carriage returns alone',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quoted',
      '"a","b,c"\n"say ""so""",""\n',
      [
        ['a', 'b,c'],
        ['say "so"', ''],
      ],
    ],
    ['a quote inside of a cell', '5" disk,b\n', [['5" disk', 'b']]],
    ['text after a closing quote', '"a"b,c\n', [['ab', 'c']]],
    [
      'empty cells',
      ',\n,,\n',
      [
        ['', ''],
        ['', '', ''],
      ],
    ],
    ['empty lines are passed over', 'a\n\n\r\nb\n', [['a'], ['b']]],
    ['an empty quoted cell is a record', '""\n', [['']]],
  ])('%s', (_name, text, expected) => {
    expect(cellsOf(text)).toEqual(expected)
  })

  test('lines are numbered as an editor numbers them', () => {
    const lines = parse(['h\r\n', '"one\r\ntwo"\r', '\nx\n\ny']).map(({ line }) => line)
    expect(lines).toEqual([1, 2, 4, 6])
  })

  test('a file that ends inside of a quoted cell was cut off', () => {
    expect(faultOf('a,b\n1,"not whole\n')).toEqual({ fault: 'quote-open', line: 2 })
    expect(faultOf('a,b\n1,"whole"\n')).toBeUndefined()
  })

  test('a huge cell and a huge record stop the reading at once', () => {
    const parser = createCsvParser(',', limits)
    expect(parser.push(`a\n"${'x'.repeat(2000)}`)).toHaveLength(1)
    expect(parser.fault()).toEqual({ fault: 'cell-too-long', line: 2 })
    expect(parser.push('"\nb\n')).toEqual([])
    expect(faultOf(','.repeat(60))).toEqual({ fault: 'too-many-cells', line: 1 })
  })

  test('what was written is read again, wherever the pieces are parted', () => {
    const cell = fc.string({ unit: fc.constantFrom(...Array.from('ab"،,;\t\r\n ٣')) })
    const record = fc.array(cell, { minLength: 2, maxLength: 4 })
    const cuts = fc.array(fc.nat(60), { maxLength: 4 })
    fc.assert(
      fc.property(fc.array(record), fc.constantFrom(',', ';', '\t'), cuts, (records, delimiter, at) => {
        const text = records
          .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter))
          .join('\r\n')
        const places = [0, ...at.toSorted((left, right) => left - right), text.length]
        const pieces = places.slice(1).map((end, nth) => text.slice(places[nth], end))
        expect(parse(pieces, delimiter)).toEqual(parse([text], delimiter))
        expect(cellsOf(text, delimiter)).toEqual(records)
      }),
    )
  })
})

test.each([
  ['a,b,c\n1,2,3\n', ','],
  ['a;b;c\n1,5;2,5;3\n', ';'],
  ['a\tb\n1,5\t2\n', '\t'],
  ['"a,b";c\n"d,e";f\n', ';'],
  ['Account statement\nHolder: Salma, Cairo\n\nDate;Text;Amount\n1;a;2,50\n2;b;3,50\n', ';'],
  ['one column\nonly\n', ','],
])('the delimiter of %j is %j', (text, expected) => {
  expect(detectDelimiter(text)).toBe(expected)
})
