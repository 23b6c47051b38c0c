import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { ChangedMeanwhile } from '../errors.ts'
import type { Product } from '../schema.ts'
import { lockProduct } from './lock-product.ts'
import { readProduct } from './read-product.ts'

/**
 * Changes a product only if it still is as the caller read it: `revision` is what If-Match brought, with its quotes; without
 * one, or for `*`, it is changed whatever it is. The product stays locked until the change is written.
 * @throws NotFound, ProductArchived, ChangedMeanwhile
 */
export async function ifUnchanged(
  ctx: Ctx,
  { productId, revision }: { productId: string; revision: string | undefined },
  change: (ctx: Ctx | TxCtx) => Promise<Product>,
): Promise<Product> {
  authorise(ctx, 'products:write')
  if (revision === undefined || revision.trim() === '*') return change(ctx)
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const product = await readProduct(tx, productId)
    if (!revision.includes(`"${product.revision}"`)) throw new ChangedMeanwhile()
    return change(tx)
  })
}
