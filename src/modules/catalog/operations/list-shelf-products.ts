import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { ShelfProduct } from '../schema.ts'
import { shelfColumns, toShelfProduct, type ShelfRow } from './read-shelf.ts'

/** What a shelf would show of these products, those that are not on sale left out; no order is promised. For anybody. */
export async function listShelfProducts(ctx: Ctx, ids: readonly string[]): Promise<ShelfProduct[]> {
  if (ids.length === 0) return []
  return transaction(ctx, async (tx) => {
    const found = await rows<ShelfRow>(
      tx,
      sql`SELECT ${shelfColumns} FROM products p JOIN stores st ON st.workspace_id = p.workspace_id
          WHERE p.workspace_id = ${tx.workspaceId} AND p.id = ANY (${sql.param(ids)}::uuid[])
            AND p.published_at IS NOT NULL AND p.archived_at IS NULL`,
    )
    return found.map((row) => toShelfProduct(row, tx.workspaceId))
  })
}
