import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** How many copies of a product; the same product may come several times. */
export type StockItem = { productId: string; quantity: number }

/** A product that has fewer copies left than were asked for. */
export type Shortage = { productId: string; left: number }

/** From this many copies on, pages say how many are left, so every change of the count is a change of the page. */
export const LOW_STOCK = 10

/**
 * Holds copies for an order that is not paid yet. Products without a limit are passed over. If anything is short nothing
 * may be kept: the caller throws, so that the transaction rolls back. Locks the stock rows in order of product.
 */
export async function reserveStock(ctx: TxCtx, items: readonly StockItem[]): Promise<Shortage[]> {
  return move(ctx, items, {
    set: sql`reserved = s.reserved + w.quantity`,
    allowed: sql`s.stock_limit - s.sold - s.reserved >= w.quantity`,
  })
}

/** Gives held copies back: the order was cancelled or has expired. */
export async function releaseStock(ctx: TxCtx, items: readonly StockItem[]): Promise<void> {
  await move(ctx, items, { set: sql`reserved = greatest(s.reserved - w.quantity, 0)`, allowed: sql`true` })
}

/** Turns held copies into sold ones: the order was paid. */
export async function sellStock(ctx: TxCtx, items: readonly StockItem[]): Promise<void> {
  await move(ctx, items, {
    set: sql`reserved = greatest(s.reserved - w.quantity, 0), sold = s.sold + w.quantity`,
    allowed: sql`true`,
  })
}

/**
 * Sells copies that were not held, or no longer: a payment that came after its order had expired. See reserveStock for
 * what to do about shortages.
 */
export async function sellUnreservedStock(ctx: TxCtx, items: readonly StockItem[]): Promise<Shortage[]> {
  return move(ctx, items, {
    set: sql`sold = s.sold + w.quantity`,
    allowed: sql`s.stock_limit - s.sold - s.reserved >= w.quantity`,
  })
}

/**
 * Takes sold copies back, so that they can be sold again: the order of that moment was refunded. Copies that were sold before
 * the count began are passed over, since they were never counted.
 */
export async function returnStock(ctx: TxCtx, items: readonly StockItem[], soldAt: Date): Promise<void> {
  await move(ctx, items, {
    set: sql`sold = greatest(s.sold - w.quantity, 0)`,
    allowed: sql`s.counted_from <= ${soldAt}`,
  })
}

async function move(
  ctx: TxCtx,
  items: readonly StockItem[],
  { set, allowed }: { set: SQL; allowed: SQL },
): Promise<Shortage[]> {
  if (items.length === 0) return []
  const quantities = new Map<string, number>()
  for (const { productId, quantity } of items)
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity)
  // `moved` checks again on the newest row, so what another transaction took in the meantime counts.
  return rows<Shortage>(
    ctx,
    sql`WITH wanted AS (
          SELECT product_id, quantity FROM unnest(${sql.param([...quantities.keys()])}::uuid[],
            ${sql.param([...quantities.values()])}::int[]) AS w (product_id, quantity)
        ), locked AS (
          SELECT s.product_id, s.stock_limit - s.sold - s.reserved AS stock_left
          FROM product_stock s JOIN wanted w ON w.product_id = s.product_id
          WHERE s.workspace_id = ${ctx.workspaceId} ORDER BY s.product_id FOR UPDATE OF s
        ), moved AS (
          UPDATE product_stock s SET ${set} FROM wanted w, locked l
          WHERE s.workspace_id = ${ctx.workspaceId} AND s.product_id = w.product_id AND l.product_id = w.product_id
            AND ${allowed}
          RETURNING s.product_id, least(l.stock_left, s.stock_limit - s.sold - s.reserved) AS lowest
        ), shown AS (
          UPDATE stores SET revision = revision + 1
          WHERE workspace_id = ${ctx.workspaceId} AND EXISTS (SELECT FROM moved WHERE lowest <= ${LOW_STOCK})
        )
        SELECT l.product_id AS "productId", greatest(l.stock_left, 0) AS left FROM locked l
        WHERE NOT EXISTS (SELECT FROM moved m WHERE m.product_id = l.product_id) ORDER BY l.product_id`,
  )
}
