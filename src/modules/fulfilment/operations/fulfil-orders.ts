import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { OrderPaid } from '../../checkout/index.ts'
import { getProductKind } from '../kinds/index.ts'
import type { Grant } from '../kinds/kind.ts'

type Granted = {
  id: string
  order_id: string
  line: number
  product_id: string
  kind: string
  quantity: number
}

/**
 * Grants what paid orders bought, all of a batch in one transaction. A line is granted once, however often the event is
 * read.
 */
export async function fulfilOrders(ctx: Ctx, orders: readonly OrderPaid[]): Promise<void> {
  const lines = orders.flatMap(({ orderId, lines: sold }) => sold.map((line) => ({ ...line, orderId })))
  if (lines.length === 0) return
  await transaction(ctx, async (tx) => {
    const granted = await rows<Granted>(
      tx,
      sql`INSERT INTO entitlements (workspace_id, id, order_id, line, product_id, kind, quantity, state, granted_at)
          SELECT ${tx.workspaceId}, id, order_id, line, product_id, kind, quantity, '{}'::jsonb, ${ctx.clock.now()}
          FROM unnest(
            ${sql.param(lines.map(() => ctx.ids.next()))}::uuid[], ${sql.param(lines.map(({ orderId }) => orderId))}::uuid[],
            ${sql.param(lines.map(({ line }) => line))}::int[], ${sql.param(lines.map(({ productId }) => productId))}::uuid[],
            ${sql.param(lines.map(({ kind }) => kind))}::text[], ${sql.param(lines.map(({ quantity }) => quantity))}::int[]
          ) AS bought (id, order_id, line, product_id, kind, quantity)
          ON CONFLICT (workspace_id, order_id, line, kind) DO NOTHING
          RETURNING id, order_id, line, product_id, kind, quantity`,
    )
    await deliver(tx, granted)
  })
}

async function deliver(ctx: TxCtx, granted: readonly Granted[]): Promise<void> {
  for (const [kind, ofKind] of Map.groupBy(granted, (one) => one.kind)) {
    const grants: Grant[] = ofKind.map((one) => ({
      entitlementId: one.id,
      orderId: one.order_id,
      line: one.line,
      productId: one.product_id,
      quantity: one.quantity,
    }))
    await getProductKind(kind).deliver(ctx, grants)
  }
}
