import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** A file of an edition, with its place in storage for delivery. */
export type DeliverableFile = {
  productId: string
  versionId: string
  number: number
  fileId: string
  name: string
  mediaType: string
  sizeBytes: bigint
  storageKey: string
  sha256: string | null
}

/** A published edition. */
export type PublishedVersion = {
  productId: string
  versionId: string
  number: number
  notesAr: string
  notesEn: string
  publishedAt: Date
}

/** The newest published editions of each product, at most `most`, newest first; products without one are left out. */
export async function latestVersions(
  ctx: TxCtx,
  productIds: readonly string[],
  most = 1,
): Promise<PublishedVersion[]> {
  return rows(
    ctx,
    sql`SELECT p.product_id AS "productId", v.id AS "versionId", v.number,
          v.notes_ar AS "notesAr", v.notes_en AS "notesEn", v.published_at AS "publishedAt"
        FROM unnest(${sql.param(productIds)}::uuid[]) AS p (product_id)
        JOIN LATERAL (
          SELECT id, number, notes_ar, notes_en, published_at FROM product_versions
          WHERE workspace_id = ${ctx.workspaceId} AND product_id = p.product_id AND published_at IS NOT NULL
          ORDER BY number DESC LIMIT ${most}) v ON true
        ORDER BY p.product_id, v.number DESC`,
  )
}

/** The files of each product's newest published editions, at most `most`: by edition, newest first, and in order. */
export async function latestFiles(
  ctx: TxCtx,
  productIds: readonly string[],
  most = 1,
): Promise<DeliverableFile[]> {
  return rows<DeliverableFile>(
    ctx,
    sql`SELECT p.product_id AS "productId", v.id AS "versionId", v.number, f.id AS "fileId", f.name,
          f.media_type AS "mediaType", f.size_bytes AS "sizeBytes", f.storage_key AS "storageKey", f.sha256
        FROM unnest(${sql.param(productIds)}::uuid[]) AS p (product_id)
        JOIN LATERAL (
          SELECT id, number FROM product_versions
          WHERE workspace_id = ${ctx.workspaceId} AND product_id = p.product_id AND published_at IS NOT NULL
          ORDER BY number DESC LIMIT ${most}) v ON true
        JOIN product_version_files vf ON vf.workspace_id = ${ctx.workspaceId} AND vf.version_id = v.id
        JOIN files f ON f.workspace_id = ${ctx.workspaceId} AND f.id = vf.file_id AND f.completed_at IS NOT NULL
        ORDER BY p.product_id, v.number DESC, vf.position, vf.file_id`,
  )
}

/** A file of any published edition of a product, as its newest edition with it has it. */
export async function findPublishedFile(
  ctx: TxCtx,
  { productId, fileId }: { productId: string; fileId: string },
): Promise<DeliverableFile | undefined> {
  const [file] = await rows<DeliverableFile>(
    ctx,
    sql`SELECT v.product_id AS "productId", v.id AS "versionId", v.number, f.id AS "fileId", f.name,
          f.media_type AS "mediaType", f.size_bytes AS "sizeBytes", f.storage_key AS "storageKey", f.sha256
        FROM product_versions v
        JOIN product_version_files vf ON vf.workspace_id = v.workspace_id AND vf.version_id = v.id
        JOIN files f ON f.workspace_id = vf.workspace_id AND f.id = vf.file_id AND f.completed_at IS NOT NULL
        WHERE v.workspace_id = ${ctx.workspaceId} AND v.product_id = ${productId} AND v.published_at IS NOT NULL
          AND vf.file_id = ${fileId}
        ORDER BY v.number DESC LIMIT 1`,
  )
  return file
}
