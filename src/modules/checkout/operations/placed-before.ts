import type { TxCtx } from '../../../platform/ctx.ts'
import { CartOrdered } from '../errors.ts'
import type { Order, PlaceOrder } from '../schema.ts'
import { readOrder } from './read-order.ts'

/** The order that this buyer placed from the cart. Another buyer who knows the cart learns nothing. */
export async function placedBefore(ctx: TxCtx, orderId: string, wish: PlaceOrder): Promise<Order> {
  const order = await readOrder(ctx, orderId)
  const same = order.email === wish.email && order.buyerName === wish.name && order.locale === wish.locale
  if (!same) throw new CartOrdered()
  return order
}
