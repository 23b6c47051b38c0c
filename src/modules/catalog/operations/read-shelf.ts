import { sql } from 'drizzle-orm'
import type { ShelfProduct } from '../schema.ts'
import { pricesJson, toPicture, toPrices, type PictureJson, type PriceJson } from './read-product.ts'

/** The columns of product `p` (with its store `st`) that a shelf shows. */
export const shelfColumns = sql`p.id, p.kind, p.slug, p.title_ar, p.title_en, p.summary_ar, p.summary_en, p.published_at,
  ${pricesJson} AS prices,
  (SELECT greatest(s.stock_limit - s.sold - s.reserved, 0) FROM product_stock s
   WHERE s.workspace_id = p.workspace_id AND s.product_id = p.id) AS stock_left,
  EXISTS (SELECT FROM product_stock s WHERE s.workspace_id = p.workspace_id AND s.product_id = p.id
    AND s.reserved > 0 AND s.stock_limit > s.sold) AS stock_held,
  (SELECT jsonb_build_object('id', pi.id, 'altAr', pi.alt_ar, 'altEn', pi.alt_en, 'renditions', pi.renditions,
     'failedReason', pi.failed_reason)
   FROM product_pictures pi WHERE pi.workspace_id = p.workspace_id AND pi.product_id = p.id
     AND pi.renditions <> '[]'::jsonb ORDER BY pi.position, pi.id LIMIT 1) AS cover`

/** Those columns as they arrive. */
export type ShelfRow = {
  id: string
  kind: string
  slug: string
  title_ar: string
  title_en: string
  summary_ar: string
  summary_en: string
  published_at: Date
  prices: PriceJson[] | null
  stock_left: number | null
  stock_held: boolean
  cover: PictureJson | null
}

/** The product that a row tells of. */
export function toShelfProduct(row: ShelfRow, workspaceId: string): ShelfProduct {
  return {
    id: row.id,
    kind: row.kind,
    slug: row.slug,
    title: { ar: row.title_ar, en: row.title_en },
    summary: { ar: row.summary_ar, en: row.summary_en },
    prices: toPrices(row.prices),
    stockLeft: row.stock_left,
    stockHeld: row.stock_held,
    cover: row.cover === null ? null : toPicture(row.cover, workspaceId),
    publishedAt: row.published_at.toISOString(),
  }
}
