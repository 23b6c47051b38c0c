import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { StockItem } from '../../catalog/index.ts'
import type { SoldOrder } from '../rules/order-paid.ts'
import type { KnownPayment } from '../rules/payment-state.ts'
import { LINES_JSON, ORDER_COLUMNS, toLines, toSummary, type LineJson, type OrderRow } from './read-order.ts'

/** A payment with its order, both kept from being changed by others until the transaction ends. */
export type LockedPayment = {
  payment: KnownPayment & { id: string; provider: string; createdAt: Date }
  order: SoldOrder & { status: OrderRow['status'] }
  /** Whether a person cancelled the order: its time had not simply run out. */
  calledOff: boolean
  /** Copies that the order holds of products with a stock limit. */
  stock: StockItem[]
}

type Row = OrderRow & {
  cancelReason: string | null
  lines: LineJson[]
  paymentId: string
  provider: string
  paymentStatus: KnownPayment['status']
  amountMinor: bigint
  createdAt: Date
}

/**
 * Reads a payment and its order and locks both, the order first, as everyone does. Each row is sought by its whole key
 * in a query of its own: a join would let a plan made while the tables were empty walk through all of them.
 * @throws NotFound
 */
export async function lockPayment(ctx: TxCtx, id: string): Promise<LockedPayment> {
  const ws = ctx.workspaceId
  const [row] = await rows<Row>(
    ctx,
    sql`SELECT o.*, p.*, ${LINES_JSON} AS lines
        FROM (SELECT o.workspace_id, ${ORDER_COLUMNS}, o.cancel_reason AS "cancelReason" FROM orders o
              WHERE o.workspace_id = ${ws}
                AND o.id = (SELECT order_id FROM payments WHERE workspace_id = ${ws} AND id = ${id})
              FOR UPDATE) o,
          LATERAL (SELECT p.id AS "paymentId", p.provider, p.status AS "paymentStatus",
                p.amount_minor AS "amountMinor", p.created_at AS "createdAt"
              FROM payments p WHERE p.workspace_id = ${ws} AND p.id = ${id} AND o.id IS NOT NULL FOR UPDATE) p`,
  )
  if (row === undefined) throw new NotFound()
  const summary = toSummary(row)
  const { paymentId, provider, paymentStatus, amountMinor, createdAt, currency } = row
  return {
    payment: { id: paymentId, provider, status: paymentStatus, amountMinor, currency, createdAt },
    order: { ...summary, lines: toLines(row.lines, summary.currency) },
    calledOff: row.cancelReason !== null && row.cancelReason !== 'expired',
    stock: row.lines.filter((line) => line.stocked),
  }
}
