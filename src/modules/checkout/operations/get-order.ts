import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { tellStory } from '../rules/timeline.ts'
import type { ObservedMoney, Order, OrderStory, PaymentStory } from '../schema.ts'
import { isOrderKey } from './order-key.ts'
import { notesOf } from './order-notes.ts'
import { PAYMENT_JSON, readOrder, toPayment, type PaymentJson } from './read-order.ts'
import { REFUND_COLUMNS, toRefund, type RefundRow } from './read-refund.ts'

/** An order for whoever holds its key. @throws NotFound, for a wrong key too */
export async function getOrderByKey(ctx: Ctx, orderId: string, key: string): Promise<Order> {
  if (!isOrderKey(ctx, orderId, key)) throw new NotFound()
  return transaction(ctx, (tx) => readOrder(tx, orderId))
}

/** An order for the seller, with all that happened to it. @throws NotFound */
export async function getOrder(ctx: Ctx, orderId: string): Promise<OrderStory> {
  authorise(ctx, 'orders:read')
  return transaction(ctx, async (tx) => {
    const order = await readOrder(tx, orderId)
    const payments = await paymentsOf(tx, orderId)
    const refunds = (await refundsOf(tx, orderId)).map(toRefund)
    const messages = await messagesOf(tx, orderId)
    const notes = await notesOf(tx, orderId)
    return {
      ...order,
      payments: payments.map(toPaymentStory),
      refunds,
      timeline: tellStory({ order, payments, refunds, messages, notes }),
    }
  })
}

type PaymentHistory = PaymentJson & {
  createdAt: string
  updatedAt: string
  capturedAt: string | null
  observed: ObservedMoney | null
  problemSettledAt: string | null
  problemNote: string | null
}

async function paymentsOf(ctx: TxCtx, orderId: string): Promise<PaymentHistory[]> {
  const found = await rows<{ payment: PaymentHistory }>(
    ctx,
    sql`SELECT ${PAYMENT_JSON} || jsonb_build_object('createdAt', p.created_at, 'updatedAt', p.updated_at,
          'capturedAt', p.captured_at, 'observed', p.observed, 'problemSettledAt', p.problem_settled_at,
          'problemNote', p.problem_note) AS payment
        FROM payments p WHERE p.workspace_id = ${ctx.workspaceId} AND p.order_id = ${orderId} ORDER BY p.id`,
  )
  return found.map(({ payment }) => payment)
}

function toPaymentStory(payment: PaymentHistory): PaymentStory {
  const { createdAt: _created, updatedAt: _updated, capturedAt: _captured, ...story } = payment
  const { observed, problemSettledAt: settledAt, problemNote } = story
  const problemSettledAt = settledAt === null ? null : new Date(settledAt).toISOString()
  return { ...toPayment(story), observed, problemSettledAt, problemNote }
}

async function refundsOf(ctx: TxCtx, orderId: string): Promise<RefundRow[]> {
  return rows<RefundRow>(
    ctx,
    sql`SELECT ${REFUND_COLUMNS} FROM refunds r
        WHERE r.workspace_id = ${ctx.workspaceId} AND r.order_id = ${orderId} ORDER BY r.id`,
  )
}

async function messagesOf(
  ctx: TxCtx,
  orderId: string,
): Promise<{ receivedAt: Date; provider: string; outcome: string | null }[]> {
  return rows(
    ctx,
    sql`SELECT e.received_at AS "receivedAt", e.provider, e.outcome
        FROM payments p JOIN payment_events e ON e.workspace_id = p.workspace_id AND e.provider = p.provider
          AND e.reference = p.provider_reference
        WHERE p.workspace_id = ${ctx.workspaceId} AND p.order_id = ${orderId} ORDER BY e.received_at LIMIT 100`,
  )
}
