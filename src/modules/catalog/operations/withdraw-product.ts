import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { audit } from '../../workspaces/index.ts'
import { productUnpublished } from '../events.ts'
import type { Product } from '../schema.ts'
import { lockProduct } from './lock-product.ts'
import { readProduct } from './read-product.ts'
import { touchStore } from './touch-store.ts'
import { showWords } from './write-words.ts'

/** Takes a product off sale; those who bought it keep what they have. @throws NotFound, ProductArchived */
export async function unpublishProduct(ctx: Ctx, productId: string): Promise<Product> {
  return withdraw(ctx, productId, 'unpublish')
}

/**
 * Takes a product off sale and out of every list for good; those who bought it keep what they have, and its names are
 * free for others.
 * @throws NotFound, ProductArchived
 */
export async function archiveProduct(ctx: Ctx, productId: string): Promise<Product> {
  return withdraw(ctx, productId, 'archive')
}

async function withdraw(ctx: Ctx, productId: string, how: 'unpublish' | 'archive'): Promise<Product> {
  authorise(ctx, 'products:write')
  return transaction(ctx, async (tx) => {
    const { published } = await lockProduct(tx, productId)
    const now = ctx.clock.now()
    await rows(
      tx,
      sql`UPDATE products SET published_at = NULL, archived_at = ${how === 'archive' ? now : null}, updated_at = ${now}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${productId}`,
    )
    if (how === 'archive')
      await rows(
        tx,
        sql`UPDATE product_slugs SET current = false
            WHERE workspace_id = ${tx.workspaceId} AND product_id = ${productId}`,
      )
    await showWords(tx, productId, false)
    if (published) await touchStore(tx)
    await audit(tx, {
      action: `product.${how}`,
      subjectKind: 'product',
      subjectId: productId,
      before: { published },
      after: { published: false },
    })
    const product = await readProduct(tx, productId)
    if (published) {
      const { kind, title } = product
      const unpublishedAt = now.toISOString()
      await publish(tx, productUnpublished, {
        productId,
        kind,
        title,
        archived: how === 'archive',
        unpublishedAt,
      })
    }
    return product
  })
}
