import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { readLook } from '../../../shared/look.ts'
import { asCurrency, type Picture, type PictureRendition, type Store, type StoreAddress } from '../schema.ts'
import { toPicture } from './read-product.ts'

type StoreRow = {
  slug: string
  name_ar: string
  name_en: string
  tagline_ar: string
  tagline_en: string
  about_ar: string
  about_en: string
  refund_policy_ar: string
  refund_policy_en: string
  default_locale: 'ar' | 'en'
  currencies: string[]
  tax_rate_bps: number
  prices_include_tax: boolean
  legal_name: string
  tax_number: string
  address: StoreAddress | null
  country: string
  support_email: string
  providers: string[]
  time_zone: string
  look: string
  cover_picture_id: string | null
  cover_renditions: PictureRendition[]
  cover_failed_reason: string | null
  revision: bigint
  created_at: Date
  updated_at: Date
}

/** Reads the workspace's store. @throws NotFound if it has none yet. */
export async function readStore(ctx: TxCtx): Promise<Store> {
  const [row] = await rows<StoreRow>(ctx, sql`SELECT * FROM stores WHERE workspace_id = ${ctx.workspaceId}`)
  if (row === undefined) throw new NotFound()
  return toStore(row, ctx.workspaceId)
}

function toStore(row: StoreRow, workspaceId: string): Store {
  return {
    slug: row.slug,
    name: { ar: row.name_ar, en: row.name_en },
    tagline: { ar: row.tagline_ar, en: row.tagline_en },
    about: { ar: row.about_ar, en: row.about_en },
    refundPolicy: { ar: row.refund_policy_ar, en: row.refund_policy_en },
    defaultLocale: row.default_locale,
    currencies: row.currencies.map(asCurrency),
    taxRateBps: row.tax_rate_bps,
    pricesIncludeTax: row.prices_include_tax,
    legalName: row.legal_name,
    taxNumber: row.tax_number,
    address: row.address,
    country: row.country,
    supportEmail: row.support_email,
    providers: row.providers,
    timeZone: row.time_zone,
    look: readLook(row.look),
    cover: coverOf(row, workspaceId),
    revision: row.revision.toString(),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** The picture adorns the store's name, which stands beside it as text: it has no words of its own. */
function coverOf(row: StoreRow, workspaceId: string): Picture | null {
  const { cover_picture_id: id, cover_renditions: renditions, cover_failed_reason: failedReason } = row
  return id === null ? null : toPicture({ id, altAr: '', altEn: '', renditions, failedReason }, workspaceId)
}
