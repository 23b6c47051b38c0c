import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { reportTransaction } from '../../../platform/database/replica.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toIsoDate } from '../../../shared/dates.ts'
import { getPublicStore } from '../../catalog/index.ts'
import { calendarDays } from '../rules/calendar-days.ts'
import { incomeFilterSchema, type Income, type IncomeDay } from '../seller-schema.ts'

type Row = { day: string; in_minor: bigint; out_minor: bigint; sales: number }

/**
 * What came in on each of the last days, and on as many days before them, by the store's own days: what was paid less what
 * was given back on that day. Days without a sale are there with nothing.
 */
export async function readIncome(
  ctx: Ctx,
  input: { days?: number; currency?: CurrencyCode | undefined },
): Promise<Income> {
  authorise(ctx, 'orders:read')
  const { days, currency: wanted } = incomeFilterSchema.parse(input)
  return reportTransaction(ctx, async (tx) => {
    const { timeZone, currencies } = await getPublicStore(tx)
    const currency = wanted ?? currencies[0] ?? 'SAR'
    const dates = calendarDays(toIsoDate(ctx.clock.now(), timeZone), 2 * days)
    const byDay = new Map((await sums(tx, { dates, timeZone, currency })).map((row) => [row.day, row]))
    const all = dates.map((date) => dayOf(date, currency, byDay.get(date)))
    return { currency, timeZone, days: all.slice(days), before: all.slice(0, days) }
  })
}

function dayOf(date: string, currency: CurrencyCode, row: Row | undefined): IncomeDay {
  const amount = ((row?.in_minor ?? 0n) - (row?.out_minor ?? 0n)).toString()
  return { date, income: { amount, currency }, sales: row?.sales ?? 0 }
}

/**
 * One statement, day by day along the indexes by time of payment and of refund: what was paid is read from the index alone.
 * The hours of a day are those of the store's clock, so one may have 23 or 25.
 */
function sums(
  { workspaceId, ...tx }: TxCtx,
  { dates, timeZone, currency }: { dates: readonly string[]; timeZone: string; currency: CurrencyCode },
): Promise<Row[]> {
  return rows<Row>(
    tx,
    sql`SELECT d.day::text, o.in_minor, r.out_minor, o.sales
        FROM (
          SELECT day, day::timestamp AT TIME ZONE ${timeZone}::text AS start,
            (day + 1)::timestamp AT TIME ZONE ${timeZone}::text AS before
          FROM unnest(${`{${dates.join(',')}}`}::date[]) day) d
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(total_minor), 0)::int8 AS in_minor, count(*)::int4 AS sales FROM orders
          WHERE workspace_id = ${workspaceId} AND paid_at >= d.start AND paid_at < d.before AND currency = ${currency}) o
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(total_minor), 0)::int8 AS out_minor FROM refunds
          WHERE workspace_id = ${workspaceId} AND done_at >= d.start AND done_at < d.before AND currency = ${currency}
            AND kind = 'order' AND status = 'done') r`,
  )
}
