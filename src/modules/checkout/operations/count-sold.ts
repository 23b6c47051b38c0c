import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { productsThatTellSold, recordSold } from '../../catalog/index.ts'
import { listStoreDirectory } from '../../workspaces/index.ts'

const MOST_STORES = 100_000

/**
 * Counts the copies that were sold and not given back whole, of the products whose page says it. Every sale would have to wait for
 * every other if each counted itself.
 */
export async function countSold(ctx: Ctx): Promise<void> {
  for (const { workspaceId } of await listStoreDirectory(ctx, MOST_STORES))
    await countSoldInStore({ ...ctx, workspaceId })
}

/** See countSold: in the store of the context's workspace. */
export async function countSoldInStore(ctx: Ctx): Promise<void> {
  await transaction(ctx, async (tx) => {
    const ids = await productsThatTellSold(tx)
    if (ids.length === 0) return
    const counted = await rows<{ productId: string; sold: bigint }>(
      tx,
      sql`SELECT l.product_id AS "productId", sum(l.quantity) AS sold FROM order_lines l
          JOIN orders o ON o.workspace_id = l.workspace_id AND o.id = l.order_id
          WHERE l.workspace_id = ${tx.workspaceId} AND l.product_id = ANY (${sql.param(ids)}::uuid[])
            AND o.status IN ('paid', 'partially-refunded')
            AND (l.total_minor = 0 OR l.refunded_minor < l.total_minor)
          GROUP BY l.product_id`,
    )
    const soldOf = new Map(counted.map(({ productId, sold }) => [productId, Number(sold)]))
    await recordSold(
      tx,
      ids.map((productId) => ({ productId, sold: soldOf.get(productId) ?? 0 })),
    )
  })
}
