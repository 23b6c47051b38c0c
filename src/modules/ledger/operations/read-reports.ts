import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { reportTransaction } from '../../../platform/database/replica.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { normalSign } from '../rules/standard-chart.ts'
import {
  converterInto,
  earnedByDay,
  movedInPeriod,
  type Moved,
  type ReportAccount,
} from './report-figures.ts'

/** A line of a report: an account, and its amount on its normal side. */
export type ReportLine = Pick<ReportAccount, 'code' | 'currency' | 'type' | 'nameAr' | 'nameEn'> & {
  readonly amountMinor: bigint
  /** It stands against its type, as drawings do in equity: the type's total is less by it. */
  readonly contrary: boolean
}

/** A trial balance: per account what is left on its debit or credit side, and totals per currency, which agree. */
export type TrialBalance = {
  readonly lines: readonly (ReportLine & { readonly debitMinor: bigint; readonly creditMinor: bigint })[]
  readonly totals: readonly { currency: CurrencyCode; debitMinor: bigint; creditMinor: bigint }[]
}

/** Income and expenses of a period, and what is left, per currency; in one currency if one was asked for. */
export type IncomeStatement = {
  readonly income: readonly ReportLine[]
  readonly expenses: readonly ReportLine[]
  readonly totals: readonly {
    currency: CurrencyCode
    incomeMinor: bigint
    expensesMinor: bigint
    resultMinor: bigint
  }[]
}

/**
 * What is owned, owed and left at a moment. `earnings` is the result of all time up to then. In a reporting currency,
 * balances are translated at the day's rate, earnings at the rate of each of their days; `translation` is the difference
 * that this makes, rounding included.
 */
export type BalanceSheet = {
  readonly assets: readonly ReportLine[]
  readonly liabilities: readonly ReportLine[]
  readonly equity: readonly ReportLine[]
  readonly totals: readonly {
    currency: CurrencyCode
    assetsMinor: bigint
    liabilitiesMinor: bigint
    equityMinor: bigint
    earningsMinor: bigint
    translationMinor: bigint
  }[]
}

/** What one stream earned and cost in a period. */
export type StreamResult = {
  /** Null for what belongs to no stream. */
  readonly stream: { kind: string; id: string } | null
  readonly currency: CurrencyCode
  readonly incomeMinor: bigint
  readonly expensesMinor: bigint
  readonly resultMinor: bigint
}

type PeriodQuery = { readonly from?: Date; readonly before: Date; readonly currency?: CurrencyCode }

/** The trial balance: of now, or of everything effective before a moment. */
export async function readTrialBalance(ctx: Ctx, { before }: { before?: Date } = {}): Promise<TrialBalance> {
  authorise(ctx, 'ledger:read')
  const moved = await reportTransaction(ctx, (tx) =>
    before === undefined ? balancesNow(tx) : movedInPeriod(tx, { before }),
  )
  const lines = moved.map((row) => ({
    ...lineOf(row),
    debitMinor: row.amountMinor > 0n ? row.amountMinor : 0n,
    creditMinor: row.amountMinor < 0n ? -row.amountMinor : 0n,
  }))
  const totals = perCurrency(lines, (group, currency) => ({
    currency,
    debitMinor: sum(group.map(({ debitMinor }) => debitMinor)),
    creditMinor: sum(group.map(({ creditMinor }) => creditMinor)),
  }))
  return { lines, totals }
}

/** Income and expenses of a period. @throws RateMissing */
export async function readIncomeStatement(ctx: Ctx, query: PeriodQuery): Promise<IncomeStatement> {
  authorise(ctx, 'ledger:read')
  const lines = await reportTransaction(ctx, (tx) => earnedLines(tx, query))
  const income = lines.filter(({ type }) => type === 'income')
  const expenses = lines.filter(({ type }) => type === 'expense')
  const totals = perCurrency(lines, (group, currency) => {
    const incomeMinor = sumOf(group, 'income')
    const expensesMinor = sumOf(group, 'expense')
    return { currency, incomeMinor, expensesMinor, resultMinor: incomeMinor - expensesMinor }
  })
  return { income, expenses, totals }
}

