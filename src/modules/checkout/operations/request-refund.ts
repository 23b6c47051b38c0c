import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { Conflict, NotFound } from '../../../platform/errors.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { formatMoney } from '../../../shared/money.ts'
import { asCurrency } from '../../catalog/index.ts'
import { audit } from '../../workspaces/index.ts'
import { OrderNotPaid, RefundTooMuch } from '../errors.ts'
import {
  divideRefund,
  type RefundableLine,
  type RefundShare,
  type RefundWish,
} from '../rules/allocate-refund.ts'
import { nextCheckAt } from '../rules/payment-state.ts'
import type { refundOrderSchema } from '../schema.ts'

type Wish = z.output<typeof refundOrderSchema>

type OrderHead = { status: string; currency: string; paymentId: string | null }

/**
 * Writes down that money is to be given back, before the provider is asked. What it takes of lines, order and payment is
 * taken now, under the order's lock, so refunds that are under way at the same time never give back more than was paid.
 * @returns the refund's id.
 * @throws NotFound, OrderNotPaid, RefundTooMuch, Invalid
 */
export async function requestRefund(ctx: TxCtx, orderId: string, input: Wish): Promise<string> {
  const order = await lockOrder(ctx, orderId)
  if (order.status === 'pending' || order.status === 'cancelled') throw new OrderNotPaid()
  const currency = asCurrency(order.currency)
  const named = [input.amount, ...(input.lines ?? []).map((line) => line.amount)]
  if (named.some((money) => money !== undefined && money.currency !== currency))
    throw new Conflict('currency-mismatch', { currency })
  const divided = divideRefund(await refundableLines(ctx, orderId), toWish(input))
  if ('refused' in divided) {
    if (divided.refused === 'unknown-line') throw new NotFound()
    throw tooMuch(ctx, divided.leftMinor, currency)
  }
  if (order.paymentId === null) throw tooMuch(ctx, 0n, currency)
  const id = ctx.ids.next()
  await writeRefund(ctx, {
    id,
    orderId,
    paymentId: order.paymentId,
    currency,
    shares: divided,
    reason: input.reason,
    restock: input.restock,
  })
  await audit(ctx, {
    action: 'order.refund',
    subjectKind: 'order',
    subjectId: orderId,
    after: { refundId: id, currency, shares: divided, restock: input.restock },
  })
  return id
}

function tooMuch({ locale }: TxCtx, leftMinor: bigint, currency: CurrencyCode): RefundTooMuch {
  const left = formatMoney({ amountMinor: leftMinor, currency }, locale)
  return new RefundTooMuch({ leftAmount: leftMinor.toString(), currency, left })
}

/** Locks the order first and reads what depends on it afterwards, so that the lines are those of after the wait. */
async function lockOrder(ctx: TxCtx, orderId: string): Promise<OrderHead> {
  await rows(
    ctx,
    sql`SELECT id FROM orders WHERE workspace_id = ${ctx.workspaceId} AND id = ${orderId} FOR UPDATE`,
  )
  const [order] = await rows<OrderHead>(
    ctx,
    sql`SELECT o.status, o.currency, (
          SELECT p.id FROM payments p
          WHERE p.workspace_id = o.workspace_id AND p.order_id = o.id AND p.status = 'captured'
            AND NOT EXISTS (SELECT FROM refunds r WHERE r.workspace_id = p.workspace_id AND r.order_id = p.order_id
              AND r.payment_id = p.id AND r.kind = 'surplus')
          ORDER BY p.captured_at LIMIT 1) AS "paymentId"
        FROM orders o WHERE o.workspace_id = ${ctx.workspaceId} AND o.id = ${orderId}`,
  )
  if (order === undefined) throw new NotFound()
  return order
}

async function refundableLines(ctx: TxCtx, orderId: string): Promise<RefundableLine[]> {
  return rows<RefundableLine>(
    ctx,
    sql`SELECT line, total_minor AS "totalMinor", tax_minor AS "taxMinor", refunded_minor AS "refundedMinor",
          refunded_tax_minor AS "refundedTaxMinor"
        FROM order_lines WHERE workspace_id = ${ctx.workspaceId} AND order_id = ${orderId} ORDER BY line`,
  )
}

function toWish({ amount, lines }: Wish): RefundWish {
  if (amount !== undefined) return { kind: 'amount', amountMinor: BigInt(amount.amount) }
  if (lines === undefined) return { kind: 'all' }
  return {
    kind: 'lines',
    lines: lines.map((line) => ({
      line: line.line,
      amountMinor: line.amount === undefined ? undefined : BigInt(line.amount.amount),
    })),
  }
}

type NewRefund = {
  id: string
  orderId: string
  paymentId: string
  currency: string
  shares: readonly RefundShare[]
  reason: string
  restock: boolean
}

async function writeRefund(ctx: TxCtx, refund: NewRefund): Promise<void> {
  const ws = ctx.workspaceId
  const now = ctx.clock.now()
  const { id, orderId, paymentId, shares } = refund
  const net = shares.reduce((sum, share) => sum + share.netMinor, 0n)
  const tax = shares.reduce((sum, share) => sum + share.taxMinor, 0n)
  const taken = JSON.stringify(
    shares.map((share) => ({
      line: share.line,
      net: share.netMinor.toString(),
      tax: share.taxMinor.toString(),
    })),
  )
  await rows(
    ctx,
    sql`WITH share AS (
        SELECT * FROM jsonb_to_recordset(${taken}::jsonb) AS s (line int, net bigint, tax bigint)
      ), written AS (
        INSERT INTO refunds (workspace_id, id, order_id, payment_id, kind, status, currency, net_minor, tax_minor,
          total_minor, reason, restock, created_at, check_at)
        VALUES (${ws}, ${id}, ${orderId}, ${paymentId}, 'order', 'pending', ${refund.currency}, ${net}, ${tax},
          ${net + tax}, ${refund.reason}, ${refund.restock}, ${now}, ${nextCheckAt(now, now)})
      ), divided AS (
        INSERT INTO refund_lines (workspace_id, refund_id, line, net_minor, tax_minor)
        SELECT ${ws}, ${id}, line, net, tax FROM share
      ), of_lines AS (
        UPDATE order_lines l SET refunded_minor = l.refunded_minor + share.net + share.tax,
          refunded_tax_minor = l.refunded_tax_minor + share.tax
        FROM share WHERE l.workspace_id = ${ws} AND l.order_id = ${orderId} AND l.line = share.line
      ), of_payment AS (
        UPDATE payments SET refunded_minor = refunded_minor + ${net + tax}, updated_at = ${now}
        WHERE workspace_id = ${ws} AND id = ${paymentId}
      )
      UPDATE orders SET refunded_minor = refunded_minor + ${net + tax}
      WHERE workspace_id = ${ws} AND id = ${orderId}`,
  )
}
