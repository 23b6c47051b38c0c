import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { slugKey } from '../../../shared/slug.ts'

/** Whether a product that is not sold any more went by the slug; says nothing of drafts. For anybody. */
export async function isWithdrawn(ctx: Ctx, slug: string): Promise<boolean> {
  const found = await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`SELECT true FROM product_slugs ps
          JOIN products p ON p.workspace_id = ps.workspace_id AND p.id = ps.product_id
          WHERE ps.workspace_id = ${tx.workspaceId} AND ps.slug_key = ${slugKey(slug)} AND p.archived_at IS NOT NULL`,
    ),
  )
  return found.length > 0
}
