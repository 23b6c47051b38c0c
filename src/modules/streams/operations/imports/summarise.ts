import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../../platform/ctx.ts'
import { rows } from '../../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../../shared/currencies.ts'
import { toApi } from '../../../../shared/money.ts'
import { MONEY_KINDS, type MoneyKind } from '../../imports/importer.ts'
import type { FoundStyle } from '../../imports/read-file.ts'
import { ROW_FATES, type ImportPreview, type RowFate } from '../../imports/schema.ts'

const MOST_ITEMS = 50

/** What the rows of an import come to, were they posted now. */
export async function summarise(ctx: TxCtx, id: string, style: FoundStyle): Promise<ImportPreview> {
  const of = sql`workspace_id = ${ctx.workspaceId} AND import_id = ${id}`
  const reasons = await rows<{ fate: RowFate; reason: string; count: number }>(
    ctx,
    sql`SELECT fate, reason, count(*)::int4 AS count FROM stream_import_rows WHERE ${of}
        GROUP BY fate, reason ORDER BY count DESC, fate, reason`,
  )
  const totals = await rows<{ kind: MoneyKind; currency: CurrencyCode; count: number; total: string }>(
    ctx,
    sql`SELECT kind, currency, count(*)::int4 AS count, sum(amount)::text AS total FROM (
          SELECT kind, currency, amount FROM stream_import_rows WHERE ${of} AND fate = 'new'
          UNION ALL
          SELECT 'fee', currency, fee FROM stream_import_rows WHERE ${of} AND fate = 'new' AND fee <> 0) x
        GROUP BY kind, currency ORDER BY currency, array_position(${sql.param(MONEY_KINDS)}::text[], kind)`,
  )
  const items = await rows<{ what: string; count: number }>(
    ctx,
    sql`SELECT what, count(*)::int4 AS count FROM stream_import_rows WHERE ${of} AND fate = 'new'
        GROUP BY what ORDER BY count DESC, what LIMIT ${MOST_ITEMS + 1}`,
  )
  const [days] = await rows<{ first: string | null; last: string | null }>(
    ctx,
    sql`SELECT min(day)::text AS first, max(day)::text AS last FROM stream_import_rows WHERE ${of} AND fate = 'new'`,
  )
  const countOf = (fate: RowFate) =>
    reasons.filter((one) => one.fate === fate).reduce((sum, { count }) => sum + count, 0)
  return {
    // Object.fromEntries widens the keys, which are all fates.
    counts: Object.fromEntries(ROW_FATES.map((fate) => [fate, countOf(fate)])) as ImportPreview['counts'],
    reasons: reasons.filter(({ reason }) => reason !== ''),
    totals: totals.map(({ kind, currency, count, total }) => ({
      kind,
      count,
      total: toApi({ amountMinor: BigInt(total), currency }),
    })),
    items: items.slice(0, MOST_ITEMS),
    moreItems: items.length > MOST_ITEMS,
    firstDay: days?.first ?? null,
    lastDay: days?.last ?? null,
    decimal: style.decimal,
    dateOrder: style.dateOrder,
    dateOrderUnsure: style.unsure,
    calendar: style.calendar,
    calendarUnsure: style.calendarUnsure,
  }
}
