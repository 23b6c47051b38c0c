import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { FileRecord, Version } from '../schema.ts'
import { toFile, type FileRow } from './read-file.ts'

/** The files of edition `v` as JSON, in order. */
export const versionFilesJson = sql`(SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name,
    'media_type', f.media_type, 'size_bytes', f.size_bytes, 'sha256', f.sha256, 'created_at', f.created_at)
    ORDER BY vf.position, vf.file_id)
  FROM product_version_files vf
  JOIN files f ON f.workspace_id = vf.workspace_id AND f.id = vf.file_id AND f.completed_at IS NOT NULL
  WHERE vf.workspace_id = v.workspace_id AND vf.version_id = v.id)`

type VersionRow = {
  id: string
  product_id: string
  number: number
  notes_ar: string
  notes_en: string
  published_at: Date | null
  created_at: Date
  files: FileRow[] | null
}

/** Reads editions with their files, the newest first. `where` may speak of `v`; at most 100. */
export async function readVersions(ctx: TxCtx, where: SQL): Promise<(Version & { productId: string })[]> {
  const found = await rows<VersionRow>(
    ctx,
    sql`SELECT v.*, ${versionFilesJson} AS files FROM product_versions v
        WHERE v.workspace_id = ${ctx.workspaceId} AND ${where} ORDER BY v.number DESC LIMIT 100`,
  )
  return found.map((row) => ({
    id: row.id,
    productId: row.product_id,
    number: row.number,
    notes: { ar: row.notes_ar, en: row.notes_en },
    files: (row.files ?? []).map((file): FileRecord => toFile(file)),
    publishedAt: row.published_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }))
}
