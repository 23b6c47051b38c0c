import { sql } from 'drizzle-orm'
import type { TxCtx, Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { authorise } from '../../../platform/authorise.ts'
import { NotFound } from '../../../platform/errors.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { releaseStock, type StockItem } from '../../catalog/index.ts'
import { audit } from '../../workspaces/index.ts'
import { CartOrdered, OrderNotCancellable } from '../errors.ts'
import { orderCancelled } from '../events.ts'
import { isReplaceable } from '../rules/replaceable.ts'
import { confirmPayment } from './confirm-payment.ts'
import { readOrder } from './read-order.ts'

type Head = { status: string; due: boolean }

/** Cancels an unpaid order for the seller: its stock is free again. @throws NotFound, OrderNotCancellable */
export async function cancelOrder(ctx: Ctx, orderId: string): Promise<void> {
  authorise(ctx, 'orders:write')
  await transaction(ctx, async (tx) => {
    const order = await lockHead(tx, orderId)
    if (order === undefined) throw new NotFound()
    if (order.status !== 'pending') throw new OrderNotCancellable(order.status)
    await cancel(tx, orderId, 'seller')
    await audit(tx, {
      action: 'order.cancel',
      subjectKind: 'order',
      subjectId: orderId,
      before: { status: order.status },
      after: { status: 'cancelled' },
    })
  })
}

/** Cancels an order that was not paid in time, unless it was after all, or has got more time. */
export async function expireOrder(ctx: Ctx, orderId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const order = await lockHead(tx, orderId)
    if (order?.status === 'pending' && order.due) await cancel(tx, orderId, 'expired')
  })
}

/** Learns from the provider whether an order that another is to replace has been paid after all; then it is taken as paid. */
export async function askOfReplaced(ctx: Ctx, orderId: string): Promise<void> {
  await confirmPayment(ctx, { orderId })
}

/**
 * Cancels an unpaid order whose buyer places another in its stead, in the transaction that does so: its stock is free for
 * the new one. Money that still comes for it is given back, see decideCapture. @throws CartOrdered if it is as good as paid
 */
export async function replaceOrder(ctx: TxCtx, orderId: string): Promise<void> {
  await lockHead(ctx, orderId)
  const order = await readOrder(ctx, orderId)
  if (!isReplaceable(order)) throw new CartOrdered()
  if (order.status === 'pending') return cancel(ctx, orderId, 'buyer')
  await rows(
    ctx,
    sql`UPDATE orders SET cancel_reason = 'buyer' WHERE workspace_id = ${ctx.workspaceId} AND id = ${orderId}`,
  )
}

async function lockHead(ctx: TxCtx, orderId: string): Promise<Head | undefined> {
  const [order] = await rows<Head>(
    ctx,
    sql`SELECT status, expires_at <= ${ctx.clock.now()} AS due FROM orders
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${orderId} FOR UPDATE`,
  )
  return order
}

/**
 * Payments that the provider knows stay on the sweeper's list: money that comes late is found and dealt with. Those it
 * does not know are over.
 */
async function cancel(ctx: TxCtx, orderId: string, reason: 'expired' | 'seller' | 'buyer'): Promise<void> {
  const now = ctx.clock.now()
  const held = await rows<StockItem>(
    ctx,
    sql`WITH closed AS (
        UPDATE orders SET status = 'cancelled', cancelled_at = ${now}, cancel_reason = ${reason}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${orderId}
      ), stopped AS (
        UPDATE payments SET status = 'cancelled', updated_at = ${now},
          check_at = CASE WHEN provider_reference IS NULL THEN NULL ELSE check_at END
        WHERE workspace_id = ${ctx.workspaceId} AND order_id = ${orderId} AND status IN ('created', 'started')
      )
      SELECT product_id AS "productId", quantity FROM order_lines
      WHERE workspace_id = ${ctx.workspaceId} AND order_id = ${orderId} AND stocked`,
  )
  if (held.length > 0) await releaseStock(ctx, held)
  await publish(ctx, orderCancelled, { orderId, reason, cancelledAt: now.toISOString() })
}
