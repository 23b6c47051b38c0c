import { join } from 'node:path'
import type { Config } from '../config.ts'
import { createDiskStore } from './disk-store.ts'
import { createS3Store } from './s3-store.ts'
import type { FileStore } from './store.ts'

export type { FileStore } from './store.ts'

/** The place where this installation keeps files: S3-compatible storage if it is set, else a folder of DATA_DIR. */
export function createFileStore(config: Pick<Config, 'dataDir' | 's3'>): FileStore {
  return config.s3 === undefined ? createDiskStore(join(config.dataDir, 'files')) : createS3Store(config.s3)
}
