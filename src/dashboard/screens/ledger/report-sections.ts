import type { BalanceSheet, IncomeStatement, ReportLine, TrialBalance } from '../../api/ledger.ts'
import type { Reading } from '../../text/person.tsx'
import type { ReportRow, ReportSection } from './report-table.tsx'

type Words = Pick<Reading, 't' | 'pick'>

function rowOf({ pick }: Words, line: ReportLine): ReportRow {
  const { code, currency, name, amount } = line
  return { id: `${code} ${currency}`, label: pick(name), code, currency, amounts: [amount] }
}

/** Accounts with what is left on their debit or credit side, and the totals, which agree. */
export function trialBalanceSections({ lines, totals }: TrialBalance, words: Words): ReportSection[] {
  if (lines.length === 0) return []
  const { t } = words
  return totals.map(({ currency, debit, credit }) => ({
    title: currency,
    rows: [
      ...lines
        .filter((line) => line.currency === currency)
        .map((line) => ({
          ...rowOf(words, line),
          amounts: [line.debit, line.credit].map((side) => (side.amount === '0' ? undefined : side)),
        })),
      { id: `total ${currency}`, label: t('ledger.total'), amounts: [debit, credit], sum: true },
    ],
  }))
}

/** Income, expenses and what is left, in each currency. */
export function incomeSections({ income, expenses, totals }: IncomeStatement, words: Words): ReportSection[] {
  const { t } = words
  return totals.flatMap((total) => {
    const { currency } = total
    const of = (lines: readonly ReportLine[]) =>
      lines.filter((line) => line.currency === currency).map((line) => rowOf(words, line))
    const name = (text: string) => (totals.length > 1 ? `${text} · ${currency}` : text)
    return [
      {
        title: name(t('ledger.type.income')),
        rows: [...of(income), sum(`income ${currency}`, t('ledger.total-income'), total.income)],
      },
      {
        title: name(t('ledger.type.expense')),
        rows: [...of(expenses), sum(`expenses ${currency}`, t('ledger.total-expenses'), total.expenses)],
      },
      { rows: [sum(`result ${currency}`, name(t('ledger.result')), total.result)] },
    ]
  })
}

/** What is owned, owed and left, in each currency. */
export function balanceSheetSections(
  { assets, liabilities, equity, totals }: BalanceSheet,
  words: Words,
): ReportSection[] {
  const { t } = words
  return totals.flatMap((total) => {
    const { currency } = total
    const of = (lines: readonly ReportLine[]) =>
      lines
        .filter((line) => line.currency === currency)
        .map((line) =>
          line.contrary ? { ...rowOf(words, line), amounts: [negate(line.amount)] } : rowOf(words, line),
        )
    const name = (text: string) => (totals.length > 1 ? `${text} · ${currency}` : text)
    const left = plus(total.equity, total.earnings, total.translation)
    const translation =
      total.translation.amount === '0'
        ? []
        : [plain(`translation ${currency}`, t('ledger.translation'), total.translation)]
    return [
      {
        title: name(t('ledger.type.asset')),
        rows: [...of(assets), sum(`assets ${currency}`, t('ledger.total-assets'), total.assets)],
      },
      {
        title: name(t('ledger.type.liability')),
        rows: [
          ...of(liabilities),
          sum(`liabilities ${currency}`, t('ledger.total-liabilities'), total.liabilities),
        ],
      },
      {
        title: name(t('ledger.type.equity')),
        rows: [
          ...of(equity),
          plain(`earnings ${currency}`, t('ledger.earnings'), total.earnings),
          ...translation,
          sum(`equity ${currency}`, t('ledger.total-equity'), left),
        ],
      },
      {
        rows: [
          sum(`both ${currency}`, t('ledger.total-liabilities-and-equity'), plus(total.liabilities, left)),
        ],
      },
    ]
  })
}

type Amount = ReportLine['amount']

function plain(id: string, label: string, amount: Amount): ReportRow {
  return { id, label, amounts: [amount] }
}

function sum(id: string, label: string, amount: Amount): ReportRow {
  return { id, label, amounts: [amount], sum: true }
}

function plus(...amounts: [Amount, ...Amount[]]): Amount {
  const total = amounts.reduce((so, { amount }) => so + BigInt(amount), 0n)
  return { amount: total.toString(), currency: amounts[0].currency }
}

function negate({ amount, currency }: Amount): Amount {
  return { amount: (-BigInt(amount)).toString(), currency }
}
