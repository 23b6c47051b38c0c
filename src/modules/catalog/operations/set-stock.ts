import type { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { setStockSchema, type Product } from '../schema.ts'
import { lockProduct } from './lock-product.ts'
import { readProduct } from './read-product.ts'
import { touchStore } from './touch-store.ts'
import { writeStock } from './write-stock.ts'

/**
 * Limits how many copies of a product there are in all, sold ones included; null lifts the limit. A limit under what was
 * sold already is allowed: nothing more is sold then.
 * @throws NotFound, ProductArchived
 */
export async function setStock(
  ctx: Ctx,
  productId: string,
  input: z.input<typeof setStockSchema>,
): Promise<Product> {
  authorise(ctx, 'products:write')
  const { limit } = setStockSchema.parse(input)
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const before = await readProduct(tx, productId)
    await writeStock(tx, productId, limit)
    await touchStore(tx)
    await audit(tx, {
      action: 'product.set-stock',
      subjectKind: 'product',
      subjectId: productId,
      before: { stock: before.stock },
      after: { limit },
    })
    return readProduct(tx, productId)
  })
}
