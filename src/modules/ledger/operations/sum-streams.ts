import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import type { RateOf, Ratio } from '../rules/rates.ts'
import type { Stream } from '../schema.ts'
import { readRateOf } from './set-rates.ts'
import { sqlArray } from './sql-array.ts'
import { postedIn } from './sum-postings.ts'

/** Periods that follow each other: the first UTC day of each, ascending, and the day after the last. */
export type Periods = { readonly starts: readonly string[]; readonly before: string }

/** A currency to reckon in; `through` may put other rates in the place of the official ones. */
export type Into = { readonly currency: CurrencyCode; readonly through?: (official: RateOf) => RateOf }

/** What one stream earned and cost in one period, in one currency. */
export type StreamSum = {
  /** Null for what belongs to no stream. */
  readonly stream: Stream | null
  /** The place of the period among those asked for, from 0. */
  readonly period: number
  readonly currency: CurrencyCode
  readonly incomeMinor: bigint
  readonly costMinor: bigint
  /** In the currency that was asked for, at each day's rate; less what no rate is known for. */
  readonly converted: { readonly incomeMinor: bigint; readonly costMinor: bigint }
  /** The first day whose rate is missing, if one is. */
  readonly missing: string | null
}

type Row = {
  kind: string | null
  id: string | null
  period: number
  currency: CurrencyCode
  income: string
  cost: string
  intoIncome: string
  intoCost: string
  missing: string | null
}

const DAY_MS = 86_400_000

/**
 * Income and cost per stream, period and currency, in one statement over the sums by day. With `into`, also in that
 * currency: each day's sum of an account at the rate of that day, rounded as reports do. Sorted by period.
 */
export async function sumStreams(ctx: TxCtx, { starts, before }: Periods, into?: Into): Promise<StreamSum[]> {
  const [first] = starts
  if (first === undefined || first >= before) return []
  const period = { from: new Date(`${first}T00:00:00Z`), before: new Date(`${before}T00:00:00Z`) }
  const rates = into === undefined ? undefined : await ratesByDay(ctx, { from: first, before }, into)
  const found = await rows<Row>(
    ctx,
    sql`WITH mine AS MATERIALIZED (
          SELECT a.number, a.currency, c.type FROM ledger_accounts a
          JOIN ledger_chart c ON c.workspace_id = a.workspace_id AND c.code = a.code
          WHERE a.workspace_id = ${ctx.workspaceId} AND c.type IN ('income', 'expense')),
        day AS (
          SELECT x.account, x.stream, x.day, sum(x.credit - x.debit) AS net
          FROM (${postedIn(ctx.workspaceId, period)}) x
          WHERE x.account = ANY (ARRAY(SELECT number FROM mine)) GROUP BY x.account, x.stream, x.day),
        summed AS (
          SELECT d.stream, m.currency, width_bucket(d.day, ${sqlArray(starts)}::date[]) - 1 AS period, ${amounts(into?.currency)}
          FROM day d JOIN mine m ON m.number = d.account ${joined(rates)}
          GROUP BY 1, 2, 3)
        SELECT k.kind, k.id, s.period, s.currency, s.income::text, s.cost::text,
          s.into_income::text AS "intoIncome", s.into_cost::text AS "intoCost", s.missing::text
        FROM summed s
        LEFT JOIN ledger_dimensions k ON k.workspace_id = ${ctx.workspaceId} AND k.number = s.stream
        ORDER BY s.period, k.kind, k.id, s.currency`,
  )
  return found.map(({ kind, id, period: at, currency, missing, ...row }) => ({
    stream: kind === null || id === null ? null : { kind, id },
    period: at,
    currency,
    incomeMinor: BigInt(row.income),
    costMinor: BigInt(row.cost),
    converted: { incomeMinor: BigInt(row.intoIncome), costMinor: BigInt(row.intoCost) },
    missing,
  }))
}

type DayRates = { readonly currencies: string[]; readonly days: string[]; readonly ratios: Ratio[] }

const income = sql`CASE WHEN m.type = 'income' THEN d.net ELSE 0 END`
const cost = sql`CASE WHEN m.type = 'expense' THEN -d.net ELSE 0 END`

function amounts(into: CurrencyCode | undefined): SQL {
  const own = sql`sum(${income}) AS income, sum(${cost}) AS cost`
  if (into === undefined) return sql`${own}, 0 AS into_income, 0 AS into_cost, NULL::date AS missing`
  // Half up by size, as the reports’ own conversion: numeric rounds halves away from zero.
  const at = (amount: SQL) =>
    sql`coalesce(sum(CASE WHEN m.currency = ${into} THEN ${amount} ELSE round(${amount} * r.up / r.down) END), 0)`
  return sql`${own}, ${at(income)} AS into_income, ${at(cost)} AS into_cost,
    min(d.day) FILTER (WHERE m.currency <> ${into} AND r.up IS NULL AND d.net <> 0) AS missing`
}

function joined(rates: DayRates | undefined): SQL {
  if (rates === undefined) return sql``
  return sql`LEFT JOIN unnest(${sqlArray(rates.currencies)}::text[], ${sqlArray(rates.days)}::date[],
      ${sqlArray(rates.ratios.map(({ numerator }) => numerator))}::numeric[],
      ${sqlArray(rates.ratios.map(({ denominator }) => denominator))}::numeric[]) AS r (currency, day, up, down)
    ON r.currency = m.currency AND r.day = d.day`
}

/** The rate of every day and foreign currency, minor units for minor units; days without one are left out. */
async function ratesByDay(
  ctx: TxCtx,
  { from, before }: { from: string; before: string },
  { currency: into, through = (official) => official }: Into,
): Promise<DayRates> {
  const foreign = await rows<{ currency: CurrencyCode }>(
    ctx,
    sql`SELECT DISTINCT currency FROM ledger_accounts WHERE workspace_id = ${ctx.workspaceId} AND currency <> ${into}`,
  )
  const found: DayRates = { currencies: [], days: [], ratios: [] }
  if (foreign.length === 0) return found
  const rateOf = through(await readRateOf(ctx, into, before))
  for (const { currency } of foreign) {
    const up = 10n ** BigInt(currencyExponent(into))
    const down = 10n ** BigInt(currencyExponent(currency))
    for (let at = Date.parse(from); at < Date.parse(before); at += DAY_MS) {
      const day = new Date(at).toISOString().slice(0, 10)
      const rate = rateOf({ base: currency, quote: into, day })
      if (rate === undefined) continue
      found.currencies.push(currency)
      found.days.push(day)
      found.ratios.push({ numerator: rate.numerator * up, denominator: rate.denominator * down })
    }
  }
  return found
}
