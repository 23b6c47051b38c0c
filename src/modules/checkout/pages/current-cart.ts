import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { keepCart, readCart } from '../../../storefront/cart-cookie.ts'
import type { Visit } from '../../catalog/index.ts'
import { createCart } from '../operations/create-cart.ts'
import { getCart } from '../operations/get-cart.ts'
import { getOrderByKey } from '../operations/get-order.ts'
import { orderKey } from '../operations/order-key.ts'
import { updateCart } from '../operations/update-cart.ts'
import type { Cart } from '../schema.ts'

/**
 * The visitor's cart, in the currency that they see prices in. A cart whose order was not paid is filled anew, so that going
 * back from the payment page loses nothing; one whose order was paid is forgotten.
 */
export async function currentCart(c: HttpContext, seen: Visit): Promise<Cart | undefined> {
  const kept = readCart(c, seen.store.slug)
  if (kept === undefined) return undefined
  const cart = await usableCart(seen, kept.id)
  if (cart === undefined || cart.id !== kept.id || cart.items.length !== kept.count) showCart(c, seen, cart)
  return cart
}

/** Forgets the visitor's cart if this order, which is paid, was placed from it. */
export async function forgetPaidCart(c: HttpContext, seen: Visit, orderId: string): Promise<void> {
  const kept = readCart(c, seen.store.slug)
  if (kept === undefined) return
  try {
    const cart = await getCart(seen.ctx, kept.id)
    if (cart.orderId === orderId) showCart(c, seen, undefined)
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

/** A new cart with what was in one that cannot be changed any more. */
export async function refillCart({ ctx, frame }: Visit, cart: Cart): Promise<Cart> {
  return createCart(ctx, { currency: frame.currency, items: cart.items })
}

async function usableCart(seen: Visit, id: string): Promise<Cart | undefined> {
  const { ctx, frame } = seen
  try {
    const cart = await getCart(ctx, id)
    if (cart.orderId !== null) {
      const order = await getOrderByKey(ctx, cart.orderId, orderKey(ctx, cart.orderId))
      const open = order.status === 'pending' || order.status === 'cancelled'
      return open && order.payment?.status !== 'processing' ? await refillCart(seen, cart) : undefined
    }
    return cart.currency === frame.currency ? cart : await updateCart(ctx, id, { currency: frame.currency })
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}
