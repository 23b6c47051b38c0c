import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction, write } from '../../../platform/database/transaction.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { sellStock, sellUnreservedStock } from '../../catalog/index.ts'
import { postWithCommit } from '../../ledger/index.ts'
import { orderPaid, paymentFailed } from '../events.ts'
import { toOrderPaid } from '../rules/order-paid.ts'
import {
  decideCapture,
  decidePayment,
  type ObservedPayment,
  type PaymentVerdict,
} from '../rules/payment-state.ts'
import { salePostings } from '../rules/sale-entry.ts'
import { lockPayment, type LockedPayment } from './lock-payment.ts'
import { markPayment } from './mark-payment.ts'
import { returnSurplus } from './return-surplus.ts'

/**
 * Acts on what a provider says of a payment, in one transaction that locks the payment and its order: payment, order,
 * stock, ledger and `order.paid` change together or not at all. Money for an order whose time ran out is taken if its
 * stock can still be had; what comes otherwise for an order that is cancelled or paid already is given back.
 * @throws NotFound
 */
export async function capturePayment(
  ctx: Ctx,
  paymentId: string,
  observed: ObservedPayment,
): Promise<PaymentVerdict> {
  return transaction(ctx, async (tx) => {
    const locked = await lockPayment(tx, paymentId)
    const verdict = decidePayment(locked.payment, observed)
    if (verdict === 'capture') await capture(tx, locked)
    else if (verdict !== 'ignore') markPayment(tx, locked, { verdict, observed })
    if (verdict === 'decline') await publishFailure(tx, locked, observed)
    return verdict
  })
}

async function publishFailure(
  ctx: TxCtx,
  { payment, order }: LockedPayment,
  { declineReason = '' }: ObservedPayment,
): Promise<void> {
  await publish(ctx, paymentFailed, {
    paymentId: payment.id,
    orderId: order.id,
    provider: payment.provider,
    amountMinor: payment.amountMinor.toString(),
    currency: payment.currency,
    reason: declineReason,
    failedAt: ctx.clock.now().toISOString(),
  })
}

async function capture(ctx: TxCtx, locked: LockedPayment): Promise<void> {
  switch (decideCapture(locked.order.status, locked.calledOff)) {
    case 'sell':
      if (locked.stock.length > 0) await sellStock(ctx, locked.stock)
      return sell(ctx, locked)
    case 'sell-if-in-stock':
      return (await tookStock(ctx, locked)) ? sell(ctx, locked) : returnSurplus(ctx, locked)
    case 'return':
      return returnSurplus(ctx, locked)
  }
}

/** The ledger comes with the commit: it locks accounts that every sale needs. */
async function sell(ctx: TxCtx, { payment, order }: LockedPayment): Promise<void> {
  const now = ctx.clock.now()
  write(
    ctx,
    sql`WITH captured AS (
        UPDATE payments SET status = 'captured', captured_at = ${now}, updated_at = ${now}, check_at = NULL
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${payment.id})
      UPDATE orders SET status = 'paid', paid_at = ${now}, cancelled_at = NULL, cancel_reason = NULL
      WHERE workspace_id = ${ctx.workspaceId} AND id = ${order.id}`,
  )
  await publish(ctx, orderPaid, toOrderPaid(order, now.toISOString()))
  const shares = order.lines.map(({ productId, net, tax }) => ({
    productId,
    netMinor: BigInt(net.amount),
    taxMinor: BigInt(tax.amount),
  }))
  await postWithCommit(ctx, [
    {
      key: `sale/${payment.id}`,
      kind: 'sale',
      effectiveAt: now,
      source: { kind: 'order', id: order.id },
      postings: salePostings(payment.provider, payment.currency, shares),
    },
  ])
}

/** Takes the copies that the cancelled order had given back, all of them or none. */
async function tookStock(ctx: TxCtx, { stock }: LockedPayment): Promise<boolean> {
  if (stock.length === 0) return true
  await rows(ctx, sql`SAVEPOINT late_sale`)
  const shortages = await sellUnreservedStock(ctx, stock)
  if (shortages.length === 0) return true
  await rows(ctx, sql`ROLLBACK TO SAVEPOINT late_sale`)
  return false
}
