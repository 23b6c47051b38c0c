import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import type { RateOf, Ratio } from '../rules/rates.ts'
import type { Stream } from '../schema.ts'
import { readRateOf } from './set-rates.ts'
import { sqlArray, sqlTexts } from './sql-array.ts'
import { postedParts } from './sum-postings.ts'

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
  const rates = await ratesByDay(ctx, { from: first, before }, into)
  const found = await rows<Row>(
    ctx,
    sql`WITH mine AS MATERIALIZED (
          SELECT a.number, a.currency, c.type FROM ledger_accounts a
          JOIN ledger_chart c ON c.workspace_id = a.workspace_id AND c.code = a.code
          WHERE a.workspace_id = ${ctx.workspaceId} AND c.type IN ('income', 'expense')),
        ${dailyAs(postedParts(ctx.workspaceId, period))},
        ${ratedAs(rates, first)},
        summed AS (
          SELECT account, stream, ${placeOf(sql`day`, starts)} AS period, ${conversion}
          FROM rated GROUP BY 1, 2, 3)
        SELECT k.kind, k.id, o.period, m.currency, ${sides('net')} ${sides('into')} min(o.missing)::text AS missing
        FROM summed o JOIN mine m ON m.number = o.account
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
    // Without a currency to reckon in, no rate is missing either.
    missing: into === undefined ? null : missing,
  }))
}

/** The rates of each currency's days, one currency after the other; null where none is known. */
type DayRates = {
  readonly into: CurrencyCode | undefined
  readonly currencies: readonly CurrencyCode[]
  readonly days: number
  readonly ratios: readonly (Ratio | null)[]
}

/** The place of a day's period, from 0. */
function placeOf(day: SQL, starts: readonly string[]): SQL {
  return sql`width_bucket(${day}, ${sqlArray(starts)}::date[]) - 1`
}

/** One row for an account, stream and day. Sealed days are that already: only what is not sealed is grouped. */
function dailyAs({ sealed, fresh }: { sealed: SQL; fresh: SQL }): SQL {
  const mine = sql`account = ANY (ARRAY(SELECT number FROM mine))`
  return sql`daily AS (
      SELECT coalesce(s.account, f.account) AS account, coalesce(s.stream, f.stream) AS stream,
        coalesce(s.day, f.day) AS day, CASE WHEN f.net IS NULL THEN s.net ELSE coalesce(s.net, 0) + f.net END AS net
      FROM (SELECT x.account, x.stream, x.day, x.credit - x.debit AS net FROM (${sealed}) x WHERE x.${mine}) s
      FULL JOIN (
        SELECT x.account, x.stream, x.day, sum(x.credit - x.debit) AS net FROM (${fresh}) x WHERE x.${mine}
        GROUP BY x.account, x.stream, x.day) f
      ON f.account = s.account AND f.stream = s.stream AND f.day = s.day OFFSET 0)`
}

const MOST = 2n ** 63n - 1n

/**
 * The days' sums with their rates: `small` is the sum if all that is reckoned with it fits 64 bits, which is many times faster.
 * Rates stand in arrays by day, with zeros for none: an element of them is found at once only if all have one length, and
 * no plan can find them slowly.
 */
function ratedAs({ into, currencies, days, ratios }: DayRates, first: string): SQL {
  const ups = ratios.map((ratio) => ratio?.numerator ?? 0n)
  const downs = ratios.map((ratio) => ratio?.denominator ?? 1n)
  const [up, down] = [largest(ups), largest(downs)]
  const fits = up <= MOST / 4n && down <= MOST / 4n
  const most = fits ? (MOST - down) / (2n * up) : -1n
  const type = sql.raw(fits ? 'int8[]' : 'numeric[]')
  const at = sql`f.offset + (d.day - ${first}::date)`
  return sql`rated AS (
      SELECT d.account, d.stream, d.day, d.net, f.own,
        CASE WHEN d.net BETWEEN ${-most}::numeric AND ${most}::numeric THEN d.net::int8 END AS small,
        coalesce((${sqlArray(ups)}::${type})[${at}], 0) AS up, (${sqlArray(downs)}::${type})[${at}] AS down
      FROM daily d JOIN (
        SELECT number, currency = ${into ?? ''} AS own, (array_position(${sqlTexts(currencies)}::text[], currency) - 1) * ${days}::int4 + 1 AS offset FROM mine
      ) f ON f.number = d.account OFFSET 0)`
}

function largest(values: readonly bigint[]): bigint {
  return values.reduce((most, one) => (one > most ? one : most), 1n)
}

/** Half up by size, as the reports’ own conversion, in whole numbers: a quotient’s decimals would be rounded before it is. */
const conversion = sql.raw(`
  coalesce(sum(small), 0) + coalesce(sum(CASE WHEN small IS NULL THEN net END), 0) AS net,
  coalesce(sum(CASE WHEN own THEN small WHEN up > 0
      THEN (2 * small * up + CASE WHEN small < 0 THEN -down ELSE down END) / (2 * down) END), 0)
    + coalesce(sum(CASE WHEN small IS NOT NULL THEN NULL WHEN own THEN net WHEN up > 0
      THEN div(2 * net * up + CASE WHEN net < 0 THEN -down ELSE down END, 2 * down) END), 0) AS into,
  min(day) FILTER (WHERE NOT own AND up = 0 AND net <> 0) AS missing`)

/** What accounts of income and of expense come to, from the sums by account. */
function sides(of: 'net' | 'into'): SQL {
  const net = sql.raw(`o.${of}`)
  const [income, cost] = of === 'net' ? ['income', 'cost'] : ['intoIncome', 'intoCost']
  return sql`coalesce(sum(${net}) FILTER (WHERE m.type = 'income'), 0)::text AS ${sql.identifier(income)},
    coalesce(-sum(${net}) FILTER (WHERE m.type = 'expense'), 0)::text AS ${sql.identifier(cost)},`
}

/** The rate of every day and foreign currency, minor units for minor units; days without one are left out. */
async function ratesByDay(
  ctx: TxCtx,
  { from, before }: { from: string; before: string },
  wanted: Into | undefined,
): Promise<DayRates> {
  const days = (Date.parse(before) - Date.parse(from)) / DAY_MS
  if (wanted === undefined) return { into: undefined, currencies: [], days, ratios: [] }
  const { currency: into, through = (official) => official } = wanted
  const foreign = await rows<{ currency: CurrencyCode }>(
    ctx,
    sql`SELECT DISTINCT currency FROM ledger_accounts WHERE workspace_id = ${ctx.workspaceId} AND currency <> ${into}`,
  )
  const currencies = foreign.map(({ currency }) => currency)
  if (currencies.length === 0) return { into, currencies, days, ratios: [] }
  const rateOf = through(await readRateOf(ctx, into, before))
  const dates = Array.from({ length: days }, (_, at) => dayAfter(from, at))
  const up = 10n ** BigInt(currencyExponent(into))
  const ratios = currencies.flatMap((base) => {
    const down = 10n ** BigInt(currencyExponent(base))
    return dates.map((day) => {
      const rate = rateOf({ base, quote: into, day })
      return rate === undefined
        ? null
        : { numerator: rate.numerator * up, denominator: rate.denominator * down }
    })
  })
  return { into, currencies, days, ratios }
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
