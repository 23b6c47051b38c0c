import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { systemCtx, type Ctx } from '../../../platform/ctx.ts'
import { codeOf, rows, transaction } from '../../../platform/database/transaction.ts'
import { daysKept } from '../../../platform/retention.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'
import { listStoreDirectory } from '../../workspaces/index.ts'
import { PICTURE_TYPES } from '../rules/media-type.ts'

const HOUR_MS = 3_600_000
const UPLOAD_LIFETIME_MS = daysKept('files') * 24 * HOUR_MS
const ORPHAN_AGE_MS = 24 * HOUR_MS
/** Pictures of links are drawn anew when somebody asks; picture files that no product shows may still be put back. */
const DRAWN_AGE_MS = 30 * 24 * HOUR_MS
const UNUSED_AGE_MS = 30 * 24 * HOUR_MS
const MOST_STORES = 100_000
const BATCH = 500
const FOREIGN_KEY = '23503'
const DRAWN_KEY = /^[0-9a-f-]{36}\/open-graph\//
const OWN_KEY = /^([0-9a-f-]{36})\/(?:files\/([0-9a-f-]{36})|pictures\/([0-9a-f-]{36})\/)/

/**
 * Every night: gives up uploads that nobody continues, and removes what a crash left in storage without a record, pictures
 * of links that were drawn long ago, and picture files that no product shows any more.
 */
export const sweepFilesJob = defineJob({
  name: 'sweep-files',
  schema: z.object({}),
  cron: '40 2 * * *',
  expireSeconds: 3600,
  handler: (ctx) => sweepFiles(ctx),
})

type Stored = { key: string; kind: 'file' | 'picture'; id: string }

/** See sweepFilesJob. Files of a workspace are looked up in that workspace. */
export async function sweepFiles(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now().getTime()
  const swept = await ctx.files.uploads.sweep(new Date(now - UPLOAD_LIFETIME_MS))
  let orphans = await removeUnusedPictures(ctx, new Date(now - UNUSED_AGE_MS))
  const pending = new Map<string, Stored[]>()
  for await (const { key, modifiedAt } of ctx.files.list('')) {
    if (DRAWN_KEY.test(key) && modifiedAt.getTime() < now - DRAWN_AGE_MS) {
      await ctx.files.remove(key)
      orphans++
    }
    const parts = OWN_KEY.exec(key)
    if (parts === null || modifiedAt.getTime() > now - ORPHAN_AGE_MS) continue
    const [, workspaceId = '', fileId, pictureId = ''] = parts
    const batch = pending.get(workspaceId) ?? []
    batch.push(
      fileId === undefined ? { key, kind: 'picture', id: pictureId } : { key, kind: 'file', id: fileId },
    )
    pending.set(workspaceId, batch)
    if (batch.length < BATCH) continue
    orphans += await removeOrphans(ctx, workspaceId, batch)
    pending.delete(workspaceId)
  }
  for (const [workspaceId, batch] of pending) orphans += await removeOrphans(ctx, workspaceId, batch)
  if (swept + orphans > 0) ctx.log.info({ uploads: swept, orphans }, 'left-over files were removed')
}

async function removeOrphans(ctx: Ctx, workspaceId: string, stored: readonly Stored[]): Promise<number> {
  const idsOf = (kind: Stored['kind']) =>
    sql.param([...new Set(stored.filter((one) => one.kind === kind).map(({ id }) => id))])
  const known = await transaction(systemCtx(ctx, workspaceId), (tx) =>
    rows<{ id: string }>(
      tx,
      sql`SELECT id FROM files WHERE workspace_id = ${workspaceId} AND id = ANY (${idsOf('file')}::uuid[])
          UNION ALL
          SELECT id FROM product_pictures WHERE workspace_id = ${workspaceId} AND id = ANY (${idsOf('picture')}::uuid[])
          UNION ALL
          SELECT cover_picture_id FROM stores
          WHERE workspace_id = ${workspaceId} AND cover_picture_id = ANY (${idsOf('picture')}::uuid[])`,
    ),
  )
  const ids = new Set(known.map(({ id }) => id))
  const orphans = stored.filter(({ id }) => !ids.has(id))
  for (const { key } of orphans) await ctx.files.remove(key)
  return orphans.length
}

async function removeUnusedPictures(ctx: Ctx, before: Date): Promise<number> {
  let removed = 0
  for (const { workspaceId } of await listStoreDirectory(ctx, MOST_STORES)) {
    const inStore = systemCtx(ctx, workspaceId)
    const unused = await transaction(inStore, (tx) =>
      rows<{ id: string; storageKey: string }>(
        tx,
        sql`SELECT f.id, f.storage_key AS "storageKey" FROM files f
            WHERE f.workspace_id = ${workspaceId} AND f.media_type = ANY (${sql.param([...PICTURE_TYPES])}::text[])
              AND f.created_at < ${before} AND NOT ${IN_USE} LIMIT ${BATCH}`,
      ),
    )
    for (const file of unused) if (await removeUnused(inStore, file)) removed++
  }
  return removed
}

const IN_USE = sql.raw(`(
  EXISTS (SELECT FROM product_pictures p WHERE p.workspace_id = f.workspace_id AND p.original_file_id = f.id)
  OR EXISTS (SELECT FROM stores s WHERE s.workspace_id = f.workspace_id AND s.cover_file_id = f.id)
  OR EXISTS (SELECT FROM products d WHERE d.workspace_id = f.workspace_id AND d.sample_file_id = f.id)
  OR EXISTS (SELECT FROM product_version_files v WHERE v.workspace_id = f.workspace_id AND v.file_id = f.id))`)

/** The record first: bytes without one are removed on another night. A file that something else holds on to stays. */
async function removeUnused(
  ctx: Ctx,
  { id, storageKey }: { id: string; storageKey: string },
): Promise<boolean> {
  try {
    const gone = await transaction(ctx, (tx) =>
      rows(
        tx,
        sql`DELETE FROM files f WHERE f.workspace_id = ${tx.workspaceId} AND f.id = ${id} AND NOT ${IN_USE} RETURNING f.id`,
      ),
    )
    if (gone.length === 0) return false
  } catch (error) {
    if (codeOf(error) === FOREIGN_KEY) return false
    throw error
  }
  await ctx.files.remove(storageKey)
  return true
}
