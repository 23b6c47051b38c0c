import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { keepCart, readCart } from '../../../storefront/cart-cookie.ts'
import type { Visit } from '../../catalog/index.ts'
import { forgetOrdered } from '../operations/forget-ordered.ts'
import { getCart } from '../operations/get-cart.ts'
import { getOrderByKey } from '../operations/get-order.ts'
import { orderKey } from '../operations/order-key.ts'
import { refillCart } from '../operations/refill-cart.ts'
import { updateCart } from '../operations/update-cart.ts'
import { isReplaceable } from '../rules/replaceable.ts'
import type { Cart } from '../schema.ts'

/**
 * The visitor's cart, in the currency that they see prices in. A cart whose order was not paid is filled anew, so that going
 * back from the payment page loses nothing; once the order is paid, what it has is forgotten.
 */
export async function currentCart(c: HttpContext, seen: Visit): Promise<Cart | undefined> {
  const kept = readCart(c, seen.store.slug)
  if (kept === undefined) return undefined
  const cart = await usableCart(seen, kept.id)
  if (cart === undefined || cart.id !== kept.id || cart.items.length !== kept.count) showCart(c, seen, cart)
  return cart
}

/** Forgets what this order, which is paid, has of the visitor's cart, if it was placed from it or the cart was filled again from it. */
export async function forgetPaidCart(c: HttpContext, seen: Visit, orderId: string): Promise<void> {
  const kept = readCart(c, seen.store.slug)
  if (kept === undefined) return
  try {
    const cart = await getCart(seen.ctx, kept.id)
    if (cart.orderId === orderId) showCart(c, seen, undefined)
    else if (cart.replacesOrderId === orderId) showCart(c, seen, await usableCart(seen, kept.id))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
}

/** Has the visitor's browser keep this cart, and the page show how much is in it. */
export function showCart(c: HttpContext, seen: Visit, cart: Cart | undefined): void {
  const count = cart?.items.length ?? 0
  keepCart(c, seen.store.slug, cart === undefined ? undefined : { id: cart.id, count })
  seen.frame.inCart = count
}

async function usableCart(seen: Visit, id: string): Promise<Cart | undefined> {
  const { ctx, frame } = seen
  try {
    const cart = await getCart(ctx, id)
    const orderId = cart.orderId ?? cart.replacesOrderId
    if (orderId !== null) {
      const order = await getOrderByKey(ctx, orderId, orderKey(ctx, orderId))
      const paid = !isReplaceable(order)
      if (cart.orderId !== null) return paid ? undefined : await refillCart(ctx, id, frame)
      if (paid) {
        const rest = await forgetOrdered(ctx, id, order)
        return rest.items.length === 0 ? undefined : rest
      }
    }
    return cart.currency === frame.currency ? cart : await updateCart(ctx, id, { currency: frame.currency })
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}
