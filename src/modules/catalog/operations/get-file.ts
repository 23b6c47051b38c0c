import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { FileRecord } from '../schema.ts'
import { toFile, type FileRow } from './read-file.ts'

/** One file of the workspace. @throws NotFound */
export async function getFile(ctx: Ctx, fileId: string): Promise<FileRecord> {
  const file = await findFile(ctx, fileId)
  if (file === undefined) throw new NotFound()
  return file
}

/** One file of the workspace, or undefined if there is none, or not all of it is there yet. */
export async function findFile(ctx: Ctx, fileId: string): Promise<FileRecord | undefined> {
  authorise(ctx, 'products:read')
  const [row] = await transaction(ctx, (tx) =>
    rows<FileRow>(
      tx,
      sql`SELECT id, name, media_type, size_bytes, sha256, created_at FROM files
          WHERE workspace_id = ${tx.workspaceId} AND id = ${fileId} AND completed_at IS NOT NULL`,
    ),
  )
  return row === undefined ? undefined : toFile(row)
}

/** A page of the workspace's files, the newest first. */
export async function listFiles(
  ctx: Ctx,
  { after, limit = 25 }: { after?: string | undefined; limit?: number } = {},
): Promise<Page<FileRecord>> {
  authorise(ctx, 'products:read')
  const from = after === undefined ? undefined : decodeIdCursor(after)
  const found = await transaction(ctx, (tx) =>
    rows<FileRow>(
      tx,
      sql`SELECT id, name, media_type, size_bytes, sha256, created_at FROM files
          WHERE workspace_id = ${tx.workspaceId} AND completed_at IS NOT NULL
          ${from === undefined ? sql`` : sql`AND id < ${from}`} ORDER BY id DESC LIMIT ${limit + 1}`,
    ),
  )
  return toPage(found.map(toFile), limit, ({ id }) => encodeCursor([id]))
}
