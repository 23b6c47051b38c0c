import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { isUniqueViolation, rows, transaction } from '../../../platform/database/transaction.ts'
import { Conflict, NotFound } from '../../../platform/errors.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { asCurrency, reserveStock, sellStock } from '../../catalog/index.ts'
import { ProviderNotOffered } from '../errors.ts'
import { orderPaid } from '../events.ts'
import { draftOrder } from '../rules/draft-order.ts'
import { toOrderPaid } from '../rules/order-paid.ts'
import type { PricedLine } from '../rules/price-cart.ts'
import { refuseSale, soldOut } from '../rules/refuse-sale.ts'
import { placeOrderSchema, type Order, type PlacedOrder, type PlaceOrder } from '../schema.ts'
import { cachedStore } from './cached-store.ts'
import { askOfReplaced, replaceOrder } from './cancel-order.ts'
import { orderKey } from './order-key.ts'
import { orderUrl } from './order-url.ts'
import { placedBefore } from './placed-before.ts'
import { priceItems } from './price-items.ts'
import type { CartRow } from './read-cart.ts'
import { refuseFlood } from './refuse-flood.ts'
import { startPayment } from './start-payment.ts'
import { writeOrder, type KeyedRequest } from './write-order.ts'

const ATTEMPTS = 3

type Request = { wish: PlaceOrder; provider: string; keyed: KeyedRequest | undefined; asked: boolean }

/** The order, or the one that it would replace and of whose payment the provider has to be asked first. */
type Placing = { order: Order } | { askFirst: string }
type LockedCart = Omit<CartRow, 'id'> & { usedFor: string | null }

/**
 * Turns a cart into an order at the prices of now, holds its stock, and starts the payment. The cart is locked and can
 * be ordered once: the same request again, with or without an idempotency key, gets the same order. An order that costs
 * nothing is paid at once. A cart that was filled again from an unpaid order takes that order's place: it is cancelled in
 * the same transaction, once the provider has said that no money came for it. The provider is called after the order is
 * committed; should that fail, the same request, or the sweeper, goes on with the same payment.
 * @throws NotFound, CartEmpty, CartOrdered, ItemUnavailable, SoldOut, PriceChanged, ProviderNotOffered, ProviderUnavailable
 */
export async function placeOrder(ctx: Ctx, input: PlaceOrder, idempotencyKey?: string): Promise<PlacedOrder> {
  const wish = placeOrderSchema.parse(input)
  const store = await cachedStore(ctx)
  const provider = wish.provider ?? store.providers[0] ?? ''
  if (wish.provider !== undefined && !store.providers.includes(provider))
    throw new ProviderNotOffered(provider)
  const request: Request = { wish, provider, keyed: keyedRequest(wish, idempotencyKey), asked: false }
  const order = await placeOnce(ctx, request)
  const payment = order.payment === null ? null : await startPayment(ctx, order)
  return { order: { ...order, payment }, key: orderKey(ctx, order.id), url: orderUrl(ctx, store.slug, order) }
}

/** Places the order; again if a number drawn by chance was taken, or if the same request came twice at once. */
async function placeOnce(ctx: Ctx, request: Request): Promise<Order> {
  for (let attempt = 1; ; attempt++) {
    try {
      const placing = await transaction(ctx, (tx) => place(tx, request))
      if ('order' in placing) return placing.order
      await askOfReplaced(ctx, placing.askFirst)
      return await placeOnce(ctx, { ...request, asked: true })
    } catch (error) {
      if (attempt === ATTEMPTS || !isUniqueViolation(error)) throw error
    }
  }
}

async function place(ctx: TxCtx, { wish, provider, keyed, asked }: Request): Promise<Placing> {
  const cart = await lockCart(ctx, wish.cartId, keyed)
  if (cart === undefined) throw new NotFound()
  if (cart.usedFor !== null && cart.usedFor !== keyed?.hash) throw new Conflict('idempotency-key-reuse')
  if (cart.orderId !== null) return { order: await placedBefore(ctx, cart.orderId, wish) }
  if (cart.replacesOrderId !== null) {
    if (!asked) return { askFirst: cart.replacesOrderId }
    await replaceOrder(ctx, cart.replacesOrderId)
  }
  const { priced, tax } = await priceItems(ctx, cart)
  const currency = asCurrency(cart.currency)
  refuseSale(priced, { currency, expected: wish.expectedTotal, locale: ctx.locale })
  if (provider === '' && priced.totalMinor > 0n) throw new ProviderNotOffered(provider)
  if (priced.totalMinor === 0n) await refuseFlood(ctx, wish.email)
  const limited = priced.lines.filter((line) => line.limited)
  if (limited.length > 0) await reserve(ctx, limited)
  const ids = { id: ctx.ids.next(), paymentId: ctx.ids.next() }
  const order = draftOrder({ ...ids, provider, wish, currency, priced, tax, now: ctx.clock.now() })
  writeOrder(ctx, { order, cartId: wish.cartId, lines: priced.lines, request: keyed })
  if (order.payment === null) {
    if (limited.length > 0) await sellStock(ctx, limited)
    await publish(ctx, orderPaid, toOrderPaid(order, order.placedAt))
  }
  return { order }
}

async function lockCart(
  ctx: TxCtx,
  cartId: string,
  keyed: KeyedRequest | undefined,
): Promise<LockedCart | undefined> {
  const [cart] = await rows<LockedCart>(
    ctx,
    sql`SELECT c.currency, c.items, c.order_id AS "orderId",
          c.replaces_order_id AS "replacesOrderId", (
          SELECT k.request_hash FROM idempotency_keys k WHERE k.workspace_id = ${ctx.workspaceId}
            AND k.scope = ${keyed?.scope ?? ''} AND k.key = ${keyed?.key ?? ''}) AS "usedFor"
        FROM carts c WHERE c.workspace_id = ${ctx.workspaceId} AND c.id = ${cartId} FOR UPDATE`,
  )
  return cart
}

async function reserve(ctx: TxCtx, lines: readonly PricedLine[]): Promise<void> {
  const [short] = await reserveStock(ctx, lines)
  const line = lines.find((one) => one.productId === short?.productId)
  if (short !== undefined && line !== undefined) throw soldOut(line, short.left, ctx.locale)
}

function keyedRequest(wish: PlaceOrder, key: string | undefined): KeyedRequest | undefined {
  if (key === undefined) return undefined
  const { cartId, email, name, locale, expectedTotal, provider } = wish
  const request = JSON.stringify([cartId, email, name, locale, expectedTotal, provider ?? null])
  return { scope: `orders/${email}`, key, hash: createHash('sha256').update(request).digest('base64url') }
}
