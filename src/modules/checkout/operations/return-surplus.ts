import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { mustPost } from '../../ledger/index.ts'
import { nextCheckAt } from '../rules/payment-state.ts'
import { surplusPostings } from '../rules/sale-entry.ts'
import { finishRefundJob } from './finish-refund.ts'
import type { LockedPayment } from './lock-payment.ts'

/** Takes money that can become no sale as owed to the buyer, and sends it back by a job. */
export async function returnSurplus(ctx: TxCtx, { payment, order }: LockedPayment): Promise<void> {
  const ws = ctx.workspaceId
  const now = ctx.clock.now()
  const refundId = ctx.ids.next()
  await rows(
    ctx,
    sql`WITH captured AS (
        UPDATE payments SET status = 'captured', captured_at = ${now}, updated_at = ${now}, check_at = NULL,
          refunded_minor = amount_minor
        WHERE workspace_id = ${ws} AND id = ${payment.id})
      INSERT INTO refunds (workspace_id, id, order_id, payment_id, kind, status, currency, net_minor, tax_minor,
        total_minor, reason, created_at, check_at)
      VALUES (${ws}, ${refundId}, ${order.id}, ${payment.id}, 'surplus', 'pending', ${payment.currency},
        ${payment.amountMinor}, 0, ${payment.amountMinor}, ${order.status === 'cancelled' ? 'late' : 'paid-twice'},
        ${now}, ${nextCheckAt(now, now)})`,
  )
  await enqueue(ctx, finishRefundJob, { refundId })
  await mustPost(ctx, [
    {
      key: `surplus/${payment.id}`,
      kind: 'surplus-payment',
      effectiveAt: now,
      source: { kind: 'order', id: order.id },
      postings: surplusPostings(payment.provider, payment.currency, payment.amountMinor),
    },
  ])
}
