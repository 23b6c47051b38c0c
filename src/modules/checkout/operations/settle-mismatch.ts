import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { once } from '../../../platform/http/idempotency.ts'
import { isCurrencyCode } from '../../../shared/currencies.ts'
import { mustPost } from '../../ledger/index.ts'
import { audit } from '../../workspaces/index.ts'
import { PaymentNotInQuestion } from '../errors.ts'
import { nextCheckAt } from '../rules/payment-state.ts'
import { surplusPostings } from '../rules/sale-entry.ts'
import { settleMismatchSchema, type ObservedMoney, type SettleMismatch } from '../schema.ts'
import { finishRefund } from './finish-refund.ts'

/** Which payment of which order, and the caller's key for the wish. */
export type SettlePlace = { orderId: string; paymentId: string; idempotencyKey: string }

type Question = {
  provider: string
  open: boolean
  observed: ObservedMoney | null
  /** Whether the money was booked as owed by an attempt to give it back that failed. */
  booked: boolean
}

/**
 * Ends a question that a payment of another amount has raised: `return` books what the provider holds as owed to the buyer
 * and gives it back there; `note` says what a person did about it elsewhere. The order stays unpaid either way, and the buyer
 * may pay it anew. Should the provider refuse to give it back, the question is open again.
 * @throws NotFound, PaymentNotInQuestion if it is settled, or if nothing is held that could go back
 */
export async function settleMismatch(ctx: Ctx, place: SettlePlace, input: SettleMismatch): Promise<void> {
  authorise(ctx, 'orders:refund')
  const wish = settleMismatchSchema.parse(input)
  const request = { scope: `mismatch/${place.paymentId}`, key: place.idempotencyKey, request: wish }
  const { refundId } = await once(ctx, request, (tx) => settle(tx, place, wish))
  if (refundId === null) return
  await finishRefund(ctx, refundId).catch((error: unknown) =>
    ctx.log.warn({ err: error, refundId }, 'refund is not finished yet'),
  )
}

async function settle(
  ctx: TxCtx,
  { orderId, paymentId }: SettlePlace,
  { action, note }: ReturnType<typeof settleMismatchSchema.parse>,
): Promise<{ refundId: string | null }> {
  const question = await lockQuestion(ctx, orderId, paymentId)
  if (!question.open) throw new PaymentNotInQuestion()
  const refundId = action === 'return' ? await giveBack(ctx, { orderId, paymentId, question, note }) : null
  await rows(
    ctx,
    sql`UPDATE payments SET problem_settled_at = ${ctx.clock.now()}, problem_note = ${note},
          status = 'cancelled', check_at = NULL
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${paymentId}`,
  )
  await audit(ctx, {
    action: 'order.settle-mismatch',
    subjectKind: 'order',
    subjectId: orderId,
    after: { paymentId, action, note, refundId, observed: question.observed },
  })
  return { refundId }
}

async function lockQuestion(ctx: TxCtx, orderId: string, paymentId: string): Promise<Question> {
  const ws = ctx.workspaceId
  await rows(ctx, sql`SELECT id FROM orders WHERE workspace_id = ${ws} AND id = ${orderId} FOR UPDATE`)
  const [question] = await rows<Question>(
    ctx,
    sql`SELECT p.provider, p.observed,
          coalesce(p.problem = 'mismatch', false) AND p.problem_settled_at IS NULL AND p.status <> 'captured' AS open,
          EXISTS (SELECT FROM refunds r WHERE r.workspace_id = p.workspace_id AND r.order_id = p.order_id
            AND r.payment_id = p.id AND r.kind = 'mismatch') AS booked
        FROM payments p WHERE p.workspace_id = ${ws} AND p.id = ${paymentId} AND p.order_id = ${orderId} FOR UPDATE`,
  )
  if (question === undefined) throw new NotFound()
  return question
}

type Returned = { orderId: string; paymentId: string; question: Question; note: string }

async function giveBack(ctx: TxCtx, { orderId, paymentId, question, note }: Returned): Promise<string> {
  const { observed, provider, booked } = question
  if (observed?.status !== 'paid' || !isCurrencyCode(observed.currency)) throw new PaymentNotInQuestion()
  const { currency } = observed
  const amountMinor = BigInt(observed.amount)
  const refundId = ctx.ids.next()
  const now = ctx.clock.now()
  await rows(
    ctx,
    sql`INSERT INTO refunds (workspace_id, id, order_id, payment_id, kind, status, currency, net_minor, tax_minor,
          total_minor, reason, created_at, check_at)
        VALUES (${ctx.workspaceId}, ${refundId}, ${orderId}, ${paymentId}, 'mismatch', 'pending', ${currency},
          ${amountMinor}, 0, ${amountMinor}, ${note}, ${now}, ${nextCheckAt(now, now)})`,
  )
  if (booked) return refundId
  await mustPost(ctx, [
    {
      key: `mismatch/${paymentId}`,
      kind: 'surplus-payment',
      effectiveAt: now,
      source: { kind: 'order', id: orderId },
      postings: surplusPostings(provider, currency, amountMinor),
    },
  ])
  return refundId
}
