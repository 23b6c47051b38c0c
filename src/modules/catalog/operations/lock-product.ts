import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { ProductArchived } from '../errors.ts'

/** What a change of a product has to know before it is made. */
export type LockedProduct = {
  id: string
  kind: string
  slug: string
  shortSlug: string | null
  published: boolean
  currencies: string[]
}

/**
 * Locks a product for a change; two changes of one product come one after the other.
 * @throws NotFound, ProductArchived
 */
export async function lockProduct(ctx: TxCtx, productId: string): Promise<LockedProduct> {
  const [product] = await rows<LockedProduct & { archived: boolean }>(
    ctx,
    sql`SELECT p.id, p.kind, p.slug, p.short_slug AS "shortSlug", p.published_at IS NOT NULL AS published,
          p.archived_at IS NOT NULL AS archived, st.currencies
        FROM products p JOIN stores st ON st.workspace_id = p.workspace_id
        WHERE p.workspace_id = ${ctx.workspaceId} AND p.id = ${productId} FOR UPDATE OF p`,
  )
  if (product === undefined) throw new NotFound()
  if (product.archived) throw new ProductArchived()
  return product
}
