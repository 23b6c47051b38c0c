import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { RateMissing } from '../errors.ts'
import { convert, rateOn, type RateTable } from '../rules/rates.ts'
import type { AccountType } from '../rules/standard-chart.ts'
import { readRates } from './set-rates.ts'
import { postedIn, type Period } from './sum-postings.ts'

/** An account as reports name it. */
export type ReportAccount = {
  readonly code: string
  readonly currency: CurrencyCode
  readonly type: AccountType
  readonly sign: number
  readonly nameAr: string
  readonly nameEn: string
}

/** What one account moved in a period: debits less credits, in its currency. */
export type Moved = ReportAccount & {
  readonly amountMinor: bigint
  readonly debitMinor: bigint
  readonly creditMinor: bigint
}

type Sums = { debit: string; credit: string }

const named = sql`a.code, a.currency, c.type, c.sign, c.name_ar AS "nameAr", c.name_en AS "nameEn"`

/** What every account moved in a period, by code. */
export async function movedInPeriod(ctx: TxCtx, period: Period): Promise<Moved[]> {
  const found = await rows<ReportAccount & Sums>(
    ctx,
    sql`SELECT ${named}, m.debit::text, m.credit::text
        FROM (SELECT account, sum(debit) AS debit, sum(credit) AS credit
          FROM (${postedIn(ctx.workspaceId, period)}) x GROUP BY account) m
        JOIN ledger_accounts a ON a.workspace_id = ${ctx.workspaceId} AND a.number = m.account
        JOIN ledger_chart c ON c.workspace_id = ${ctx.workspaceId} AND c.code = a.code
        ORDER BY a.code COLLATE "C", a.currency`,
  )
  return found.map(withSums)
}

/** What accounts of income and expense moved in a period, by code, stream and UTC day. */
export async function earnedByDay(
  ctx: TxCtx,
  period: Period,
): Promise<(Moved & { day: string; streamKind: string | null; streamId: string | null })[]> {
  const found = await rows<
    ReportAccount & Sums & { day: string; streamKind: string | null; streamId: string | null }
  >(
    ctx,
    sql`SELECT ${named}, m.day::text, m.debit::text, m.credit::text, s.kind AS "streamKind", s.id AS "streamId"
        FROM (SELECT account, stream, day, sum(debit) AS debit, sum(credit) AS credit
          FROM (${postedIn(ctx.workspaceId, period)}) x GROUP BY account, stream, day) m
        JOIN ledger_accounts a ON a.workspace_id = ${ctx.workspaceId} AND a.number = m.account
        JOIN ledger_chart c ON c.workspace_id = ${ctx.workspaceId} AND c.code = a.code
        LEFT JOIN ledger_dimensions s ON s.workspace_id = ${ctx.workspaceId} AND s.number = m.stream
        WHERE c.type IN ('income', 'expense')
        ORDER BY a.code COLLATE "C", a.currency, m.day`,
  )
  return found.map(withSums)
}

function withSums<Row extends Sums>({ debit, credit, ...row }: Row) {
  const [debitMinor, creditMinor] = [BigInt(debit), BigInt(credit)]
  return { ...row, debitMinor, creditMinor, amountMinor: debitMinor - creditMinor }
}

/** Turns amounts into one currency, at the rate of each amount's day. */
export type Converter = (amountMinor: bigint, from: CurrencyCode, day: string) => bigint

/** A converter into `to` with the rates known until a day. It throws RateMissing where none is known. */
export async function converterInto(ctx: TxCtx, to: CurrencyCode, until: string): Promise<Converter> {
  const table: RateTable = await readRates(ctx, to, until)
  const known = new Map<string, ReturnType<typeof rateOn>>()
  return (amountMinor, from, day) => {
    if (from === to || amountMinor === 0n) return amountMinor
    const key = `${from} ${day}`
    if (!known.has(key)) known.set(key, rateOn(table, { base: from, quote: to, day }))
    const rate = known.get(key)
    if (rate === undefined) throw new RateMissing({ base: from, quote: to, day })
    return convert(amountMinor, { from, to, rate })
  }
}
