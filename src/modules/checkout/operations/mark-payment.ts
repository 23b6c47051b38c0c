import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { write } from '../../../platform/database/transaction.ts'
import { nextCheckAt, type ObservedPayment, type PaymentVerdict } from '../rules/payment-state.ts'
import type { ObservedMoney } from '../schema.ts'
import type { LockedPayment } from './lock-payment.ts'

const SETTLEMENT_HOLD_MS = 7 * 24 * 3_600_000

/** What was decided about a payment that brought no money, and what it was decided on. */
export type Marked = { verdict: Exclude<PaymentVerdict, 'capture' | 'ignore'>; observed: ObservedPayment }

/** Writes down that a payment was declined, cancelled, is being settled, is still open, or does not match. */
export function markPayment(ctx: TxCtx, locked: LockedPayment, marked: Marked): void {
  const { payment } = locked
  const now = ctx.clock.now()
  switch (marked.verdict) {
    case 'wait':
      return update(ctx, payment.id, sql`check_at = ${nextCheckAt(payment.createdAt, now)}`)
    case 'process':
      return startSettlement(ctx, locked, marked.observed)
    case 'decline':
      return update(
        ctx,
        payment.id,
        sql`status = 'declined', check_at = NULL, decline_reason = ${marked.observed.declineReason ?? ''}`,
      )
    case 'cancel':
      return update(ctx, payment.id, sql`status = 'cancelled', check_at = NULL`)
    case 'mismatch':
      ctx.log.error({ paymentId: payment.id, provider: payment.provider }, 'payment does not match its order')
      return raiseQuestion(ctx, payment.id, marked.observed)
  }
}

/** What is said again after a person has settled it stays settled. */
function raiseQuestion(ctx: TxCtx, id: string, { status, amountMinor, currency }: ObservedPayment): void {
  const observed: ObservedMoney = { status, amount: amountMinor.toString(), currency }
  const said = sql`${JSON.stringify(observed)}::jsonb`
  update(
    ctx,
    id,
    sql`problem = 'mismatch', check_at = NULL, observed = ${said},
        problem_settled_at = CASE WHEN observed = ${said} THEN problem_settled_at END`,
  )
}

/** The money is under way: the order keeps its stock as long as that may take. */
function startSettlement(
  ctx: TxCtx,
  { payment, order }: LockedPayment,
  { settlesAt }: ObservedPayment,
): void {
  const now = ctx.clock.now()
  const checkAt = settlesAt ?? nextCheckAt(payment.createdAt, now)
  update(ctx, payment.id, sql`status = 'processing', check_at = ${checkAt}`)
  write(
    ctx,
    sql`UPDATE orders SET expires_at = ${new Date(now.getTime() + SETTLEMENT_HOLD_MS)}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${order.id} AND status = 'pending'`,
  )
}

function update(ctx: TxCtx, id: string, change: ReturnType<typeof sql>): void {
  write(
    ctx,
    sql`UPDATE payments SET ${change}, updated_at = ${ctx.clock.now()}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
}
