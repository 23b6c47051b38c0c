import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction, write } from '../../../platform/database/transaction.ts'
import { Invalid } from '../../../platform/errors.ts'
import type { PublicStore } from '../../catalog/index.ts'
import { createCartSchema, type Cart, type CreateCart } from '../schema.ts'
import { cachedStore } from './cached-store.ts'
import { describeCart, type CartRow } from './read-cart.ts'

/** Starts a cart. @throws Invalid if the store does not sell in the currency. */
export async function createCart(ctx: Ctx, input: CreateCart): Promise<Cart> {
  const { currency, items } = createCartSchema.parse(input)
  const store = await cachedStore(ctx)
  const cart = {
    id: ctx.ids.next(),
    currency: sellingCurrency(store, currency),
    items,
    orderId: null,
    replacesOrderId: null,
  }
  return transaction(ctx, async (tx) => {
    writeCart(tx, cart)
    return describeCart(tx, cart)
  })
}

/** Keeps a new cart. */
export function writeCart(ctx: TxCtx, cart: CartRow): void {
  const now = ctx.clock.now()
  write(
    ctx,
    sql`INSERT INTO carts (workspace_id, id, currency, items, created_at, updated_at, replaces_order_id)
        VALUES (${ctx.workspaceId}, ${cart.id}, ${cart.currency}, ${JSON.stringify(cart.items)}::jsonb,
          ${now}, ${now}, ${cart.replacesOrderId}::uuid)`,
  )
}

/** The currency to sell in: the one asked for, or the store's first. @throws Invalid */
export function sellingCurrency(store: PublicStore, wanted: string | undefined): string {
  const currency = wanted ?? store.currencies[0]
  if (currency === undefined || !store.currencies.some((one) => one === currency)) {
    throw new Invalid([{ pointer: '/currency', detail: 'problems.field.currency-not-sold' }])
  }
  return currency
}
