import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** Limits how many copies there are in all, sold ones included; null lifts the limit and forgets the count. */
export async function writeStock(ctx: TxCtx, productId: string, limit: number | null): Promise<void> {
  if (limit === null) {
    await rows(
      ctx,
      sql`DELETE FROM product_stock WHERE workspace_id = ${ctx.workspaceId} AND product_id = ${productId}`,
    )
    return
  }
  await rows(
    ctx,
    sql`INSERT INTO product_stock (workspace_id, product_id, stock_limit, counted_from)
        VALUES (${ctx.workspaceId}, ${productId}, ${limit}, ${ctx.clock.now()})
        ON CONFLICT (workspace_id, product_id) DO UPDATE SET stock_limit = excluded.stock_limit`,
  )
}
