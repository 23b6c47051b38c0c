import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { audit } from '../../workspaces/index.ts'
import { NotReady } from '../errors.ts'
import { productPublished } from '../events.ts'
import { findProductKind } from '../rules/kinds.ts'
import { missingForSale } from '../rules/readiness.ts'
import type { Product } from '../schema.ts'
import { lockProduct } from './lock-product.ts'
import { markPublished } from './publish-version.ts'
import { readProduct } from './read-product.ts'
import { touchStore } from './touch-store.ts'
import { showWords } from './write-words.ts'

type Edition = { id: string; published: boolean; fileCount: bigint }

/**
 * Puts a product up for sale. If no edition of its files is published yet, its draft is, along with it. A product that
 * is up for sale already stays as it is.
 * @throws NotFound, ProductArchived; NotReady with all that is missing
 */
export async function publishProduct(ctx: Ctx, productId: string): Promise<Product> {
  authorise(ctx, 'products:write')
  return transaction(ctx, async (tx) => {
    const { published, kind } = await lockProduct(tx, productId)
    const product = await readProduct(tx, productId)
    if (published) return product
    const edition = await editionForSale(tx, productId)
    const missing = missingForSale({
      title: product.title,
      priceCount: product.prices.length,
      fileCount: Number(edition?.fileCount ?? 0),
      needsFiles: findProductKind(kind)?.needsFiles ?? true,
    })
    if (missing.length > 0) throw new NotReady(missing)
    if (edition !== undefined && !edition.published && edition.fileCount > 0n)
      await markPublished(tx, { productId, versionId: edition.id })
    await rows(
      tx,
      sql`UPDATE products SET published_at = ${ctx.clock.now()}, updated_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${productId}`,
    )
    await showWords(tx, productId, true)
    await touchStore(tx)
    await audit(tx, {
      action: 'product.publish',
      subjectKind: 'product',
      subjectId: productId,
      before: { published: false },
      after: { published: true },
    })
    const publishedAt = ctx.clock.now().toISOString()
    await publish(tx, productPublished, { productId, kind, title: product.title, publishedAt })
    return readProduct(tx, productId)
  })
}

/** The edition that buyers get, or else the draft, with the number of its complete files. */
async function editionForSale(ctx: TxCtx, productId: string): Promise<Edition | undefined> {
  const [edition] = await rows<Edition>(
    ctx,
    sql`SELECT v.id, v.published_at IS NOT NULL AS published, (
          SELECT count(*) FROM product_version_files vf
          JOIN files f ON f.workspace_id = vf.workspace_id AND f.id = vf.file_id AND f.completed_at IS NOT NULL
          WHERE vf.workspace_id = v.workspace_id AND vf.version_id = v.id) AS "fileCount"
        FROM product_versions v WHERE v.workspace_id = ${ctx.workspaceId} AND v.product_id = ${productId}
        ORDER BY v.published_at IS NULL, v.number DESC LIMIT 1`,
  )
  return edition
}
