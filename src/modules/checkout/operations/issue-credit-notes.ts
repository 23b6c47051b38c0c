import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { creditNoteData, type CreditedLine, type DocumentSeller } from '../rules/document-data.ts'
import { documentNumber } from '../rules/document-number.ts'
import { issueInvoices } from './issue-invoices.ts'
import { issueDocuments, lockSeries, readSeller, type DraftDocument } from './number-documents.ts'
import { ORDER_COLUMNS, type OrderRow } from './read-order.ts'

type Source = OrderRow & {
  taxRateBps: number
  pricesIncludeTax: boolean
  refundId: string
  reason: string
  doneAt: Date
  invoiceYear: number | null
  invoiceNumber: number | null
  invoicedAt: Date | null
}

type SourceLine = CreditedLine & { refundId: string }

/** Issues the credit notes of done refunds, one each; an order whose invoice is not there yet gets that first. */
export async function issueCreditNotes(
  ctx: Ctx,
  refunds: readonly { orderId: string; refundId: string }[],
): Promise<void> {
  const refundIds = refunds.map(({ refundId }) => refundId)
  await transaction(ctx, async (tx) => {
    await issueInvoices(
      tx,
      refunds.map(({ orderId }) => orderId),
    )
    const seller = await readSeller(tx)
    const series = await lockSeries(tx, 'credit-note', seller('ar').timeZone)
    const sources = await uncredited(tx, refundIds)
    const lines = Map.groupBy(await linesOf(tx, refundIds), (line) => line.refundId)
    const at = ctx.clock.now()
    issueDocuments(
      tx,
      series,
      sources.map((source) =>
        draft(source, lines.get(source.refundId) ?? [], { seller: seller(source.locale), at }),
      ),
    )
  })
}

function draft(
  source: Source,
  lines: readonly CreditedLine[],
  issue: { seller: DocumentSeller; at: Date },
): DraftDocument {
  const { invoiceYear, invoiceNumber, invoicedAt, paidAt, doneAt, reason } = source
  assert(
    invoiceYear !== null && invoiceNumber !== null && invoicedAt !== null,
    'a refunded order has an invoice',
  )
  const corrects = {
    number: documentNumber('invoice', invoiceYear, invoiceNumber),
    issuedAt: invoicedAt.toISOString(),
  }
  return {
    orderId: source.id,
    refundId: source.refundId,
    data: creditNoteData({ ...source, paidAt: paidAt ?? doneAt }, lines, {
      ...issue,
      doneAt,
      reason,
      corrects,
    }),
  }
}

async function uncredited(ctx: TxCtx, refundIds: readonly string[]): Promise<Source[]> {
  return rows<Source>(
    ctx,
    sql`SELECT ${ORDER_COLUMNS}, o.tax_rate_bps AS "taxRateBps", o.prices_include_tax AS "pricesIncludeTax",
          r.id AS "refundId", r.reason, r.done_at AS "doneAt", i.year AS "invoiceYear", i.number AS "invoiceNumber",
          i.issued_at AS "invoicedAt"
        FROM refunds r
        JOIN orders o ON o.workspace_id = r.workspace_id AND o.id = r.order_id
        LEFT JOIN documents i ON i.workspace_id = o.workspace_id AND i.order_id = o.id AND i.kind = 'invoice'
        WHERE r.workspace_id = ${ctx.workspaceId} AND r.id = ANY (${sql.param(refundIds)}::uuid[])
          AND r.kind = 'order' AND r.status = 'done'
          AND NOT EXISTS (SELECT FROM documents d WHERE d.workspace_id = r.workspace_id AND d.order_id = r.order_id
            AND d.kind = 'credit-note' AND d.refund_id = r.id)
        ORDER BY r.done_at, r.id`,
  )
}

async function linesOf(ctx: TxCtx, refundIds: readonly string[]): Promise<SourceLine[]> {
  return rows<SourceLine>(
    ctx,
    sql`SELECT s.refund_id AS "refundId", l.title_ar AS "titleAr", l.title_en AS "titleEn", l.quantity,
          l.unit_minor AS "unitMinor", s.net_minor AS "netMinor", s.tax_minor AS "taxMinor",
          l.net_minor AS "lineNetMinor", l.tax_minor AS "lineTaxMinor"
        FROM refund_lines s
        JOIN refunds r ON r.workspace_id = s.workspace_id AND r.id = s.refund_id
        JOIN order_lines l ON l.workspace_id = s.workspace_id AND l.order_id = r.order_id AND l.line = s.line
        WHERE s.workspace_id = ${ctx.workspaceId} AND s.refund_id = ANY (${sql.param(refundIds)}::uuid[])
        ORDER BY s.refund_id, s.line`,
  )
}
