import { describe, expect, test } from 'vitest'
import { amountOf, differencesOf, faultOfEntry, postingsOf, type LineDraft } from './entry-form.ts'

const line = (
  account: string,
  debit: string,
  credit: string,
  currency: LineDraft['currency'] = 'SAR',
): LineDraft => ({
  account,
  currency,
  debit,
  credit,
})

test('a line has an amount on one side only', () => {
  expect(amountOf(line('1000', '12.50', ''))).toBe(1250n)
  expect(amountOf(line('1000', '', '١٢٫٥'))).toBe(-1250n)
  expect(amountOf(line('1000', '5', '5'))).toBeUndefined()
  expect(amountOf(line('1000', '', ''))).toBeUndefined()
  expect(amountOf(line('1000', '0', ''))).toBeUndefined()
  expect(amountOf(line('1000', '-5', ''))).toBeUndefined()
})

describe('an entry', () => {
  test('can be posted only when every currency is balanced', () => {
    const lines = [
      line('1100', '100', ''),
      line('3000', '', '99.99'),
      line('1000', '1', '', 'KWD'),
      line('3000', '', '1', 'KWD'),
    ]
    expect(differencesOf(lines)).toEqual([
      { currency: 'SAR', differenceMinor: 1n, debitMinor: 10_000n },
      { currency: 'KWD', differenceMinor: 0n, debitMinor: 1000n },
    ])
    expect(faultOfEntry(lines)).toBe('unbalanced')
    expect(faultOfEntry([...lines, line('5800', '', '0.01')])).toBeUndefined()
  })

  test('needs two whole lines; blank ones do not count', () => {
    expect(faultOfEntry([line('1100', '100', ''), line('', '', '')])).toBe('incomplete')
    expect(faultOfEntry([line('1100', '100', ''), line('', '', '100')])).toBe('incomplete')
    expect(faultOfEntry([line('1100', '100', ''), line('3000', '', 'hundred')])).toBe('incomplete')
    const whole = [line('1100', '100', ''), line('3000', '', '100'), line('', '', '')]
    expect(faultOfEntry(whole)).toBeUndefined()
    expect(postingsOf(whole)).toEqual([
      { account: '1100', amount: { amount: '10000', currency: 'SAR' } },
      { account: '3000', amount: { amount: '-10000', currency: 'SAR' } },
    ])
  })
})
