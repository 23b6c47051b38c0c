import { Readable } from 'node:stream'
import type { S3 } from '@aws-sdk/client-s3'
import type { S3Config } from '../config.ts'
import { refuseInsideTransaction } from '../database/database.ts'
import { NotFound } from '../errors.ts'
import { checkKey } from './key.ts'
import { isMissing, openClient } from './s3-client.ts'
import { createS3Uploads } from './s3-uploads.ts'
import type { FileStore } from './store.ts'

/** S3 takes no smaller parts but the last; 10,000 of these are 80 GB. */
const PART_BYTES = 8 * 1024 * 1024

/** Keeps files in a bucket of S3-compatible storage. The client is loaded when it is first needed. */
export function createS3Store(config: S3Config): FileStore {
  let client: Promise<S3> | undefined
  const connect = () => {
    refuseInsideTransaction('the file store')
    return (client ??= openClient(config))
  }
  const at = (key: string) => ({ Bucket: config.bucket, Key: checkKey(key) })
  const put: FileStore['put'] = async (key, bytes, mediaType) => {
    const s3 = await connect()
    await s3.putObject({ ...at(key), Body: bytes, ContentType: mediaType })
  }
  return {
    put,
    write: async (key, source, mediaType) => {
      const parts = partsOf(source)
      const first = await parts.next()
      if (first.done === true || first.value.byteLength < PART_BYTES) {
        const bytes = first.done === true ? new Uint8Array() : first.value
        await put(key, bytes, mediaType)
        return bytes.byteLength
      }
      return writeParts(
        await connect(),
        { ...at(key), ContentType: mediaType },
        withFirst(first.value, parts),
      )
    },
    read: async (key, range) => {
      if (range !== undefined && range.end <= range.start) return Readable.from([])
      const s3 = await connect()
      const bytes = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end - 1}` }
      const { Body } = await s3.getObject({ ...at(key), ...bytes }).catch(notFound)
      if (!(Body instanceof Readable)) throw new NotFound()
      return Body
    },
    size: async (key) => {
      const s3 = await connect()
      try {
        return (await s3.headObject(at(key))).ContentLength
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    remove: async (key) => {
      const s3 = await connect()
      await s3.deleteObject(at(key))
    },
    list: (prefix) => listObjects(connect, config.bucket, prefix),
    uploads: createS3Uploads(config, connect),
  }
}

function notFound(error: unknown): never {
  throw isMissing(error) ? new NotFound() : error
}

/** Sends a file in parts; if the source fails, storage forgets those that it has. */
async function writeParts(
  s3: S3,
  { ContentType, ...at }: { Bucket: string; Key: string; ContentType: string },
  parts: AsyncIterable<Uint8Array>,
): Promise<number> {
  const { UploadId } = await s3.createMultipartUpload({ ...at, ContentType })
  const sent: { ETag: string | undefined; PartNumber: number }[] = []
  let size = 0
  try {
    for await (const Body of parts) {
      const PartNumber = sent.length + 1
      const { ETag } = await s3.uploadPart({ ...at, UploadId, PartNumber, Body })
      sent.push({ ETag, PartNumber })
      size += Body.byteLength
    }
    await s3.completeMultipartUpload({ ...at, UploadId, MultipartUpload: { Parts: sent } })
    return size
  } catch (error) {
    await s3.abortMultipartUpload({ ...at, UploadId }).catch(() => undefined)
    throw error
  }
}

/** The stream in pieces of one part each, the last one smaller. */
async function* partsOf(source: Readable): AsyncGenerator<Uint8Array, void> {
  let pending: Buffer[] = []
  let size = 0
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    pending.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    size += chunk.byteLength
    while (size >= PART_BYTES) {
      const joined = Buffer.concat(pending)
      yield joined.subarray(0, PART_BYTES)
      pending = [joined.subarray(PART_BYTES)]
      size -= PART_BYTES
    }
  }
  if (size > 0) yield Buffer.concat(pending)
}

async function* withFirst(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  yield first
  yield* rest
}

async function* listObjects(
  connect: () => Promise<S3>,
  Bucket: string,
  Prefix: string,
): AsyncGenerator<{ key: string; modifiedAt: Date }, void> {
  const s3 = await connect()
  let more: string | undefined
  do {
    const page = await s3.listObjectsV2({
      Bucket,
      Prefix,
      ...(more === undefined ? {} : { ContinuationToken: more }),
    })
    for (const { Key, LastModified } of page.Contents ?? [])
      if (Key !== undefined && LastModified !== undefined) yield { key: Key, modifiedAt: LastModified }
    more = page.NextContinuationToken
  } while (more !== undefined)
}
