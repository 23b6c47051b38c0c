import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { OrderRefunded } from '../../checkout/index.ts'
import { getProductKind } from '../kinds/index.ts'

type Revoked = { id: string; kind: string }

/**
 * Withdraws the rights to lines of which nothing is left unrefunded. The refund's event may be read before the sale's:
 * then this throws, and the queue reads it again after the sale's.
 */
export async function revokeRefunded(ctx: Ctx, refunds: readonly OrderRefunded[]): Promise<void> {
  const lines = refunds.flatMap(({ orderId, lines: given }) =>
    given.filter(({ whole }) => whole).map(({ line }) => ({ orderId, line })),
  )
  if (lines.length === 0) return
  await transaction(ctx, async (tx) => {
    const orderIds = sql.param(lines.map(({ orderId }) => orderId))
    const numbers = sql.param(lines.map(({ line }) => line))
    const missing = await rows(
      tx,
      sql`SELECT g.order_id FROM unnest(${orderIds}::uuid[], ${numbers}::int[]) AS g (order_id, line)
          WHERE NOT EXISTS (SELECT FROM entitlements e
            WHERE e.workspace_id = ${tx.workspaceId} AND e.order_id = g.order_id AND e.line = g.line)`,
    )
    if (missing.length > 0) throw new Error('a refunded line has no entitlement yet')
    const revoked = await rows<Revoked>(
      tx,
      sql`UPDATE entitlements e SET revoked_at = ${ctx.clock.now()}, revoked_reason = 'refund'
          FROM unnest(${orderIds}::uuid[], ${numbers}::int[]) AS g (order_id, line)
          WHERE e.workspace_id = ${tx.workspaceId} AND e.order_id = g.order_id AND e.line = g.line AND e.revoked_at IS NULL
          RETURNING e.id, e.kind`,
    )
    for (const [kind, ofKind] of Map.groupBy(revoked, (one) => one.kind)) {
      await getProductKind(kind).revoke(
        tx,
        ofKind.map(({ id }) => id),
      )
    }
  })
}
