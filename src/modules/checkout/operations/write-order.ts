import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { write } from '../../../platform/database/transaction.ts'
import type { PricedLine } from '../rules/price-cart.ts'
import { nextCheckAt } from '../rules/payment-state.ts'
import type { Order } from '../schema.ts'

/** A request that was made with an idempotency key. */
export type KeyedRequest = { scope: string; key: string; hash: string }

/** A new order and what is written with it. */
export type NewOrder = {
  order: Order
  cartId: string
  lines: readonly PricedLine[]
  request: KeyedRequest | undefined
}

/** Writes an order with its lines and first payment, remembers the request's key and closes the cart: one statement. */
export function writeOrder(ctx: TxCtx, { order, cartId, lines, request }: NewOrder): void {
  const ws = ctx.workspaceId
  const now = ctx.clock.now()
  const { payment } = order
  write(
    ctx,
    sql`WITH placed AS (
        INSERT INTO orders (workspace_id, id, number, status, locale, email, buyer_name, currency, net_minor, tax_minor,
          total_minor, tax_rate_bps, prices_include_tax, placed_at, paid_at, expires_at)
        VALUES (${ws}, ${order.id}, ${order.number}, ${order.status}, ${order.locale}, ${order.email},
          ${order.buyerName}, ${order.currency}, ${order.net.amount}, ${order.tax.amount}, ${order.total.amount},
          ${order.taxRateBps}, ${order.pricesIncludeTax}, ${now}, ${order.paidAt}::timestamptz, ${order.expiresAt})
      ), lined AS (
        INSERT INTO order_lines (workspace_id, order_id, line, product_id, kind, title_ar, title_en, quantity,
          unit_minor, net_minor, tax_minor, total_minor, stocked)
        SELECT ${ws}, ${order.id}, l.* FROM jsonb_to_recordset(${lineRows(lines)}::jsonb) AS l (line int, product uuid,
          kind text, ar text, en text, quantity int, unit bigint, net bigint, tax bigint, total bigint, stocked boolean)
      ), paying AS (
        INSERT INTO payments (workspace_id, id, order_id, provider, status, currency, amount_minor, created_at,
          updated_at, check_at)
        SELECT ${ws}, p.id, ${order.id}, ${payment?.provider ?? ''}, 'created', ${order.currency},
          ${order.total.amount}::bigint, ${now}::timestamptz, ${now}::timestamptz, ${nextCheckAt(now, now)}::timestamptz
        FROM (SELECT ${payment?.id ?? null}::uuid AS id) p WHERE p.id IS NOT NULL
      ), keyed AS (
        INSERT INTO idempotency_keys (workspace_id, scope, key, request_hash, created_at)
        SELECT ${ws}, ${request?.scope ?? ''}, k.key, ${request?.hash ?? ''}, ${now}::timestamptz
        FROM (SELECT ${request?.key ?? null}::text AS key) k WHERE k.key IS NOT NULL
      )
      UPDATE carts SET order_id = ${order.id}
      WHERE workspace_id = ${ws} AND id = ${cartId}`,
  )
}

function lineRows(lines: readonly PricedLine[]): string {
  return JSON.stringify(
    lines.map((line) => ({
      line: line.line,
      product: line.productId,
      kind: line.kind,
      ar: line.titleAr,
      en: line.titleEn,
      quantity: line.quantity,
      unit: line.unitMinor.toString(),
      net: line.netMinor.toString(),
      tax: line.taxMinor.toString(),
      total: line.totalMinor.toString(),
      stocked: line.limited,
    })),
  )
}
