import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows, write } from '../../../platform/database/transaction.ts'
import { getPublicStore } from '../../catalog/index.ts'
import type { DocumentData, DocumentSeller } from '../rules/document-data.ts'
import { yearIn } from '../rules/document-number.ts'
import { inLocale } from '../rules/refuse-sale.ts'
import type { Document } from '../schema.ts'

/** A document that waits for its number. */
export type DraftDocument = { orderId: string; refundId: string | null; data: DocumentData }

/** The series that a document takes its number from; holding it keeps others from numbering until the commit. */
export type Series = { kind: Document['kind']; year: number; last: number }

/** Locks the series of this kind in the year that it is at the seller's. */
export async function lockSeries(ctx: TxCtx, kind: Document['kind'], timeZone: string): Promise<Series> {
  const year = yearIn(timeZone, ctx.clock.now())
  const [counter] = await rows<{ last: number }>(
    ctx,
    sql`INSERT INTO document_counters AS c (workspace_id, kind, year, last)
        VALUES (${ctx.workspaceId}, ${kind}, ${year}, 0)
        ON CONFLICT (workspace_id, kind, year) DO UPDATE SET last = c.last RETURNING last`,
  )
  return { kind, year, last: counter?.last ?? 0 }
}

/** Gives documents the next numbers of a locked series, in their order, and keeps them. */
export function issueDocuments(ctx: TxCtx, series: Series, drafts: readonly DraftDocument[]): void {
  if (drafts.length === 0) return
  const numbered = drafts.map((draft, index) => ({
    id: ctx.ids.next(),
    number: series.last + index + 1,
    order: draft.orderId,
    refund: draft.refundId,
    data: draft.data,
  }))
  write(
    ctx,
    sql`WITH issued AS (
        INSERT INTO documents (workspace_id, id, kind, year, number, order_id, refund_id, data, issued_at)
        SELECT ${ctx.workspaceId}, d.id, ${series.kind}, ${series.year}, d.number, d."order", d.refund, d.data,
          ${ctx.clock.now()}::timestamptz
        FROM jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb)
          AS d (id uuid, number int, "order" uuid, refund uuid, data jsonb))
      UPDATE document_counters SET last = ${series.last + drafts.length}
      WHERE workspace_id = ${ctx.workspaceId} AND kind = ${series.kind} AND year = ${series.year}`,
  )
}

/** The seller as documents name it, in the order's language. */
export async function readSeller(ctx: TxCtx): Promise<(locale: 'ar' | 'en') => DocumentSeller> {
  const store = await getPublicStore(ctx)
  return (locale) => ({
    name: inLocale(store.name, locale),
    legalName: store.legalName,
    taxNumber: store.taxNumber,
    address: store.address,
    country: store.country,
    email: store.supportEmail,
    timeZone: store.timeZone,
  })
}
