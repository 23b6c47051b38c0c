import { createHash } from 'node:crypto'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PassThrough } from 'node:stream'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { assert } from '../../../platform/errors.ts'
import { FileTooLarge, invalid } from '../errors.ts'
import { cleanFileName } from '../rules/file-name.ts'
import { findMediaType, SNIFF_BYTES } from '../rules/media-type.ts'
import type { FileRecord } from '../schema.ts'
import { recordFile } from './record-file.ts'

/** The largest file that is taken, in bytes: 5 GiB, which is a little more than 5 GB. */
export const MAX_FILE_BYTES = 5 * 1024 ** 3

/** A file to take in: its name and its bytes. */
export type ReceiveFile = { name: string; body: Readable }

/**
 * Streams a file to storage without holding it in memory, and records it once it is safe there. If the stream breaks
 * off, nothing of it stays.
 * @throws Invalid for a name that nothing is left of, FileTooLarge
 */
export async function receiveFile(ctx: Ctx, input: ReceiveFile): Promise<FileRecord> {
  authorise(ctx, 'products:write')
  assert(ctx.workspaceId !== undefined, 'a file belongs to a workspace')
  const name = cleanFileName(input.name)
  if (name === undefined) throw invalid('/name', 'problems.field.file-name')
  const id = ctx.ids.next()
  const storageKey = fileKey(ctx.workspaceId, id)
  const meter = measure()
  const passed = new PassThrough()
  // Both ends are awaited together: an error at either destroys the other, and neither is left unhandled.
  const [sizeBytes] = await Promise.all([
    ctx.files.write(storageKey, passed, 'application/octet-stream'),
    pipeline(input.body, meter.stream, passed),
  ])
  try {
    const mediaType = await findMediaType(meter.head(), name)
    return await recordFile(ctx, { id, storageKey, name, mediaType, sizeBytes, sha256: meter.sha256() })
  } catch (error) {
    await ctx.files.remove(storageKey)
    throw error
  }
}

/** The place of a file in storage. */
export function fileKey(workspaceId: string, fileId: string): string {
  return `${workspaceId}/files/${fileId}`
}

/** A stream that lets bytes through, hashes them, keeps the first ones and stops at the largest size. */
function measure(): { stream: Transform; head(): Buffer; sha256(): string } {
  const hash = createHash('sha256')
  const first: Buffer[] = []
  let sizeBytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (sizeBytes < SNIFF_BYTES) first.push(Buffer.from(chunk.subarray(0, SNIFF_BYTES)))
      sizeBytes += chunk.byteLength
      if (sizeBytes > MAX_FILE_BYTES) {
        done(new FileTooLarge(5))
        return
      }
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return {
    stream,
    head: () => Buffer.concat(first).subarray(0, SNIFF_BYTES),
    sha256: () => hash.digest('hex'),
  }
}
