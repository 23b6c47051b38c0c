import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import type { Product } from '../schema.ts'
import { readProduct } from './read-product.ts'

/** One product as its seller sees it, in any state. @throws NotFound */
export async function getProduct(ctx: Ctx, productId: string): Promise<Product> {
  authorise(ctx, 'products:read')
  return transaction(ctx, (tx) => readProduct(tx, productId))
}
