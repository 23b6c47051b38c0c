import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { once } from '../../../platform/http/idempotency.ts'
import { OrderNotPayable, ProviderNotOffered } from '../errors.ts'
import { nextCheckAt } from '../rules/payment-state.ts'
import type { Order, Payment } from '../schema.ts'
import { cachedStore } from './cached-store.ts'
import { isOrderKey } from './order-key.ts'
import { readOrder } from './read-order.ts'
import { startPayment } from './start-payment.ts'

const HOLD_MS = 30 * 60_000

/** Whose order, and how they want to pay now. */
export type RetryPayment = {
  orderId: string
  key: string
  provider?: string | undefined
  idempotencyKey?: string | undefined
}

/**
 * Lets the buyer try to pay again after a payment was declined or given up. A payment that they can still make is
 * answered as it is, so pressing twice starts one; the same `idempotencyKey` gets the same payment. The order keeps its stock for another half hour.
 * @throws NotFound, OrderNotPayable, ProviderNotOffered, ProviderUnavailable
 */
export async function retryPayment(ctx: Ctx, wish: RetryPayment): Promise<Payment> {
  const { orderId, key, provider, idempotencyKey } = wish
  if (!isOrderKey(ctx, orderId, key)) throw new NotFound()
  const { providers } = await cachedStore(ctx)
  if (provider !== undefined && !providers.includes(provider)) throw new ProviderNotOffered(provider)
  const open = (tx: TxCtx) => openPayment(tx, orderId, provider ?? providers[0] ?? '')
  if (idempotencyKey === undefined) return startPayment(ctx, await transaction(ctx, open))
  const request = {
    scope: `payments/${orderId}`,
    key: idempotencyKey,
    request: { provider: provider ?? null },
  }
  const paymentId = await once(ctx, request, async (tx) => (await open(tx)).payment?.id ?? null)
  const order = await transaction(ctx, (tx) => readOrder(tx, orderId, paymentId ?? undefined))
  return startPayment(ctx, order)
}

async function openPayment(ctx: TxCtx, orderId: string, provider: string): Promise<Order> {
  await rows(
    ctx,
    sql`SELECT id FROM orders WHERE workspace_id = ${ctx.workspaceId} AND id = ${orderId} FOR UPDATE`,
  )
  const order = await readOrder(ctx, orderId)
  if (order.status !== 'pending' || order.payment === null) throw new OrderNotPayable(order.status)
  if (order.payment.status === 'processing') throw new OrderNotPayable('processing')
  if (order.payment.problem !== null) throw new OrderNotPayable(order.payment.problem)
  const usable = order.payment.status === 'created' || order.payment.status === 'started'
  if (usable && order.payment.provider === provider) return order
  if (provider === '') throw new ProviderNotOffered(provider)
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  await rows(
    ctx,
    sql`WITH paying AS (
        INSERT INTO payments (workspace_id, id, order_id, provider, status, currency, amount_minor, created_at,
          updated_at, check_at)
        VALUES (${ctx.workspaceId}, ${id}, ${orderId}, ${provider}, 'created', ${order.currency},
          ${order.total.amount}, ${now}, ${now}, ${nextCheckAt(now, now)}))
      UPDATE orders SET expires_at = greatest(expires_at, ${new Date(now.getTime() + HOLD_MS)})
      WHERE workspace_id = ${ctx.workspaceId} AND id = ${orderId}`,
  )
  return {
    ...order,
    payment: {
      id,
      provider,
      status: 'created',
      amount: order.total,
      url: null,
      declineReason: null,
      problem: null,
    },
  }
}
