import { describe, expect, test } from 'vitest'
import { balanceSheetSections, trialBalanceSections } from './report-sections.ts'
import { accountTree } from './account-tree.ts'
import { monthsOf } from './months.ts'
import { turnoverOf } from './turnover.ts'

const words = { t: (key: string) => key, pick: (text: { ar: string; en: string }) => text.en }
const sar = (amount: string) => ({ amount, currency: 'SAR' as const })
const kwd = (amount: string) => ({ amount, currency: 'KWD' as const })
const line = (code: string, amount: ReturnType<typeof sar>, contrary = false) => ({
  code,
  currency: amount.currency,
  type: 'equity' as const,
  name: { ar: '', en: code },
  amount,
  contrary,
})

describe('the balance sheet', () => {
  test('takes away what stands against its type, and ends in what the other side ends in', () => {
    const sections = balanceSheetSections(
      {
        assets: [line('1100', sar('10000'))],
        liabilities: [line('2200', sar('1500'))],
        equity: [line('3000', sar('6000')), line('3100', sar('500'), true)],
        totals: [
          {
            currency: 'SAR',
            assets: sar('10000'),
            liabilities: sar('1500'),
            equity: sar('5500'),
            earnings: sar('2990'),
            translation: sar('10'),
          },
        ],
      },
      words,
    )
    const equity = sections[2]?.rows ?? []
    expect(equity.map(({ amounts }) => amounts[0]?.amount)).toEqual(['6000', '-500', '2990', '10', '8500'])
    expect(sections.at(-1)?.rows.map(({ amounts }) => amounts[0]?.amount)).toEqual(['10000'])
  })
})

test('a trial balance has a section for each currency, and an amount on one side', () => {
  const sections = trialBalanceSections(
    {
      lines: [{ ...line('1100', sar('900')), debit: sar('900'), credit: sar('0') }],
      totals: [
        { currency: 'SAR', debit: sar('900'), credit: sar('900') },
        { currency: 'SAR', debit: sar('0'), credit: sar('0') },
      ],
    },
    words,
  )
  expect(sections[0]?.rows[0]?.amounts).toEqual([sar('900'), undefined])
  expect(trialBalanceSections({ lines: [], totals: [] }, words)).toEqual([])
})

test('accounts are a tree by code, kinds in an accountant’s order', () => {
  const account = (code: string, type: 'asset' | 'income') => ({
    code,
    type,
    name: { ar: '', en: '' },
    currency: 'SAR' as const,
    balance: sar('0'),
    normal: sar('0'),
    pendingDebit: sar('0'),
    pendingCredit: sar('0'),
  })
  const tree = accountTree([
    account('4000', 'income'),
    account('1150.test', 'asset'),
    account('1150', 'asset'),
    account('1160.x', 'asset'),
  ])
  expect(
    tree.map(({ type, nodes }) => [
      type,
      nodes.map(({ code, children }) => [code, children.map((child) => child.code)]),
    ]),
  ).toEqual([
    [
      'asset',
      [
        ['1150', ['1150.test']],
        ['1160.x', []],
      ],
    ],
    ['income', [['4000', []]]],
  ])
})

test('an entry moves what its debits add up to, in each currency', () => {
  expect(
    turnoverOf([
      { amount: sar('700') },
      { amount: sar('300') },
      { amount: sar('-1000') },
      { amount: kwd('5') },
      { amount: kwd('-5') },
    ]),
  ).toEqual([sar('1000'), kwd('5')])
})

test('the month before this one ends the day before its first', () => {
  expect(monthsOf(new Date('2026-02-28T22:00:00Z'), 'Asia/Riyadh')).toEqual({
    thisYear: { from: '2026-01-01', to: '2026-03-01' },
    lastMonth: { from: '2026-02-01', to: '2026-02-28' },
  })
})
