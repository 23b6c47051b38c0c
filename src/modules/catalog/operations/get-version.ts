import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Version } from '../schema.ts'
import { readProduct } from './read-product.ts'
import { readVersions } from './read-versions.ts'

/** One edition of a product, published or not. @throws NotFound */
export async function getVersion(ctx: Ctx, productId: string, versionId: string): Promise<Version> {
  authorise(ctx, 'products:read')
  return transaction(ctx, (tx) => getVersionIn(tx, productId, versionId))
}

/** All editions of a product, the newest first, at most 100. @throws NotFound */
export async function listVersions(ctx: Ctx, productId: string): Promise<Version[]> {
  authorise(ctx, 'products:read')
  return transaction(ctx, async (tx) => {
    await readProduct(tx, productId)
    return (await readVersions(tx, sql`v.product_id = ${productId}`)).map(withoutProduct)
  })
}

/** The same inside a transaction. @throws NotFound */
export async function getVersionIn(ctx: TxCtx, productId: string, versionId: string): Promise<Version> {
  const [version] = await readVersions(ctx, sql`v.product_id = ${productId} AND v.id = ${versionId}`)
  if (version === undefined) throw new NotFound()
  return withoutProduct(version)
}

function withoutProduct({ productId: _productId, ...version }: Version & { productId: string }): Version {
  return version
}
