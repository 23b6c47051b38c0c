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
        posted AS MATERIALIZED (
          SELECT x.account, x.stream, x.day, x.credit - x.debit AS net FROM (${postedIn(ctx.workspaceId, period)}) x
          WHERE x.account = ANY (ARRAY(SELECT number FROM mine))),
        own AS (
          SELECT p.account, p.stream, ${placeOf(sql`p.day`, starts)} AS period, sum(p.net) AS net
          FROM posted p GROUP BY 1, 2, 3)
        ${rates === undefined ? sql`` : sql`, ${convertedAs(rates, starts)}`}
        SELECT k.kind, k.id, o.period, m.currency, ${sides(sql`o.net`)}, ${convertedSides(into?.currency)}
        FROM own o JOIN mine m ON m.number = o.account
        ${rates === undefined ? sql`` : sql`LEFT JOIN converted c ON (c.account, c.stream, c.period) = (o.account, o.stream, o.period)`}
        LEFT JOIN ledger_dimensions k ON k.workspace_id = ${ctx.workspaceId} AND k.number = o.stream
        GROUP BY k.kind, k.id, o.period, m.currency ORDER BY o.period, k.kind, k.id, m.currency`,
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

type DayRates = {
  readonly into: CurrencyCode
  readonly currencies: string[]
  readonly days: string[]
  readonly ratios: Ratio[]
}

/** The place of a day's period, from 0. */
function placeOf(day: SQL, starts: readonly string[]): SQL {
  return sql`width_bucket(${day}, ${sqlArray(starts)}::date[]) - 1`
}

/** Accounts in other currencies, day by day: half up by size, as the reports’ own conversion; numeric rounds halves away from zero. */
function convertedAs(rates: DayRates, starts: readonly string[]): SQL {
  const { currencies, days, ratios } = rates
  return sql`rate AS MATERIALIZED (
      SELECT * FROM unnest(${sqlArray(currencies)}::text[], ${sqlArray(days)}::date[],
        ${sqlArray(ratios.map(({ numerator }) => numerator))}::numeric[],
        ${sqlArray(ratios.map(({ denominator }) => denominator))}::numeric[]) AS r (currency, day, up, down)),
    converted AS (
      SELECT d.account, d.stream, ${placeOf(sql`d.day`, starts)} AS period,
        coalesce(sum(round(d.net * r.up / r.down)), 0) AS net,
        min(d.day) FILTER (WHERE r.up IS NULL AND d.net <> 0) AS missing
      FROM (
        SELECT p.account, f.currency, p.stream, p.day, sum(p.net) AS net
        FROM posted p JOIN mine f ON f.number = p.account WHERE f.currency <> ${rates.into}
        GROUP BY p.account, f.currency, p.stream, p.day) d
      LEFT JOIN rate r ON r.currency = d.currency AND r.day = d.day
      GROUP BY 1, 2, 3)`
}

function sides(net: SQL): SQL {
  return sql`coalesce(sum(${net}) FILTER (WHERE m.type = 'income'), 0)::text AS income,
    coalesce(-sum(${net}) FILTER (WHERE m.type = 'expense'), 0)::text AS cost`
}

function convertedSides(into: CurrencyCode | undefined): SQL {
  if (into === undefined) return sql`'0' AS "intoIncome", '0' AS "intoCost", NULL::text AS missing`
  const net = sql`CASE WHEN m.currency = ${into} THEN o.net ELSE c.net END`
  return sql`coalesce(sum(${net}) FILTER (WHERE m.type = 'income'), 0)::text AS "intoIncome",
    coalesce(-sum(${net}) FILTER (WHERE m.type = 'expense'), 0)::text AS "intoCost", min(c.missing)::text AS missing`
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
  const found: DayRates = { into, currencies: [], days: [], ratios: [] }
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
