import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert, NotFound } from '../../../platform/errors.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'
import { asCurrency } from '../../catalog/index.ts'
import { getProvider } from '../providers/index.ts'
import type { RefundOutcome } from '../providers/port.ts'
import { nextCheckAt } from '../rules/payment-state.ts'
import { REFUND_COLUMNS, type RefundRow } from './read-refund.ts'
import { settleRefund } from './settle-refund.ts'

type Pending = RefundRow & { provider: string; reference: string | null }

/**
 * Brings a refund that was written down to its end: the provider is asked outside any transaction with the refund's id
 * as the key, so asking again after a crash gives back nothing twice; then its answer is booked. Done or failed ones
 * are left as they are.
 * @throws NotFound, ProviderUnavailable
 */
export async function finishRefund(ctx: Ctx, id: string): Promise<void> {
  const refund = await transaction(ctx, (tx) => findRefund(tx, id))
  if (refund === undefined) throw new NotFound()
  if (refund.status !== 'pending') return
  assert(refund.reference !== null, 'a captured payment has a reference')
  const outcome = await getProvider(refund.provider).refund(ctx, {
    key: refund.id,
    reference: refund.reference,
    money: { amountMinor: refund.totalMinor, currency: asCurrency(refund.currency) },
  })
  await transaction(ctx, (tx) => book(tx, refund, outcome))
}

/** Finishes refunds that nobody waits for. */
export const finishRefundJob = defineJob({
  name: 'finish-refund',
  schema: z.object({ refundId: z.uuid() }),
  handler: async (ctx, inputs) => {
    for (const { refundId } of inputs) await finishRefund(ctx, refundId)
  },
})

async function findRefund(ctx: TxCtx, id: string): Promise<Pending | undefined> {
  const [refund] = await rows<Pending>(
    ctx,
    sql`SELECT ${REFUND_COLUMNS}, p.provider, p.provider_reference AS reference
        FROM refunds r JOIN payments p ON p.workspace_id = r.workspace_id AND p.id = r.payment_id
        WHERE r.workspace_id = ${ctx.workspaceId} AND r.id = ${id}`,
  )
  return refund
}

async function book(ctx: TxCtx, refund: Pending, outcome: RefundOutcome): Promise<void> {
  if (outcome.status !== 'pending') return settleRefund(ctx, refund, outcome)
  await rows(
    ctx,
    sql`UPDATE refunds SET provider_reference = ${outcome.reference},
          check_at = ${nextCheckAt(refund.createdAt, ctx.clock.now())}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${refund.id} AND status = 'pending'`,
  )
}
