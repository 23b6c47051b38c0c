import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { asCurrency } from '../../catalog/index.ts'
import type { Refund } from '../schema.ts'

/** The columns of a refund, for a query over `refunds r`. */
export const REFUND_COLUMNS =
  sql.raw(`r.id, r.order_id AS "orderId", r.payment_id AS "paymentId", r.kind, r.status,
  r.currency, r.net_minor AS "netMinor", r.tax_minor AS "taxMinor", r.total_minor AS "totalMinor", r.reason, r.restock,
  r.failed_reason AS "failedReason", r.created_at AS "createdAt", r.done_at AS "doneAt"`)

/** See REFUND_COLUMNS. */
export type RefundRow = Pick<
  Refund,
  'id' | 'orderId' | 'kind' | 'status' | 'reason' | 'failedReason' | 'restock'
> & {
  paymentId: string
  currency: string
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
  createdAt: Date
  doneAt: Date | null
}

/** A refund as the API has it. @throws NotFound */
export async function readRefund(ctx: TxCtx, id: string): Promise<Refund> {
  const [row] = await rows<RefundRow>(
    ctx,
    sql`SELECT ${REFUND_COLUMNS} FROM refunds r WHERE r.workspace_id = ${ctx.workspaceId} AND r.id = ${id}`,
  )
  if (row === undefined) throw new NotFound()
  return toRefund(row)
}

/** See readRefund. */
export function toRefund(row: RefundRow): Refund {
  const currency = asCurrency(row.currency)
  const money = (amountMinor: bigint) => ({ amount: amountMinor.toString(), currency })
  return {
    id: row.id,
    orderId: row.orderId,
    kind: row.kind,
    status: row.status,
    net: money(row.netMinor),
    tax: money(row.taxMinor),
    total: money(row.totalMinor),
    reason: row.reason,
    failedReason: row.failedReason,
    restock: row.restock,
    createdAt: row.createdAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
  }
}
