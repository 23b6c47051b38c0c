import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Cart } from '../schema.ts'
import { describeCart, findCart } from './read-cart.ts'

/** A cart with the prices of now, and what in it cannot be bought. Whoever knows the id may see it. @throws NotFound */
export async function getCart(ctx: Ctx, id: string): Promise<Cart> {
  return transaction(ctx, async (tx) => {
    const cart = await findCart(tx, id)
    if (cart === undefined) throw new NotFound()
    return describeCart(tx, cart)
  })
}
