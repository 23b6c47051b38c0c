import type { S3 } from '@aws-sdk/client-s3'
import type { DataStore } from '@tus/server'
import type { S3Config } from '../config.ts'
import { NotFound } from '../errors.ts'
import { checkKey } from './key.ts'
import { clientSettings, isMissing } from './s3-client.ts'
import type { UploadArea } from './store.ts'

/** Resumable uploads as multipart uploads of the storage, which become the object itself when they are complete. */
export function createS3Uploads(config: S3Config, connect: () => Promise<S3>): UploadArea {
  const Bucket = config.bucket
  let store: Promise<DataStore> | undefined
  const forget = async (key: string) => {
    const s3 = await connect()
    await s3.deleteObject({ Bucket, Key: `${checkKey(key)}.info` })
  }
  return {
    dataStore: () => (store ??= openDataStore(config)),
    finish: async (key) => {
      const s3 = await connect()
      try {
        await s3.headObject({ Bucket, Key: checkKey(key) })
      } catch (error) {
        throw isMissing(error) ? new NotFound() : error
      }
    },
    forget,
    discard: async (key) => {
      const opened = await (store ??= openDataStore(config))
      await opened.remove(checkKey(key)).catch(() => undefined)
      await forget(key)
    },
    sweep: (before) => abortStale(connect, Bucket, before),
  }
}

async function openDataStore(config: S3Config): Promise<DataStore> {
  const { S3Store: TusS3Store } = await import('@tus/s3-store')
  return new TusS3Store({
    partSize: 8 * 1024 * 1024,
    useTags: false,
    maxConcurrentPartUploads: 4,
    s3ClientConfig: { bucket: config.bucket, ...clientSettings(config) },
  })
}

async function abortStale(connect: () => Promise<S3>, Bucket: string, before: Date): Promise<number> {
  const s3 = await connect()
  let aborted = 0
  const { Uploads = [] } = await s3.listMultipartUploads({ Bucket })
  for (const { Key, UploadId, Initiated } of Uploads) {
    if (Key === undefined || Initiated === undefined || Initiated >= before) continue
    await s3.abortMultipartUpload({ Bucket, Key, UploadId })
    await s3.deleteObject({ Bucket, Key: `${Key}.info` })
    await s3.deleteObject({ Bucket, Key: `${Key}.part` })
    aborted++
  }
  return aborted
}
