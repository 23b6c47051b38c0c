import { sql, type SQL } from 'drizzle-orm'
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
    for (const { pictureId } of inputs) await makeRenditions(ctx, pictureId, ofProduct)
  },
})

/** The same for the picture at the head of the store. */
export const resizeCoverJob = defineJob({
  name: 'resize-cover',
  schema: z.object({ pictureId: z.uuid() }),
  expireSeconds: 300,
  handler: async (ctx, inputs) => {
    for (const { pictureId } of inputs) await makeRenditions(ctx, pictureId, cover)
  },
})

/** Where a picture is written down. */
type Place = { original: (id: string) => SQL; settle: (id: string, made: Made) => SQL }
type Made = { renditions: string; failedReason: string | null }

const ofProduct: Place = {
  original: (id) => sql`FROM product_pictures pi
    JOIN files f ON f.workspace_id = pi.workspace_id AND f.id = pi.original_file_id
    WHERE pi.id = ${id} AND pi.renditions = '[]'::jsonb AND pi.failed_reason IS NULL AND pi.workspace_id`,
  settle: (id, { renditions, failedReason }) => sql`UPDATE product_pictures
    SET renditions = ${renditions}::jsonb, failed_reason = ${failedReason} WHERE id = ${id} AND workspace_id`,
}

const cover: Place = {
  original: (id) => sql`FROM stores s
    JOIN files f ON f.workspace_id = s.workspace_id AND f.id = s.cover_file_id
    WHERE s.cover_picture_id = ${id} AND s.cover_renditions = '[]'::jsonb AND s.cover_failed_reason IS NULL
      AND s.workspace_id`,
  settle: (id, { renditions, failedReason }) => sql`UPDATE stores
    SET cover_renditions = ${renditions}::jsonb, cover_failed_reason = ${failedReason}
    WHERE cover_picture_id = ${id} AND workspace_id`,
}

/** The place of a rendition in storage; its public address is made of the same parts. */
export function renditionKey(workspaceId: string, pictureId: string, name: string): string {
  return `${workspaceId}/pictures/${pictureId}/${name}`
}

async function makeRenditions(ctx: Ctx, pictureId: string, place: Place): Promise<void> {
  const { workspaceId } = ctx
  if (workspaceId === undefined) return
  const original = await findOriginal(ctx, place.original(pictureId))
  if (original === undefined) return
  const bytes = original.sizeBytes > maxPictureBytes ? undefined : await readWhole(ctx, original.storageKey)
  const resized =
    bytes === undefined
      ? ({ outcome: 'refused', reason: 'too-large' } as const)
      : await resizePictureApart(bytes)
  if (resized.outcome === 'refused')
    return settle(ctx, place.settle(pictureId, { renditions: '[]', failedReason: resized.reason }))
  const renditions: PictureRendition[] = []
  for (const picture of resized.pictures) {
    const { width, height, format } = picture
    const storageKey = renditionKey(workspaceId, pictureId, `${width}.${format}`)
    await ctx.files.put(storageKey, picture.bytes, `image/${format}`)
    renditions.push({ width, height, format, storageKey, sizeBytes: picture.bytes.byteLength })
  }
  return settle(ctx, place.settle(pictureId, { renditions: JSON.stringify(renditions), failedReason: null }))
}

/** Undefined if the picture was removed in the meantime, or is done. */
async function findOriginal(
  ctx: Ctx,
  from: SQL,
): Promise<{ storageKey: string; sizeBytes: bigint } | undefined> {
  const [original] = await transaction(ctx, (tx) =>
    rows<{ storageKey: string; sizeBytes: bigint }>(
      tx,
      sql`SELECT f.storage_key AS "storageKey", f.size_bytes AS "sizeBytes" ${from} = ${tx.workspaceId}`,
    ),
  )
  return original
}

async function readWhole(ctx: Ctx, storageKey: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of (await ctx.files.read(storageKey)) as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function settle(ctx: Ctx, update: SQL): Promise<void> {
  await transaction(ctx, async (tx) => {
    await rows(tx, sql`${update} = ${tx.workspaceId}`)
    await touchStore(tx)
  })
}
