import { expect, test } from 'vitest'
import {
  emptyRow,
  itemsOf,
  monthlyOf,
  monthsToChoose,
  startingRows,
  type CostRow,
} from './living-costs-draft.ts'

const row = (change: Partial<CostRow>): CostRow => ({ ...emptyRow(1, { step: 'food' }), ...change })
const typed = (amountMinor: bigint) => ({ text: 'x', amountMinor })

test('who has entered nothing begins with what most lives cost', () => {
  const rows = startingRows({ currency: null, from: null, items: [], ladders: [], year: [] })
  expect(new Set(rows.map(({ step }) => step)).size).toBe(5)
  expect(rows.map(({ when }) => when)).toContain('ramadan')
  expect(itemsOf(rows, 'SAR')).toEqual([])
})

test('only rows with an amount are saved, and a month only where it falls into one', () => {
  const rows = [
    row({ amount: typed(500n) }),
    row({ amount: typed(0n) }),
    row({ when: 'month', month: 9, amount: typed(1n) }),
    row({}),
  ]
  expect(itemsOf(rows, 'KWD')).toEqual([
    { step: 'food', label: '', when: 'monthly', month: null, amount: { amount: '500', currency: 'KWD' } },
    { step: 'food', label: '', when: 'month', month: 9, amount: { amount: '1', currency: 'KWD' } },
  ])
})

test('what comes once a year counts a twelfth in an average month', () => {
  const rows = [
    row({ amount: typed(100n) }),
    row({ when: 'ramadan', amount: typed(600n) }),
    row({ step: 'roof', amount: typed(9n) }),
  ]
  expect(monthlyOf(rows, 'food')).toBe(150n)
})

test('a change is dated from a year ahead to five years back', () => {
  const months = monthsToChoose('2026-11')
  expect([months[0], months[12], months[23], months.at(-1)]).toEqual([
    '2027-11',
    '2026-11',
    '2025-12',
    '2021-11',
  ])
})
