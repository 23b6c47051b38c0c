import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { systemCtx, type Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { daysKept } from '../../../platform/retention.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'

const HOUR_MS = 3_600_000
const UPLOAD_LIFETIME_MS = daysKept('files') * 24 * HOUR_MS
const ORPHAN_AGE_MS = 24 * HOUR_MS
const BATCH = 500
const OWN_KEY = /^([0-9a-f-]{36})\/(?:files\/([0-9a-f-]{36})|pictures\/([0-9a-f-]{36})\/)/

/** Every night: gives up uploads that nobody continues, and removes what a crash left in storage without a record. */
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
  let orphans = 0
  const pending = new Map<string, Stored[]>()
  for await (const { key, modifiedAt } of ctx.files.list('')) {
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
          SELECT id FROM product_pictures WHERE workspace_id = ${workspaceId} AND id = ANY (${idsOf('picture')}::uuid[])`,
    ),
  )
  const ids = new Set(known.map(({ id }) => id))
  const orphans = stored.filter(({ id }) => !ids.has(id))
  for (const { key } of orphans) await ctx.files.remove(key)
  return orphans.length
}
