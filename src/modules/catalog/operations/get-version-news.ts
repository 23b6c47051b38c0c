import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Bilingual } from '../schema.ts'

/** What is new: a published edition, its notes, and the product's title. */
export type VersionNews = {
  versionId: string
  productId: string
  number: number
  title: Bilingual
  notes: Bilingual
}

type Row = {
  productId: string
  number: number
  titleAr: string
  titleEn: string
  notesAr: string
  notesEn: string
}

/** A published edition as news for those who have the product. @throws NotFound */
export async function getVersionNews(ctx: TxCtx, versionId: string): Promise<VersionNews> {
  const [row] = await rows<Row>(
    ctx,
    sql`SELECT v.product_id AS "productId", v.number, p.title_ar AS "titleAr", p.title_en AS "titleEn",
          v.notes_ar AS "notesAr", v.notes_en AS "notesEn"
        FROM product_versions v JOIN products p ON p.workspace_id = v.workspace_id AND p.id = v.product_id
        WHERE v.workspace_id = ${ctx.workspaceId} AND v.id = ${versionId} AND v.published_at IS NOT NULL`,
  )
  if (row === undefined) throw new NotFound()
  return {
    versionId,
    productId: row.productId,
    number: row.number,
    title: { ar: row.titleAr, en: row.titleEn },
    notes: { ar: row.notesAr, en: row.notesEn },
  }
}
