import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Cart, CartItem } from '../schema.ts'
import { cachedStore } from './cached-store.ts'
import { sellingCurrency, writeCart } from './create-cart.ts'
import { describeCart, findCart } from './read-cart.ts'
import { keptItems } from './update-cart.ts'

/** In which currency to go on, and with which items if not with those that the cart had. */
export type RefillCart = { currency: string; items?: CartItem[] | undefined }

/**
 * A new cart with what was in one that was ordered, which is never changed again. It remembers the order: whatever that
 * holds can be had in this cart, ordering this one cancels that one, and paying that one empties this one.
 * @throws NotFound, Invalid
 */
export async function refillCart(ctx: Ctx, cartId: string, change: RefillCart): Promise<Cart> {
  const currency = sellingCurrency(await cachedStore(ctx), change.currency)
  return transaction(ctx, async (tx) => {
    const ordered = await findCart(tx, cartId)
    if (ordered === undefined) throw new NotFound()
    const cart = {
      id: ctx.ids.next(),
      currency,
      items: change.items ?? keptItems(ordered, currency),
      orderId: null,
      replacesOrderId: ordered.orderId ?? ordered.replacesOrderId,
    }
    writeCart(tx, cart)
    return describeCart(tx, cart)
  })
}
