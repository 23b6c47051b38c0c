import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { slugKey } from '../../../shared/slug.ts'
import { renderMarkdown } from '../rules/render-markdown.ts'
import type { Faq, ProductPage } from '../schema.ts'
import { picturesJson, toPicture, type PictureJson } from './read-product.ts'
import { shelfColumns, toShelfProduct, type ShelfRow } from './read-shelf.ts'

type PageRow = ShelfRow & {
  short_slug: string | null
  description_ar: string
  description_en: string
  faq: Faq
  for_whom_ar: string
  for_whom_en: string
  copies_sold: bigint | null
  sample: { name: string; mediaType: string; sizeBytes: number } | null
  refund_policy_ar: string
  refund_policy_en: string
  updated_at: Date
  pictures: PictureJson[] | null
  version: {
    number: number
    notes: { ar: string; en: string }
    publishedAt: string
    files: { name: string; mediaType: string; sizeBytes: number }[] | null
  } | null
}

const MAX_SLUG_LENGTH = 120

const sampleJson = sql`(SELECT jsonb_build_object('name', sf.name, 'mediaType', sf.media_type, 'sizeBytes', sf.size_bytes)
  FROM files sf WHERE sf.workspace_id = p.workspace_id AND sf.id = p.sample_file_id)`

/** Where anybody may fetch a product's sample. */
export function sampleUrl(workspaceId: string, productId: string): string {
  return `/media/samples/${workspaceId}/${productId}`
}

/**
 * What a product's public page shows, in one statement; undefined unless a published product goes, or went, by the slug.
 * Where `slug` of the answer is another than the one asked for (an old name, the short one, another spelling), the page
 * is at that address.
 */
export async function findProductPage(ctx: Ctx, slug: string): Promise<ProductPage | undefined> {
  if (slug.length > MAX_SLUG_LENGTH) return undefined
  return transaction(ctx, async (tx) => {
    const [row] = await rows<PageRow>(
      tx,
      sql`SELECT ${shelfColumns}, p.short_slug, p.description_ar, p.description_en, p.faq, p.updated_at,
            p.for_whom_ar, p.for_whom_en, CASE WHEN p.shows_sold THEN p.copies_sold END AS copies_sold, ${sampleJson} AS sample,
            coalesce(nullif(p.refund_policy_ar, ''), st.refund_policy_ar) AS refund_policy_ar,
            coalesce(nullif(p.refund_policy_en, ''), st.refund_policy_en) AS refund_policy_en,
            ${picturesJson} AS pictures,
            (SELECT jsonb_build_object('number', v.number, 'notes', jsonb_build_object('ar', v.notes_ar, 'en', v.notes_en),
               'publishedAt', v.published_at, 'files', (
                 SELECT jsonb_agg(jsonb_build_object('name', f.name, 'mediaType', f.media_type, 'sizeBytes', f.size_bytes)
                   ORDER BY vf.position, vf.file_id)
                 FROM product_version_files vf JOIN files f ON f.workspace_id = vf.workspace_id AND f.id = vf.file_id
                 WHERE vf.workspace_id = v.workspace_id AND vf.version_id = v.id AND f.completed_at IS NOT NULL))
             FROM product_versions v
             WHERE v.workspace_id = p.workspace_id AND v.product_id = p.id AND v.published_at IS NOT NULL
             ORDER BY v.number DESC LIMIT 1) AS version
          FROM product_slugs ps
          JOIN products p ON p.workspace_id = ps.workspace_id AND p.id = ps.product_id
          JOIN stores st ON st.workspace_id = p.workspace_id
          WHERE ps.workspace_id = ${tx.workspaceId} AND ps.slug_key = ${slugKey(slug)}
            AND p.published_at IS NOT NULL AND p.archived_at IS NULL`,
    )
    return row === undefined ? undefined : toPageOf(row, tx.workspaceId)
  })
}

function toPageOf(row: PageRow, workspaceId: string): ProductPage {
  const { version } = row
  return {
    ...toShelfProduct(row, workspaceId),
    shortSlug: row.short_slug,
    description: { ar: row.description_ar, en: row.description_en },
    descriptionHtml: {
      ar: renderMarkdown(row.description_ar, 'ar'),
      en: renderMarkdown(row.description_en, 'en'),
    },
    faq: row.faq,
    forWhom: { ar: row.for_whom_ar, en: row.for_whom_en },
    sample: row.sample === null ? null : { ...row.sample, url: sampleUrl(workspaceId, row.id) },
    copiesSold: row.copies_sold === null ? null : Number(row.copies_sold),
    refundPolicy: { ar: row.refund_policy_ar, en: row.refund_policy_en },
    pictures: (row.pictures ?? [])
      .map((picture) => toPicture(picture, workspaceId))
      .filter(({ status }) => status === 'ready'),
    version:
      version === null
        ? null
        : {
            ...version,
            publishedAt: new Date(version.publishedAt).toISOString(),
            files: version.files ?? [],
          },
    updatedAt: row.updated_at.toISOString(),
  }
}
