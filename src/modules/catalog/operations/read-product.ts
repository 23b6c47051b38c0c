import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { toFile, type FileRow } from './read-file.ts'
import { fromPriceRow, type PriceRow } from '../rules/prices.ts'
import type { Faq, Picture, PictureRendition, Price, Product, Stock } from '../schema.ts'

/** Prices of product `p` as JSON, in the order of the store's currencies (`st`). */
export const pricesJson = sql`(SELECT jsonb_agg(jsonb_build_object('currency', pr.currency, 'mode', pr.mode,
    'amountMinor', pr.amount_minor::text, 'suggestedMinor', pr.suggested_minor::text)
    ORDER BY array_position(st.currencies, pr.currency), pr.currency)
  FROM product_prices pr WHERE pr.workspace_id = p.workspace_id AND pr.product_id = p.id)`

/** Pictures of product `p` as JSON, the cover first. */
export const picturesJson = sql`(SELECT jsonb_agg(jsonb_build_object('id', pi.id, 'altAr', pi.alt_ar, 'altEn', pi.alt_en,
    'renditions', pi.renditions, 'failedReason', pi.failed_reason) ORDER BY pi.position, pi.id)
  FROM product_pictures pi WHERE pi.workspace_id = p.workspace_id AND pi.product_id = p.id)`

/** All columns of product `p` (with its store `st`). */
export const productColumns = sql`p.*, ${pricesJson} AS prices, ${picturesJson} AS pictures,
  (SELECT jsonb_build_object('id', sf.id, 'name', sf.name, 'media_type', sf.media_type, 'size_bytes', sf.size_bytes,
     'sha256', sf.sha256, 'created_at', sf.created_at)
   FROM files sf WHERE sf.workspace_id = p.workspace_id AND sf.id = p.sample_file_id) AS sample,
  (SELECT jsonb_build_object('limit', s.stock_limit, 'reserved', s.reserved, 'sold', s.sold)
   FROM product_stock s WHERE s.workspace_id = p.workspace_id AND s.product_id = p.id) AS stock`

/** A price inside JSON: bigints are strings there. */
export type PriceJson = Omit<PriceRow, 'amountMinor' | 'suggestedMinor'> & {
  amountMinor: string
  suggestedMinor: string | null
}

/** A picture inside JSON. */
export type PictureJson = {
  id: string
  altAr: string
  altEn: string
  renditions: PictureRendition[]
  failedReason: string | null
}

/** Those columns as they arrive. */
export type ProductRow = {
  id: string
  kind: string
  settings: Record<string, unknown>
  title_ar: string
  title_en: string
  title_key_ar: string
  title_key_en: string
  summary_ar: string
  summary_en: string
  description_ar: string
  description_en: string
  refund_policy_ar: string
  refund_policy_en: string
  for_whom_ar: string
  for_whom_en: string
  sample: FileRow | null
  shows_sold: boolean
  copies_sold: bigint
  faq: Faq
  slug: string
  short_slug: string | null
  published_at: Date | null
  archived_at: Date | null
  created_at: Date
  updated_at: Date
  prices: PriceJson[] | null
  pictures: PictureJson[] | null
  stock: Omit<Stock, 'left'> | null
}

/** Reads one product whole. @throws NotFound */
export async function readProduct(ctx: TxCtx, productId: string): Promise<Product> {
  const [row] = await rows<ProductRow>(
    ctx,
    sql`SELECT ${productColumns} FROM products p JOIN stores st ON st.workspace_id = p.workspace_id
        WHERE p.workspace_id = ${ctx.workspaceId} AND p.id = ${productId}`,
  )
  if (row === undefined) throw new NotFound()
  return toProduct(row, ctx.workspaceId)
}

/** The product that a row tells of. */
export function toProduct(row: ProductRow, workspaceId: string): Product {
  const product = read(row, workspaceId)
  return { ...product, revision: revisionOf(product) }
}

/** What people edit, as a short text: sales and pictures that arrive do not change it. */
function revisionOf(product: Omit<Product, 'revision'>): string {
  const { title, summary, description, refundPolicy, faq, forWhom, sample, showsSold, settings } = product
  const { slug, shortSlug, prices, stock, status } = product
  const words = [title, summary, description, refundPolicy, faq, forWhom, sample?.id, showsSold, settings]
  const edited = JSON.stringify([...words, slug, shortSlug, prices, stock?.limit ?? null, status])
  return createHash('sha256').update(edited).digest('base64url').slice(0, 16)
}

function read(row: ProductRow, workspaceId: string): Omit<Product, 'revision'> {
  return {
    id: row.id,
    kind: row.kind,
    status: statusOf(row),
    settings: row.settings,
    title: { ar: row.title_ar, en: row.title_en },
    summary: { ar: row.summary_ar, en: row.summary_en },
    description: { ar: row.description_ar, en: row.description_en },
    refundPolicy: { ar: row.refund_policy_ar, en: row.refund_policy_en },
    faq: row.faq,
    forWhom: { ar: row.for_whom_ar, en: row.for_whom_en },
    sample: row.sample === null ? null : toFile(row.sample),
    showsSold: row.shows_sold,
    copiesSold: Number(row.copies_sold),
    slug: row.slug,
    shortSlug: row.short_slug,
    prices: toPrices(row.prices),
    stock: row.stock === null ? null : { ...row.stock, left: leftOf(row.stock) },
    pictures: (row.pictures ?? []).map((picture) => toPicture(picture, workspaceId)),
    publishedAt: row.published_at?.toISOString() ?? null,
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

function statusOf(row: Pick<ProductRow, 'published_at' | 'archived_at'>): Product['status'] {
  if (row.archived_at !== null) return 'archived'
  return row.published_at === null ? 'draft' : 'published'
}

/** The prices that JSON from the database says. */
export function toPrices(prices: readonly PriceJson[] | null): Price[] {
  return (prices ?? []).map((price) =>
    fromPriceRow({
      ...price,
      amountMinor: BigInt(price.amountMinor),
      suggestedMinor: price.suggestedMinor === null ? null : BigInt(price.suggestedMinor),
    }),
  )
}

/** A picture with the addresses of its renditions. */
export function toPicture(picture: PictureJson, workspaceId: string): Picture {
  const ready = picture.renditions.length > 0
  return {
    id: picture.id,
    status: ready ? 'ready' : picture.failedReason === null ? 'pending' : 'failed',
    failedReason: picture.failedReason,
    alt: { ar: picture.altAr, en: picture.altEn },
    renditions: picture.renditions.map(({ width, height, format }) => ({
      width,
      height,
      format,
      url: `/media/${workspaceId}/${picture.id}/${width}.${format}`,
    })),
  }
}

/** Copies that can still be bought; never below zero, though a limit may be set under what was sold. */
export function leftOf(stock: Omit<Stock, 'left'>): number {
  return Math.max(0, stock.limit - stock.sold - stock.reserved)
}
