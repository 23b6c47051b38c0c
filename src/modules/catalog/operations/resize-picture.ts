import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'
import { resizePictureApart } from '../../../platform/pictures/resize-apart.ts'
import { maxPictureBytes } from '../../../platform/pictures/resize-picture.ts'
import type { PictureRendition } from '../schema.ts'
import { touchStore } from './touch-store.ts'

/** Makes the sizes and formats that pages show of a picture, one picture at a time. */
export const resizePictureJob = defineJob({
  name: 'resize-picture',
  schema: z.object({ pictureId: z.uuid() }),
  expireSeconds: 300,
  handler: async (ctx, inputs) => {
    for (const { pictureId } of inputs) await makeRenditions(ctx, pictureId)
  },
})

/** The place of a rendition in storage; its public address is made of the same parts. */
export function renditionKey(workspaceId: string, pictureId: string, name: string): string {
  return `${workspaceId}/pictures/${pictureId}/${name}`
}

async function makeRenditions(ctx: Ctx, pictureId: string): Promise<void> {
  const { workspaceId } = ctx
  if (workspaceId === undefined) return
  const original = await findOriginal(ctx, pictureId)
  if (original === undefined) return
  const bytes = original.sizeBytes > maxPictureBytes ? undefined : await readWhole(ctx, original.storageKey)
  const resized =
    bytes === undefined
      ? ({ outcome: 'refused', reason: 'too-large' } as const)
      : await resizePictureApart(bytes)
  if (resized.outcome === 'refused') return settle(ctx, pictureId, { failedReason: resized.reason })
  const renditions: PictureRendition[] = []
  for (const picture of resized.pictures) {
    const { width, height, format } = picture
    const storageKey = renditionKey(workspaceId, pictureId, `${width}.${format}`)
    await ctx.files.put(storageKey, picture.bytes, `image/${format}`)
    renditions.push({ width, height, format, storageKey, sizeBytes: picture.bytes.byteLength })
  }
  return settle(ctx, pictureId, { renditions })
}

/** Undefined if the picture was removed in the meantime, or is done. */
async function findOriginal(
  ctx: Ctx,
  pictureId: string,
): Promise<{ storageKey: string; sizeBytes: bigint } | undefined> {
  const [original] = await transaction(ctx, (tx) =>
    rows<{ storageKey: string; sizeBytes: bigint }>(
      tx,
      sql`SELECT f.storage_key AS "storageKey", f.size_bytes AS "sizeBytes" FROM product_pictures pi
          JOIN files f ON f.workspace_id = pi.workspace_id AND f.id = pi.original_file_id
          WHERE pi.workspace_id = ${tx.workspaceId} AND pi.id = ${pictureId}
            AND pi.renditions = '[]'::jsonb AND pi.failed_reason IS NULL`,
    ),
  )
  return original
}

async function readWhole(ctx: Ctx, storageKey: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of (await ctx.files.read(storageKey)) as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function settle(
  ctx: Ctx,
  pictureId: string,
  { renditions = [], failedReason = null }: { renditions?: PictureRendition[]; failedReason?: string | null },
): Promise<void> {
  await transaction(ctx, async (tx) => {
    await rows(
      tx,
      sql`UPDATE product_pictures SET renditions = ${JSON.stringify(renditions)}::jsonb, failed_reason = ${failedReason}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${pictureId}`,
    )
    await touchStore(tx)
  })
}
