import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction, write } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { CartOrdered } from '../errors.ts'
import { updateCartSchema, type Cart, type CartItem, type UpdateCart } from '../schema.ts'
import { cachedStore } from './cached-store.ts'
import { sellingCurrency } from './create-cart.ts'
import { describeCart, findCart, type CartRow } from './read-cart.ts'

/** Changes what is in a cart, or its currency. @throws NotFound, CartOrdered, Invalid */
export async function updateCart(ctx: Ctx, id: string, input: UpdateCart): Promise<Cart> {
  const change = updateCartSchema.parse(input)
  const store = await cachedStore(ctx)
  return transaction(ctx, async (tx) => {
    const cart = await findCart(tx, id, true)
    if (cart === undefined) throw new NotFound()
    if (cart.orderId !== null) throw new CartOrdered()
    const currency = sellingCurrency(store, change.currency ?? cart.currency)
    const changed = { ...cart, currency, items: change.items ?? keptItems(cart, currency) }
    write(
      tx,
      sql`UPDATE carts SET currency = ${changed.currency}, items = ${JSON.stringify(changed.items)}::jsonb,
            updated_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    return describeCart(tx, changed)
  })
}

/** A price that the buyer chose in one currency means nothing in another. */
export function keptItems(cart: CartRow, currency: string): CartItem[] {
  if (currency === cart.currency) return cart.items
  return cart.items.map(({ productId, quantity }) => ({ productId, quantity }))
}
