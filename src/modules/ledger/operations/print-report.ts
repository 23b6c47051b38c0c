import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { t } from '../../../platform/i18n/index.ts'
import { columnAmount } from '../../../platform/pdf/figures.ts'
import { renderReport, type ReportColumn, type ReportRow } from '../../../platform/pdf/render-report.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { formatDate } from '../../../shared/dates.ts'
import { workspaceName } from '../../workspaces/index.ts'
import { readBalanceSheet, readIncomeStatement, readTrialBalance, type ReportLine } from './read-reports.ts'

/** The reports that can be printed. */
export const REPORT_NAMES = ['trial-balance', 'income-statement', 'balance-sheet'] as const

/** One of them. */
export type ReportName = (typeof REPORT_NAMES)[number]

/** What to print: effective time from `from`, up to but not `before`; in one currency if it is given. */
export type PrintQuery = { from?: Date; before: Date; currency?: CurrencyCode; timeZone: string }

/** A report as PDF, in the context's language. @throws RateMissing */
export async function printReport(ctx: Ctx, name: ReportName, query: PrintQuery): Promise<Uint8Array> {
  const { locale, clock } = ctx
  const { from, before, timeZone } = query
  const rows = await rowsOf(ctx, name, query)
  const last = formatDate(new Date(before.getTime() - 1), locale, { timeZone })
  const period = { from: from === undefined ? '' : formatDate(from, locale, { timeZone }), to: last }
  const say = (key: string) => t(locale, `ledger.report.${key}`)
  const amounts = name === 'trial-balance' ? ['debit', 'credit'] : ['amount']
  const columns: ReportColumn[] = [
    { title: say('code'), kind: 'code' },
    { title: say('account'), kind: 'text' },
    ...amounts.map((title): ReportColumn => ({ title: say(title), kind: 'number' })),
  ]
  return renderReport({
    locale,
    owner: await transaction(ctx, workspaceName),
    title: say(name),
    period: t(
      locale,
      name === 'income-statement' && from !== undefined ? 'ledger.report.period' : 'ledger.report.until',
      period,
    ),
    madeAt: clock.now(),
    timeZone,
    columns,
    rows,
  })
}

async function rowsOf(ctx: Ctx, name: ReportName, query: PrintQuery): Promise<ReportRow[]> {
  const words: Words = { ctx, say: (key) => t(ctx.locale, `ledger.report.${key}`) }
  switch (name) {
    case 'trial-balance':
      return trialBalance(words, await readTrialBalance(ctx, query))
    case 'income-statement':
      return incomeStatement(words, await readIncomeStatement(ctx, query))
    case 'balance-sheet':
      return balanceSheet(words, await readBalanceSheet(ctx, query))
  }
}

type Words = { ctx: Ctx; say: (key: string) => string }

function trialBalance(
  { ctx, say }: Words,
  report: Awaited<ReturnType<typeof readTrialBalance>>,
): ReportRow[] {
  const side = (amountMinor: bigint, currency: CurrencyCode) =>
    amountMinor === 0n ? '' : shown(ctx, amountMinor, currency)
  return report.totals.flatMap(({ currency, debitMinor, creditMinor }): ReportRow[] => [
    { kind: 'heading', cells: [currency] },
    ...report.lines
      .filter((line) => line.currency === currency)
      .map((line) => ({
        cells: [
          line.code,
          nameOf(ctx, line),
          side(line.debitMinor, currency),
          side(line.creditMinor, currency),
        ],
      })),
    {
      kind: 'total',
      cells: ['', say('total'), shown(ctx, debitMinor, currency), shown(ctx, creditMinor, currency)],
    },
  ])
}

function incomeStatement(
  { ctx, say }: Words,
  report: Awaited<ReturnType<typeof readIncomeStatement>>,
): ReportRow[] {
  const lines = linesBy(ctx)
  return report.totals.flatMap(({ currency, incomeMinor, expensesMinor, resultMinor }): ReportRow[] => [
    { kind: 'heading', cells: [`${say('income')} · ${currency}`] },
    ...lines(report.income, currency),
    { kind: 'subtotal', cells: ['', say('total-income'), shown(ctx, incomeMinor, currency)] },
    { kind: 'heading', cells: [`${say('expenses')} · ${currency}`] },
    ...lines(report.expenses, currency),
    { kind: 'subtotal', cells: ['', say('total-expenses'), shown(ctx, expensesMinor, currency)] },
    { kind: 'total', cells: ['', say('result'), shown(ctx, resultMinor, currency)] },
  ])
}

function balanceSheet(
  { ctx, say }: Words,
  report: Awaited<ReturnType<typeof readBalanceSheet>>,
): ReportRow[] {
  const lines = linesBy(ctx)
  return report.totals.flatMap((total): ReportRow[] => {
    const { currency, equityMinor, earningsMinor, translationMinor } = total
    const leftMinor = equityMinor + earningsMinor + translationMinor
    const amount = (key: string, minor: bigint, kind?: ReportRow['kind']): ReportRow => ({
      ...(kind && { kind }),
      cells: ['', say(key), shown(ctx, minor, currency)],
    })
    return [
      { kind: 'heading', cells: [`${say('assets')} · ${currency}`] },
      ...lines(report.assets, currency),
      amount('total-assets', total.assetsMinor, 'total'),
      { kind: 'heading', cells: [`${say('liabilities')} · ${currency}`] },
      ...lines(report.liabilities, currency),
      amount('total-liabilities', total.liabilitiesMinor, 'subtotal'),
      { kind: 'heading', cells: [`${say('equity')} · ${currency}`] },
      ...lines(report.equity, currency),
      amount('earnings', earningsMinor),
      ...(translationMinor === 0n ? [] : [amount('translation', translationMinor)]),
      amount('total-equity', leftMinor, 'subtotal'),
      amount('total-liabilities-and-equity', total.liabilitiesMinor + leftMinor, 'total'),
    ]
  })
}

function linesBy(ctx: Ctx) {
  return (lines: readonly ReportLine[], currency: CurrencyCode): ReportRow[] =>
    lines
      .filter((line) => line.currency === currency)
      .map((line) => ({
        cells: [
          line.code,
          nameOf(ctx, line),
          shown(ctx, line.contrary ? -line.amountMinor : line.amountMinor, currency),
        ],
      }))
}

function nameOf({ locale }: Ctx, { nameAr, nameEn }: { nameAr: string; nameEn: string }): string {
  return locale === 'ar' ? nameAr : nameEn
}

/** Without the currency, which the heading above says. */
function shown({ locale }: Ctx, amountMinor: bigint, currency: CurrencyCode): string {
  return columnAmount(amountMinor, currency, locale)
}
