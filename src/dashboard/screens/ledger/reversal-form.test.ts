import { expect, test } from 'vitest'
import type { Posting } from '../../api/ledger.ts'
import { faultOfParts, isOpen, partsToSend, typePart } from './reversal-form.ts'

function line(number: number, amount: string, open = amount): Posting {
  const currency = 'SAR'
  return {
    line: number,
    account: '1100',
    name: { ar: '', en: '' },
    amount: { amount, currency },
    open: { amount: open, currency },
    stream: null,
    version: '1',
  }
}

const two = [line(1, '1000', '400'), line(2, '-1000', '-400')]
const three = [line(1, '1000'), line(2, '-700'), line(3, '-300', '0')]

test('an entry of two lines takes an amount on both, with the signs that they have', () => {
  const draft = typePart(two, {}, 2, '1.50')
  expect(faultOfParts(two, draft)).toBeUndefined()
  expect(partsToSend(two, draft).map(({ amount }) => amount.amount)).toEqual(['150', '-150'])
})

test('no more than is left of a line', () => {
  expect(faultOfParts(two, typePart(two, {}, 1, '4.01'))).toBe('too-much')
  expect(faultOfParts(two, typePart(two, {}, 1, '٤'))).toBeUndefined()
  expect(three.map(isOpen)).toEqual([true, true, false])
})

test('what does not balance cannot be sent', () => {
  const first = typePart(three, {}, 1, '5')
  expect(faultOfParts(three, first)).toBe('incomplete')
  expect(faultOfParts(three, typePart(three, first, 2, '4'))).toBe('unbalanced')
  expect(faultOfParts(three, typePart(three, first, 2, '5'))).toBeUndefined()
  expect(faultOfParts(three, typePart(three, first, 2, '-5'))).toBe('incomplete')
})
