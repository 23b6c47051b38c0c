import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { assert } from '../../../platform/errors.ts'
import { findMediaType, SNIFF_BYTES } from '../rules/media-type.ts'
import type { FileRecord } from '../schema.ts'
import { fileKey } from './receive-file.ts'
import { recordFile } from './record-file.ts'

/** An upload all of whose bytes have come. */
export type FinishUpload = { fileId: string; name: string; sizeBytes: number }

/**
 * Makes a file of an upload that is complete; its hash is computed in the background. May run twice: after a crash the
 * client asks again and gets the same answer.
 */
export async function finishUpload(ctx: Ctx, { fileId, name, sizeBytes }: FinishUpload): Promise<FileRecord> {
  authorise(ctx, 'products:write')
  assert(ctx.workspaceId !== undefined, 'a file belongs to a workspace')
  const storageKey = fileKey(ctx.workspaceId, fileId)
  await ctx.files.uploads.finish(storageKey)
  const head: Buffer[] = []
  const start = await ctx.files.read(storageKey, { start: 0, end: Math.min(sizeBytes, SNIFF_BYTES) })
  for await (const chunk of start as AsyncIterable<Buffer>) head.push(chunk)
  const mediaType = await findMediaType(Buffer.concat(head), name)
  const file = await recordFile(ctx, { id: fileId, storageKey, name, mediaType, sizeBytes, sha256: null })
  await ctx.files.uploads.forget(storageKey)
  return file
}
