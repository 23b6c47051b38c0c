import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEcb } from './parse-ecb.ts'
import { parseRatio } from './parse-ratio.ts'
import { convert, rateOn, rateTable, type Rate } from './rates.ts'

const rate = (base: string, quote: string, more: Partial<Rate> = {}): Rate => ({
  base,
  quote,
  day: '2026-03-02',
  numerator: 15n,
  denominator: 4n,
  source: 'entered',
  ...more,
})

describe('a rate', () => {
  test('is that of the pair, of its inverse, or across one currency', () => {
    const table = rateTable([rate('USD', 'SAR'), rate('EUR', 'KWD', { numerator: 1n, denominator: 3n })])
    const on = (base: string, quote: string) => rateOn(table, { base, quote, day: '2026-03-05' })
    expect(on('USD', 'SAR')).toMatchObject({ numerator: 15n, denominator: 4n })
    expect(on('SAR', 'USD')).toEqual({ numerator: 4n, denominator: 15n })
    expect(on('SAR', 'SAR')).toEqual({ numerator: 1n, denominator: 1n })
    expect(on('SAR', 'KWD')).toBeUndefined()
    const more = rateTable([rate('USD', 'SAR'), rate('USD', 'KWD', { numerator: 3n, denominator: 10n })])
    expect(rateOn(more, { base: 'SAR', quote: 'KWD', day: '2026-03-05' })).toEqual({
      numerator: 4n * 3n,
      denominator: 15n * 10n,
    })
  })

  test('holds from its day until the next; an imported one for a week', () => {
    const table = rateTable([
      rate('USD', 'SAR', { day: '2026-03-10', numerator: 2n, denominator: 1n }),
      rate('USD', 'SAR'),
      rate('EUR', 'USD', { source: 'ecb' }),
    ])
    const on = (day: string, base = 'USD', quote = 'SAR') => rateOn(table, { base, quote, day })?.numerator
    expect(on('2026-03-01')).toBeUndefined()
    expect(on('2026-03-09')).toBe(15n)
    expect(on('2026-03-10')).toBe(2n)
    expect(on('2030-01-01')).toBe(2n)
    expect(on('2026-03-09', 'EUR', 'USD')).toBe(15n)
    expect(on('2026-03-10', 'EUR', 'USD')).toBeUndefined()
  })

  test('turns minor units of any number of decimals into others, half up by size', () => {
    const ratio = { numerator: 15n, denominator: 4n }
    expect(convert(100n, { from: 'USD', to: 'SAR', rate: ratio })).toBe(375n)
    expect(convert(-2n, { from: 'USD', to: 'SAR', rate: ratio })).toBe(-8n)
    expect(convert(1n, { from: 'JPY', to: 'KWD', rate: { numerator: 2n, denominator: 1000n } })).toBe(2n)
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n), (minor) => {
        const there = convert(minor, { from: 'USD', to: 'SAR', rate: ratio })
        expect(convert(-minor, { from: 'USD', to: 'SAR', rate: ratio })).toBe(-there)
        const error = there * 4n - minor * 15n
        expect(error <= 2n && error >= -2n).toBe(true)
      }),
    )
  })
})

describe('a decimal', () => {
  test.each([
    ['3.7505', { numerator: 37_505n, denominator: 10_000n }],
    ['0.000000001', { numerator: 1n, denominator: 1_000_000_000n }],
    ['12', { numerator: 12n, denominator: 1n }],
  ])('%s is an exact ratio', (text, ratio) => expect(parseRatio(text)).toEqual(ratio))

  test.each(['0', '0.00', '-1', '1e3', '1,5', '', '1.', '.5', '1.0000000001', '٣'])('%s is none', (text) =>
    expect(parseRatio(text)).toBeUndefined(),
  )
})

describe('the ECB’s file', () => {
  test('of all days, with a comma at the end, gaps, and currencies that are no more', () => {
    const csv = 'Date,USD,JPY,CYP,KWD,\r\n2026-03-02,1.0876,162.35,0.58,N/A,\r\n2026-02-27,1.08,,N/A,N/A,\r\n'
    expect(parseEcb(csv)).toEqual([
      {
        base: 'EUR',
        quote: 'USD',
        day: '2026-03-02',
        source: 'ecb',
        numerator: 10_876n,
        denominator: 10_000n,
      },
      { base: 'EUR', quote: 'JPY', day: '2026-03-02', source: 'ecb', numerator: 16_235n, denominator: 100n },
      { base: 'EUR', quote: 'USD', day: '2026-02-27', source: 'ecb', numerator: 108n, denominator: 100n },
    ])
  })

  test('of one day, as the daily file has it', () => {
    expect(parseEcb('Date, USD, JPY\n02 March 2026, 1.0876, 162.35\n')).toHaveLength(2)
  })

  test.each([
    ['USD,1.08\n', 'line 1'],
    ['Date,USD\n2026-03-02,1.08\nyesterday,1.08\n', 'line 3'],
    ['Date,USD\n2026-03-02,0\n', 'line 2'],
  ])('that is none says where', (csv, where) => expect(() => parseEcb(csv)).toThrow(where))
})
