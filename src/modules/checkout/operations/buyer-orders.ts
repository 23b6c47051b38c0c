import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { isId } from '../../../shared/ids.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Order, OrderSummary } from '../schema.ts'
import { LINES_JSON, ORDER_COLUMNS, toLines, toSummary, type LineJson, type OrderRow } from './read-order.ts'

/** An order as the list of a buyer's purchases shows it. */
type BuyerOrder = OrderSummary & Pick<Order, 'lines'>

/**
 * The paid orders of an address with their lines, newest first, in one statement. That the address is the caller's own has
 * been proven before.
 */
export async function listBuyerOrders(
  ctx: Ctx,
  { email, after, limit }: { email: string; after?: string | undefined; limit: number },
): Promise<Page<BuyerOrder>> {
  const [id = ''] = after === undefined ? [] : decodeCursor(after, 1)
  const found = await transaction(ctx, (tx) =>
    rows<OrderRow & { lines: LineJson[] }>(
      tx,
      sql`SELECT ${ORDER_COLUMNS}, ${LINES_JSON} AS lines FROM orders o
          WHERE o.workspace_id = ${tx.workspaceId} AND o.email = ${email} AND o.paid_at IS NOT NULL
          ${isId(id) ? sql`AND o.id < ${id}` : sql``}
          ORDER BY o.id DESC LIMIT ${limit + 1}`,
    ),
  )
  const orders = found.map((row) => {
    const summary = toSummary(row)
    return { ...summary, lines: toLines(row.lines, summary.currency) }
  })
  return toPage(orders, limit, (order) => encodeCursor([order.id]))
}

/** Whom to write to about an order. */
export type OrderContact = { orderId: string; email: string; buyerName: string; locale: Locale }

/** The buyers of these orders, for mails about what they bought. */
export async function orderContacts(ctx: TxCtx, orderIds: readonly string[]): Promise<OrderContact[]> {
  return rows<OrderContact>(
    ctx,
    sql`SELECT id AS "orderId", email, buyer_name AS "buyerName", locale FROM orders
        WHERE workspace_id = ${ctx.workspaceId} AND id = ANY(${sql.param(orderIds)}::uuid[])`,
  )
}
