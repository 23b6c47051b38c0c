import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { ECB, parseEcb } from '../rules/parse-ecb.ts'
import { ENTERED, rateOn, rateTable, type Rate, type RateOf, type RateTable } from '../rules/rates.ts'
import { sqlArray } from './sql-array.ts'

const MOST_LOGGED = 20

/** Enters dated rates, or corrects those of the same pair and day. Returns how many. */
export async function setRates(ctx: Ctx, rates: readonly Rate[], source: string): Promise<number> {
  authorise(ctx, 'ledger:write')
  return transaction(ctx, (tx) => auditedRates(tx, rates, source))
}

/** Enters the rates of books that are brought in as a whole, which is logged as a whole. */
export function restoreRates(ctx: Ctx, rates: readonly Rate[], source: string): Promise<number> {
  authorise(ctx, 'ledger:write')
  return transaction(ctx, (tx) => writeRates(tx, rates, source))
}

/** Imports the ECB's CSV. @throws Invalid that names the line which cannot be read. */
export async function importEcb(ctx: Ctx, csv: string): Promise<number> {
  authorise(ctx, 'ledger:write')
  let rates: Rate[]
  try {
    rates = parseEcb(csv)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Invalid([{ pointer: `/${error.message.replace(' ', '/')}`, detail: 'ledger.rates.ecb-line' }])
  }
  return transaction(ctx, (tx) => auditedRates(tx, rates, ECB))
}

/** Few rates stand in the log themselves; of many, how many. */
async function auditedRates(ctx: TxCtx, rates: readonly Rate[], source: string): Promise<number> {
  const count = await writeRates(ctx, rates, source)
  await audit(ctx, {
    action: 'ledger.set-rates',
    subjectKind: 'ledger-rates',
    subjectId: source,
    after: { count, ...(rates.length <= MOST_LOGGED && { rates }) },
  })
  return count
}

async function writeRates(ctx: TxCtx, rates: readonly Rate[], source: string): Promise<number> {
  const once = [...new Map(rates.map((rate) => [`${rate.base} ${rate.quote} ${rate.day}`, rate])).values()]
  const [row] = await rows<{ count: number }>(
    ctx,
    sql`SELECT ledger_rate(${ctx.workspaceId}, ${ctx.clock.now()}, ${source}, ${sqlArray(once.map(({ base }) => base))}::text[],
          ${sqlArray(once.map(({ quote }) => quote))}::text[], ${sqlArray(once.map(({ day }) => day))}::date[],
          ${sqlArray(once.map(({ numerator }) => numerator))}::int8[],
          ${sqlArray(once.map(({ denominator }) => denominator))}::int8[]) AS count`,
  )
  return row?.count ?? 0
}

/**
 * The rates up to a day that the books may need, in or out of `currency`: between it, the currencies of their accounts, the
 * euro and the dollar, and whatever a person entered.
 */
export async function readRates(ctx: TxCtx, currency: string, until: string): Promise<RateTable> {
  return rateTable(
    await rows<Rate>(
      ctx,
      sql`WITH mine AS MATERIALIZED (
            SELECT currency FROM ledger_accounts WHERE workspace_id = ${ctx.workspaceId}
            UNION SELECT unnest(${sqlArray([currency, 'EUR', 'USD'])}::text[]))
          SELECT base, quote, day::text, numerator, denominator, source FROM ledger_rates
          WHERE workspace_id = ${ctx.workspaceId} AND day <= ${until}::date AND (source = ${ENTERED} OR (
            base = ANY (SELECT currency FROM mine) AND quote = ANY (SELECT currency FROM mine)))`,
    ),
  )
}

/** What answers with the rate of a pair on a day up to one; see readRates for the pairs. */
export async function readRateOf(ctx: TxCtx, currency: string, until: string): Promise<RateOf> {
  const table = await readRates(ctx, currency, until)
  return (pair) => rateOn(table, pair)
}

/** A page of rates, latest first. */
export async function listRates(
  ctx: Ctx,
  query: { limit: number; after?: readonly string[] },
): Promise<Rate[]> {
  authorise(ctx, 'ledger:read')
  const [day, base, quote] = query.after ?? []
  return transaction(ctx, (tx) =>
    rows<Rate>(
      tx,
      sql`SELECT base, quote, day::text, numerator, denominator, source FROM ledger_rates
          WHERE workspace_id = ${tx.workspaceId}
            ${day === undefined ? sql`` : sql`AND (day, base, quote) < (${day}::date, ${base}, ${quote})`}
          ORDER BY day DESC, base DESC, quote DESC LIMIT ${query.limit}`,
    ),
  )
}
