import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { asCurrency, type StockItem } from '../../catalog/index.ts'
import type { CartIssue, PricedCart, TaxPolicy } from '../rules/price-cart.ts'
import type { Cart, CartItem } from '../schema.ts'
import { priceItems } from './price-items.ts'

/** A cart as it is kept. */
export type CartRow = {
  id: string
  currency: string
  items: CartItem[]
  orderId: string | null
  replacesOrderId: string | null
}

/** Reads a cart, and keeps others from changing it if `lock` says so. */
export async function findCart(ctx: TxCtx, id: string, lock = false): Promise<CartRow | undefined> {
  const [cart] = await rows<CartRow>(
    ctx,
    sql`SELECT id, currency, items, order_id AS "orderId", replaces_order_id AS "replacesOrderId" FROM carts
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} ${lock ? sql`FOR UPDATE` : sql``}`,
  )
  return cart
}

/** A cart with the prices of now. What the order that it would replace holds can be had. */
export async function describeCart(ctx: TxCtx, cart: CartRow): Promise<Cart> {
  const held = cart.replacesOrderId === null ? noneHeld : await heldBy(ctx, cart.replacesOrderId)
  const { priced, tax } = await priceItems(ctx, cart, held)
  return toCart(cart, { ...priced, issues: await withTimes(ctx, priced.issues) }, tax)
}

const noneHeld: ReadonlyMap<string, number> = new Map()

/** Copies that an order holds while it waits for its payment, by product. */
async function heldBy(ctx: TxCtx, orderId: string): Promise<ReadonlyMap<string, number>> {
  const held = await rows<StockItem>(
    ctx,
    sql`SELECT l.product_id AS "productId", l.quantity FROM orders o
        JOIN order_lines l ON l.workspace_id = o.workspace_id AND l.order_id = o.id
        WHERE o.workspace_id = ${ctx.workspaceId} AND o.id = ${orderId} AND o.status = 'pending' AND l.stocked`,
  )
  return new Map(held.map(({ productId, quantity }) => [productId, quantity]))
}

type TimedIssue = CartIssue & { freeAt?: string }

/** Says of copies that unpaid orders hold when the first of those orders ends; a cart without such copies asks nothing. */
async function withTimes(ctx: TxCtx, issues: readonly CartIssue[]): Promise<TimedIssue[]> {
  const held = issues.filter(({ reason }) => reason === 'held').map(({ productId }) => productId)
  if (held.length === 0) return [...issues]
  const times = await rows<{ productId: string; freeAt: Date }>(
    ctx,
    sql`SELECT l.product_id AS "productId", min(o.expires_at) AS "freeAt" FROM orders o
        JOIN order_lines l ON l.workspace_id = o.workspace_id AND l.order_id = o.id
        WHERE o.workspace_id = ${ctx.workspaceId} AND o.status = 'pending' AND l.stocked
          AND l.product_id = ANY (${sql.param(held)}::uuid[])
        GROUP BY l.product_id`,
  )
  const timeOf = new Map(times.map(({ productId, freeAt }) => [productId, freeAt.toISOString()]))
  return issues.map((issue) => {
    const freeAt = issue.reason === 'held' ? timeOf.get(issue.productId) : undefined
    return freeAt === undefined ? issue : { ...issue, freeAt }
  })
}

type TimedCart = Omit<PricedCart, 'issues'> & { issues: TimedIssue[] }

function toCart(cart: CartRow, priced: TimedCart, tax: TaxPolicy): Cart {
  const currency = asCurrency(cart.currency)
  const money = (amountMinor: bigint) => ({ amount: amountMinor.toString(), currency })
  return {
    id: cart.id,
    currency,
    items: cart.items,
    lines: priced.lines.map((line) => ({
      line: line.line,
      productId: line.productId,
      kind: line.kind,
      title: { ar: line.titleAr, en: line.titleEn },
      quantity: line.quantity,
      unit: money(line.unitMinor),
      net: money(line.netMinor),
      tax: money(line.taxMinor),
      total: money(line.totalMinor),
    })),
    issues: priced.issues.map(({ minimumMinor, ...issue }) => ({
      ...issue,
      ...(minimumMinor === undefined ? {} : { minimum: money(minimumMinor) }),
    })),
    net: money(priced.netMinor),
    tax: money(priced.taxMinor),
    total: money(priced.totalMinor),
    taxRateBps: tax.taxRateBps,
    pricesIncludeTax: tax.pricesIncludeTax,
    orderId: cart.orderId,
    replacesOrderId: cart.replacesOrderId,
  }
}
