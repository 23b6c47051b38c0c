import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { touchStore } from './touch-store.ts'

/** The products whose page says how many copies were sold. */
export async function productsThatTellSold(ctx: TxCtx): Promise<string[]> {
  const found = await rows<{ id: string }>(
    ctx,
    sql`SELECT id FROM products WHERE workspace_id = ${ctx.workspaceId} AND shows_sold AND archived_at IS NULL`,
  )
  return found.map(({ id }) => id)
}

/** Writes down how many copies were sold; pages are made anew where that is another number than before. */
export async function recordSold(
  ctx: TxCtx,
  counts: readonly { productId: string; sold: number }[],
): Promise<void> {
  const changed = await rows(
    ctx,
    sql`UPDATE products p SET copies_sold = c.sold
        FROM unnest(${sql.param(counts.map(({ productId }) => productId))}::uuid[],
          ${sql.param(counts.map(({ sold }) => sold))}::bigint[]) AS c (id, sold)
        WHERE p.workspace_id = ${ctx.workspaceId} AND p.id = c.id AND p.copies_sold <> c.sold RETURNING p.id`,
  )
  if (changed.length > 0) await touchStore(ctx)
}
