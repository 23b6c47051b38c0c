import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { invoiceData, type DocumentLine } from '../rules/document-data.ts'
import { issueDocuments, lockSeries, readSeller } from './number-documents.ts'
import { LINES_JSON, ORDER_COLUMNS, type LineJson, type OrderRow } from './read-order.ts'

type Source = OrderRow & { taxRateBps: number; pricesIncludeTax: boolean; lines: LineJson[] }

/**
 * Issues the invoices of paid orders, in the order in which they were paid, one each: those that have one, and those that
 * cost nothing, are passed over. Numbers have no gaps, since the series stays locked until the commit.
 */
export function issueInvoices(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  return issue(ctx, 'invoice', orderIds)
}

/**
 * Issues the receipts of orders that cost nothing: nothing was sold, so there is nothing to invoice, but buyers may want a
 * paper for what they have. They have a series of their own and are issued when somebody asks for one.
 */
export function issueReceipts(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  return issue(ctx, 'receipt', orderIds)
}

async function issue(ctx: Ctx, kind: 'invoice' | 'receipt', orderIds: readonly string[]): Promise<void> {
  await transaction(ctx, async (tx) => {
    const seller = await readSeller(tx)
    const series = await lockSeries(tx, kind, seller('ar').timeZone)
    const orders = await without(tx, kind, orderIds)
    const at = ctx.clock.now()
    issueDocuments(
      tx,
      series,
      orders.map((order) => ({
        orderId: order.id,
        refundId: null,
        data: invoiceData({ ...order, paidAt: order.paidAt ?? at }, order.lines.map(toDocumentLine), {
          seller: seller(order.locale),
          at,
        }),
      })),
    )
  })
}

async function without(
  ctx: TxCtx,
  kind: 'invoice' | 'receipt',
  orderIds: readonly string[],
): Promise<Source[]> {
  return rows<Source>(
    ctx,
    sql`SELECT ${ORDER_COLUMNS}, o.tax_rate_bps AS "taxRateBps", o.prices_include_tax AS "pricesIncludeTax",
          ${LINES_JSON} AS lines
        FROM orders o WHERE o.workspace_id = ${ctx.workspaceId} AND o.id = ANY (${sql.param(orderIds)}::uuid[])
          AND o.paid_at IS NOT NULL AND (o.total_minor > 0) = (${kind} = 'invoice')
          AND NOT EXISTS (SELECT FROM documents d WHERE d.workspace_id = o.workspace_id AND d.order_id = o.id
            AND d.kind = ${kind})
        ORDER BY o.paid_at, o.id`,
  )
}

function toDocumentLine(line: LineJson): DocumentLine {
  const { titleAr, titleEn, quantity, unit, net, tax } = line
  return { titleAr, titleEn, quantity, unitMinor: BigInt(unit), netMinor: BigInt(net), taxMinor: BigInt(tax) }
}
