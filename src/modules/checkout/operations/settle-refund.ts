import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { returnStock, type StockItem } from '../../catalog/index.ts'
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
  return refund.kind === 'order' ? complete(ctx, refund) : postSurplus(ctx, refund)
}

async function complete(ctx: TxCtx, refund: DecidedRefund): Promise<void> {
  const shares = await readShares(ctx, refund)
  const [order] = await rows<{ status: string; paidAt: Date | null }>(
    ctx,
    sql`UPDATE orders o SET status = CASE WHEN o.refunded_minor - coalesce((
            SELECT sum(r.total_minor) FROM refunds r WHERE r.workspace_id = o.workspace_id AND r.order_id = o.id
              AND r.kind = 'order' AND r.status = 'pending'), 0) = o.total_minor
          THEN 'refunded' ELSE 'partially-refunded' END
        WHERE o.workspace_id = ${ctx.workspaceId} AND o.id = ${refund.orderId} RETURNING o.status, o.paid_at AS "paidAt"`,
  )
  const whole = order?.status === 'refunded'
  // A line that cost nothing has nothing to be given back, but ends with the order that it was a part of.
  const ended = whole ? [...shares, ...(await freeLines(ctx, refund))] : shares
  await publish(ctx, orderRefunded, {
    orderId: refund.orderId,
    refundId: refund.id,
    currency: refund.currency,
    whole,
    refundedAt: ctx.clock.now().toISOString(),
    lines: ended.map(({ line, netMinor, taxMinor, whole: nothingLeft }) => ({
      line,
      totalMinor: (netMinor + taxMinor).toString(),
      whole: nothingLeft,
    })),
  })
  if (refund.restock && order !== undefined && order.paidAt !== null)
    await restock(ctx, refund, { lines: ended, soldAt: order.paidAt })
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

async function freeLines(ctx: TxCtx, { orderId }: DecidedRefund): Promise<Share[]> {
  return rows<Share>(
    ctx,
    sql`SELECT line, product_id AS "productId", 0::bigint AS "netMinor", 0::bigint AS "taxMinor", true AS whole
        FROM order_lines WHERE workspace_id = ${ctx.workspaceId} AND order_id = ${orderId} AND total_minor = 0
        ORDER BY line`,
  )
}

/** Lets the copies of lines that were given back whole be sold again, once: such a line holds none from then on. */
async function restock(
  ctx: TxCtx,
  { orderId }: DecidedRefund,
  { lines, soldAt }: { lines: readonly Share[]; soldAt: Date },
): Promise<void> {
  const whole = lines.filter((line) => line.whole).map(({ line }) => line)
  if (whole.length === 0) return
  const given = await rows<StockItem>(
    ctx,
    sql`UPDATE order_lines SET stocked = false
        WHERE workspace_id = ${ctx.workspaceId} AND order_id = ${orderId} AND line = ANY (${sql.param(whole)}::int[]) AND stocked
        RETURNING product_id AS "productId", quantity`,
  )
  if (given.length > 0) await returnStock(ctx, given, soldAt)
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
  if (refund.kind === 'mismatch') return reopenQuestion(ctx, refund)
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

/** The provider would not give the money back, so a person has to look again. */
async function reopenQuestion(ctx: TxCtx, { paymentId }: DecidedRefund): Promise<void> {
  await rows(
    ctx,
    sql`UPDATE payments SET problem_settled_at = NULL WHERE workspace_id = ${ctx.workspaceId} AND id = ${paymentId}`,
  )
}
