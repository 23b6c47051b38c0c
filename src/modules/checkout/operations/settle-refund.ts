import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { mustPost } from '../../ledger/index.ts'
import { orderRefunded } from '../events.ts'
import type { RefundOutcome } from '../providers/port.ts'
import { refundPostings, surplusPostings, type SalePosting } from '../rules/sale-entry.ts'
import type { RefundRow } from './read-refund.ts'

/** A refund that the provider has decided on. */
export type DecidedRefund = RefundRow & { provider: string }

type Share = { line: number; productId: string; netMinor: bigint; taxMinor: bigint; whole: boolean }

/**
 * Books the provider's final answer to a refund: done, with its journal entry and `order.refunded`; or failed, and what
 * it had taken of lines, order and payment is theirs again. Locks the order, then the refund; a refund that is no longer
 * pending is left as it is.
 */
export async function settleRefund(
  ctx: TxCtx,
  refund: DecidedRefund,
  outcome: Exclude<RefundOutcome, { status: 'pending' }>,
): Promise<void> {
  await rows(
    ctx,
    sql`SELECT id FROM orders WHERE workspace_id = ${ctx.workspaceId} AND id = ${refund.orderId} FOR UPDATE`,
  )
  const changed = await rows(
    ctx,
    sql`UPDATE refunds
        SET status = ${outcome.status}, done_at = ${outcome.status === 'done' ? ctx.clock.now() : null}::timestamptz,
          provider_reference = ${outcome.status === 'done' ? outcome.reference : null}::text,
          failed_reason = ${outcome.status === 'failed' ? outcome.reason : null}::text, check_at = NULL
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${refund.id} AND status = 'pending' RETURNING id`,
  )
  if (changed.length === 0) return
  if (outcome.status === 'failed') return giveBack(ctx, refund)
  if (refund.kind === 'surplus') return postSurplus(ctx, refund)
  return complete(ctx, refund)
}

async function complete(ctx: TxCtx, refund: DecidedRefund): Promise<void> {
  const now = ctx.clock.now()
  const shares = await readShares(ctx, refund)
  const [order] = await rows<{ status: string }>(
    ctx,
    sql`UPDATE orders o SET status = CASE WHEN o.refunded_minor - coalesce((
            SELECT sum(r.total_minor) FROM refunds r WHERE r.workspace_id = o.workspace_id AND r.order_id = o.id
              AND r.kind = 'order' AND r.status = 'pending'), 0) = o.total_minor
          THEN 'refunded' ELSE 'partially-refunded' END
        WHERE o.workspace_id = ${ctx.workspaceId} AND o.id = ${refund.orderId} RETURNING o.status`,
  )
  await publish(ctx, orderRefunded, {
    orderId: refund.orderId,
    refundId: refund.id,
    whole: order?.status === 'refunded',
    refundedAt: now.toISOString(),
    lines: shares.map(({ line, netMinor, taxMinor, whole }) => ({
      line,
      totalMinor: (netMinor + taxMinor).toString(),
      whole,
    })),
  })
  await post(ctx, refund, {
    kind: 'refund',
    postings: refundPostings(refund.provider, refund.currency, shares),
  })
}

/** What the refund took of each line, and whether nothing of the line is left that was not given back. */
async function readShares(ctx: TxCtx, refund: DecidedRefund): Promise<Share[]> {
  return rows<Share>(
    ctx,
    sql`SELECT s.line, l.product_id AS "productId", s.net_minor AS "netMinor", s.tax_minor AS "taxMinor",
          l.total_minor = (
            SELECT sum(d.net_minor + d.tax_minor) FROM refund_lines d
            JOIN refunds r ON r.workspace_id = d.workspace_id AND r.id = d.refund_id
            WHERE d.workspace_id = s.workspace_id AND r.order_id = l.order_id AND r.status = 'done' AND d.line = s.line
          ) AS whole
        FROM refund_lines s
        JOIN order_lines l ON l.workspace_id = s.workspace_id AND l.order_id = ${refund.orderId} AND l.line = s.line
        WHERE s.workspace_id = ${ctx.workspaceId} AND s.refund_id = ${refund.id} ORDER BY s.line`,
  )
}

async function postSurplus(ctx: TxCtx, refund: DecidedRefund): Promise<void> {
  const postings = surplusPostings(refund.provider, refund.currency, -refund.totalMinor)
  await post(ctx, refund, { kind: 'surplus-refund', postings })
}

async function post(
  ctx: TxCtx,
  refund: DecidedRefund,
  entry: { kind: string; postings: SalePosting[] },
): Promise<void> {
  await mustPost(ctx, [
    {
      key: `refund/${refund.id}`,
      kind: entry.kind,
      effectiveAt: ctx.clock.now(),
      source: { kind: 'order', id: refund.orderId },
      postings: entry.postings,
    },
  ])
}

async function giveBack(ctx: TxCtx, refund: DecidedRefund): Promise<void> {
  const ws = ctx.workspaceId
  const ofOrder = refund.kind === 'order' ? refund.totalMinor : 0n
  await rows(
    ctx,
    sql`WITH of_lines AS (
        UPDATE order_lines l SET refunded_minor = l.refunded_minor - s.net_minor - s.tax_minor,
          refunded_tax_minor = l.refunded_tax_minor - s.tax_minor
        FROM refund_lines s WHERE l.workspace_id = ${ws} AND l.order_id = ${refund.orderId}
          AND s.workspace_id = ${ws} AND s.refund_id = ${refund.id} AND s.line = l.line
      ), of_payment AS (
        UPDATE payments SET refunded_minor = refunded_minor - ${refund.totalMinor}, updated_at = ${ctx.clock.now()}
        WHERE workspace_id = ${ws} AND id = ${refund.paymentId}
      )
      UPDATE orders SET refunded_minor = refunded_minor - ${ofOrder} WHERE workspace_id = ${ws} AND id = ${refund.orderId}`,
  )
}
