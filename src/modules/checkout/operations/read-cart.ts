import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { asCurrency } from '../../catalog/index.ts'
import type { PricedCart, TaxPolicy } from '../rules/price-cart.ts'
import type { Cart, CartItem } from '../schema.ts'
import { priceItems } from './price-items.ts'

/** A cart as it is kept. */
export type CartRow = { id: string; currency: string; items: CartItem[]; orderId: string | null }

/** Reads a cart, and keeps others from changing it if `lock` says so. */
export async function findCart(ctx: TxCtx, id: string, lock = false): Promise<CartRow | undefined> {
  const [cart] = await rows<CartRow>(
    ctx,
    sql`SELECT id, currency, items, order_id AS "orderId" FROM carts
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} ${lock ? sql`FOR UPDATE` : sql``}`,
  )
  return cart
}

/** A cart with the prices of now. */
export async function describeCart(ctx: TxCtx, cart: CartRow): Promise<Cart> {
  const { priced, tax } = await priceItems(ctx, cart.items, cart.currency)
  return toCart(cart, priced, tax)
}

function toCart(cart: CartRow, priced: PricedCart, tax: TaxPolicy): Cart {
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
  }
}