/** What is owned, owed and left before a moment. @throws RateMissing */
export async function readBalanceSheet(
  ctx: Ctx,
  { before, currency }: { before: Date; currency?: CurrencyCode },
): Promise<BalanceSheet> {
  authorise(ctx, 'ledger:read')
  return reportTransaction(ctx, async (tx) => {
    const lastDay = new Date(before.getTime() - 1).toISOString().slice(0, 10)
    const into = currency === undefined ? undefined : await converterInto(tx, currency, lastDay)
    const moved = await movedInPeriod(tx, { before })
    const converted = moved
      .filter(({ type }) => type !== 'income' && type !== 'expense')
      .map((row) =>
        currency === undefined || into === undefined
          ? lineOf(row)
          : { ...lineOf(row), currency, amountMinor: into(normal(row), row.currency, lastDay) },
      )
    const lines = merge(converted)
    const earned = await earnedLines(tx, { before, ...(currency && { currency }) })
    const totals = perCurrency([...lines, ...earned], (group, of) => {
      const [assetsMinor, liabilitiesMinor] = [sumOf(group, 'asset'), sumOf(group, 'liability')]
      const equityMinor = sumOf(group, 'equity')
      const earningsMinor = sumOf(group, 'income') - sumOf(group, 'expense')
      const translationMinor = assetsMinor - liabilitiesMinor - equityMinor - earningsMinor
      return { currency: of, assetsMinor, liabilitiesMinor, equityMinor, earningsMinor, translationMinor }
    })
    const ofType = (type: string) => lines.filter((line) => line.type === type)
    return { assets: ofType('asset'), liabilities: ofType('liability'), equity: ofType('equity'), totals }
  })
}

/** Income and expenses of a period per stream, the greatest result first. @throws RateMissing */
export async function readStreamResults(ctx: Ctx, query: PeriodQuery): Promise<StreamResult[]> {
  authorise(ctx, 'ledger:read')
  return reportTransaction(ctx, async (tx) => {
    const { currency } = query
    const into = currency && (await converterInto(tx, currency, lastDayOf(query)))
    const results = new Map<string, { -readonly [K in keyof StreamResult]: StreamResult[K] }>()
    for (const row of await earnedByDay(tx, query)) {
      const of = currency ?? row.currency
      const amount = into === undefined ? normal(row) : into(normal(row), row.currency, row.day)
      const stream = row.streamKind === null ? null : { kind: row.streamKind, id: row.streamId ?? '' }
      const key = JSON.stringify([stream, of])
      const result = results.get(key) ?? {
        stream,
        currency: of,
        incomeMinor: 0n,
        expensesMinor: 0n,
        resultMinor: 0n,
      }
      if (row.type === 'income') result.incomeMinor += amount
      else result.expensesMinor += amount
      result.resultMinor = result.incomeMinor - result.expensesMinor
      results.set(key, result)
    }
    return [...results.values()].sort((left, right) =>
      left.resultMinor === right.resultMinor ? 0 : left.resultMinor > right.resultMinor ? -1 : 1,
    )
  })
}

async function earnedLines(ctx: TxCtx, query: PeriodQuery): Promise<ReportLine[]> {
  const { currency } = query
  if (currency === undefined) {
    const moved = await movedInPeriod(ctx, query)
    return moved.filter(({ type }) => type === 'income' || type === 'expense').map(lineOf)
  }
  const into = await converterInto(ctx, currency, lastDayOf(query))
  const days = await earnedByDay(ctx, query)
  return merge(
    days.map((row) => ({ ...lineOf(row), currency, amountMinor: into(normal(row), row.currency, row.day) })),
  )
}

/** One line per account and currency. */
function merge(lines: readonly ReportLine[]): ReportLine[] {
  return [...Map.groupBy(lines, ({ code, currency }) => `${code} ${currency}`).values()].flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [{ ...first, amountMinor: sum(group.map(({ amountMinor }) => amountMinor)) }]
  })
}

async function balancesNow(ctx: TxCtx): Promise<Moved[]> {
  const found = await rows<ReportAccount & { amountMinor: bigint }>(
    ctx,
    sql`SELECT a.code, a.currency, c.type, c.sign, c.name_ar AS "nameAr", c.name_en AS "nameEn", a.balance AS "amountMinor"
        FROM ledger_accounts a JOIN ledger_chart c ON c.workspace_id = a.workspace_id AND c.code = a.code
        WHERE a.workspace_id = ${ctx.workspaceId} ORDER BY a.code COLLATE "C", a.currency`,
  )
  return found.map((row) => ({ ...row, debitMinor: 0n, creditMinor: 0n }))
}

function lineOf(row: Moved): ReportLine {
  const { code, currency, type, nameAr, nameEn, sign } = row
  return {
    code,
    currency,
    type,
    nameAr,
    nameEn,
    amountMinor: normal(row),
    contrary: sign !== normalSign(type),
  }
}

const normal = ({ amountMinor, sign }: Moved) => amountMinor * BigInt(sign)

function perCurrency<Line extends { currency: CurrencyCode }, Total>(
  lines: readonly Line[],
  total: (group: readonly Line[], currency: CurrencyCode) => Total,
): Total[] {
  const groups = Map.groupBy(lines, ({ currency }) => currency)
  return [...groups]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, group]) => total(group, currency))
}

function sumOf(lines: readonly ReportLine[], type: string): bigint {
  return sum(
    lines
      .filter((line) => line.type === type)
      .map(({ amountMinor, contrary }) => (contrary ? -amountMinor : amountMinor)),
  )
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}

function lastDayOf({ before }: PeriodQuery): string {
  return new Date(before.getTime() - 1).toISOString().slice(0, 10)
}
