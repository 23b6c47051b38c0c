import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import type { z } from 'zod'
import { audit } from '../../workspaces/index.ts'
import { invalid } from '../errors.ts'
import { setPricesSchema, type Product } from '../schema.ts'
import { lockProduct } from './lock-product.ts'
import { readProduct } from './read-product.ts'
import { touchStore } from './touch-store.ts'
import { writePrices } from './write-prices.ts'

/**
 * Replaces all prices of a product.
 * @throws NotFound, ProductArchived; Invalid if a price breaks a rule, or a published product would be left without one
 */
export async function setPrices(
  ctx: Ctx,
  productId: string,
  input: z.input<typeof setPricesSchema>,
): Promise<Product> {
  authorise(ctx, 'products:write')
  const { prices } = setPricesSchema.parse(input)
  return transaction(ctx, async (tx) => {
    const product = await lockProduct(tx, productId)
    if (product.published && prices.length === 0) throw invalid('/prices', 'catalog.missing.price')
    const before = await readProduct(tx, productId)
    await writePrices(tx, productId, { prices, currencies: product.currencies })
    await touchStore(tx)
    const after = await readProduct(tx, productId)
    await audit(tx, {
      action: 'product.set-prices',
      subjectKind: 'product',
      subjectId: productId,
      before: { prices: before.prices },
      after: { prices: after.prices },
    })
    return after
  })
}
