import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction, write } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Cart, Order } from '../schema.ts'
import { describeCart, findCart } from './read-cart.ts'

/** Takes what an order has out of the cart that was filled again from it, now that it is paid; the rest stays. @throws NotFound */
export async function forgetOrdered(ctx: Ctx, cartId: string, order: Order): Promise<Cart> {
  const ordered = new Set(order.lines.map(({ productId }) => productId))
  return transaction(ctx, async (tx) => {
    const cart = await findCart(tx, cartId, true)
    if (cart === undefined) throw new NotFound()
    if (cart.orderId !== null || cart.replacesOrderId !== order.id) return describeCart(tx, cart)
    const items = cart.items.filter(({ productId }) => !ordered.has(productId))
    write(
      tx,
      sql`UPDATE carts SET items = ${JSON.stringify(items)}::jsonb, replaces_order_id = NULL,
            updated_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${cartId}`,
    )
    return describeCart(tx, { ...cart, items, replacesOrderId: null })
  })
}
