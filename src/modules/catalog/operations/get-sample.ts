import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'

/** A file that anybody may have. */
export type Sample = { name: string; storageKey: string; sizeBytes: bigint }

/** The sample of a product that is on sale; undefined of any other. For anybody. */
export async function getSample(ctx: Ctx, productId: string): Promise<Sample | undefined> {
  const [sample] = await statement<Sample>(
    ctx,
    sql`SELECT f.name, f.storage_key AS "storageKey", f.size_bytes AS "sizeBytes" FROM products p
        JOIN files f ON f.workspace_id = p.workspace_id AND f.id = p.sample_file_id
        WHERE p.workspace_id = ${ctx.workspaceId} AND p.id = ${productId}
          AND p.published_at IS NOT NULL AND p.archived_at IS NULL AND f.completed_at IS NOT NULL`,
  )
  return sample
}
