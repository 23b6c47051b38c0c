import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** What checkout has to know of a product to price, tax and name a line. */
export type CartPrice = {
  productId: string
  kind: string
  titleAr: string
  titleEn: string
  slug: string
  /** Whether it can be bought: published and not archived. */
  published: boolean
  /** Null if the product has no price in the currency. */
  mode: 'fixed' | 'free' | 'chosen' | null
  /** The price when fixed, the least that is taken when chosen, 0 when free. */
  amountMinor: bigint | null
  suggestedMinor: bigint | null
  /** Copies that can still be reserved, below 0 where the limit fell below what is sold and held; null for no limit. */
  stockLeft: number | null
  /** Copies that orders hold which are not paid yet; null for no limit. */
  stockHeld: number | null
  taxRateBps: number
  pricesIncludeTax: boolean
}

/**
 * Prices of products in one currency, with the store's tax settings, in one statement. Unknown ids are left out; no
 * order is promised. `lock` keeps the products from being changed until the transaction ends.
 */
export async function pricesForCart(
  ctx: TxCtx,
  productIds: readonly string[],
  currency: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<CartPrice[]> {
  return rows<CartPrice>(
    ctx,
    sql`SELECT p.id AS "productId", p.kind, p.title_ar AS "titleAr", p.title_en AS "titleEn", p.slug,
          p.published_at IS NOT NULL AND p.archived_at IS NULL AS published, pr.mode,
          pr.amount_minor AS "amountMinor", pr.suggested_minor AS "suggestedMinor",
          s.stock_limit - s.sold - s.reserved AS "stockLeft", s.reserved AS "stockHeld",
          st.tax_rate_bps AS "taxRateBps", st.prices_include_tax AS "pricesIncludeTax"
        FROM products p
        JOIN stores st ON st.workspace_id = p.workspace_id
        LEFT JOIN product_prices pr
          ON pr.workspace_id = p.workspace_id AND pr.product_id = p.id AND pr.currency = ${currency}
        LEFT JOIN product_stock s ON s.workspace_id = p.workspace_id AND s.product_id = p.id
        WHERE p.workspace_id = ${ctx.workspaceId} AND ${isAmong(productIds)}
        ${lock ? sql`ORDER BY p.id FOR SHARE OF p` : sql``}`,
  )
}

/** A statement over an array is planned at every call, since its cost depends on the length; most carts hold one product. */
function isAmong(productIds: readonly string[]): SQL {
  const [only, ...others] = productIds
  return only !== undefined && others.length === 0
    ? sql`p.id = ${only}`
    : sql`p.id = ANY (${sql.param(productIds)}::uuid[])`
}
