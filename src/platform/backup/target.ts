import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ConfigError, type S3Config } from '../config.ts'
import { createS3Store } from '../files/s3-store.ts'

/** Where a backup lies or is to lie. */
export type BackupPlace = {
  /** As people write it: a path, or `s3://bucket/folder/name.tar`. */
  readonly shown: string
  /** Writes what `make` puts into the stream; nothing is there under the name unless all of it is, safe on the disk. */
  write<T>(make: (out: Writable) => Promise<T>): Promise<T>
  read(): Promise<Readable>
}

/** A folder, or a part of a bucket, that holds backups by name. */
export type BackupFolder = {
  place(name: string): BackupPlace
  /** Names of the backups that scheduled runs wrote there, oldest first. */
  list(): Promise<string[]>
  remove(name: string): Promise<void>
}

const NAME = /^rafid-\d{8}t\d{6}z\.tar$/i

/** The name of a backup of that moment. */
export function backupName(at: Date): string {
  return `rafid-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.tar`
}

/** A folder on disk, or `s3://bucket/folder` with the settings of the S3 storage. @throws ConfigError */
export function backupFolder(where: string, s3: S3Config | undefined): BackupFolder {
  return where.startsWith('s3://') ? bucketFolder(where, s3) : diskFolder(resolve(where))
}

/** The place that a person named: a file, a folder (then with a name made from the time), or an address in S3. */
export async function backupPlace(where: string, s3: S3Config | undefined, at: Date): Promise<BackupPlace> {
  if (where.startsWith('s3://')) {
    const name = where.endsWith('.tar') ? basename(where) : backupName(at)
    return bucketFolder(where.endsWith('.tar') ? dirname(where) : where, s3).place(name)
  }
  const path = resolve(where)
  const found = await stat(path).catch(() => undefined)
  return filePlace(found?.isDirectory() === true ? join(path, backupName(at)) : path)
}

function diskFolder(folder: string): BackupFolder {
  return {
    place: (name) => filePlace(join(folder, name)),
    list: async () => (await readdir(folder)).filter((name) => NAME.test(name)).toSorted(),
    remove: (name) => rm(join(folder, name), { force: true }),
  }
}

function filePlace(path: string): BackupPlace {
  return {
    shown: path,
    write: async (make) => {
      const growing = `${path}.partial`
      const out = createWriteStream(growing, { mode: 0o600, flush: true, highWaterMark: 1024 * 1024 })
      const ended = finished(out)
      try {
        // A disk that is full ends the stream at any moment; whoever writes is then told by this.
        const made = await Promise.race([
          make(out),
          ended.then(() => Promise.reject(new Error('the stream ended'))),
        ])
        out.end()
        await ended
        await rename(growing, path)
        await syncFolder(dirname(path))
        return made
      } catch (error) {
        out.destroy()
        await ended.catch(() => undefined)
        await rm(growing, { force: true })
        throw error
      }
    },
    read: async () => {
      await (await open(path, 'r')).close()
      return createReadStream(path, { highWaterMark: 1024 * 1024 })
    },
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function bucketFolder(where: string, s3: S3Config | undefined): BackupFolder {
  const [, bucket, folder = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?))?\/*$/.exec(where) ?? []
  if (bucket === undefined) throw new ConfigError(`${where} is not of the form s3://bucket/folder.`)
  if (s3 === undefined)
    throw new ConfigError(
      `${where} is in S3 storage, but S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are not set.`,
    )
  const store = createS3Store({ ...s3, bucket })
  const prefix = `${folder === '' ? 'backups' : folder}/`
  const place = (name: string): BackupPlace => ({
    shown: `s3://${bucket}/${prefix}${name}`,
    write: async (make) => {
      const out = new PassThrough({ highWaterMark: 8 * 1024 * 1024 })
      const sent = store.write(prefix + name, out, 'application/x-tar')
      const made = await Promise.race([
        make(out),
        sent.then(() => Promise.reject(new Error('the stream ended'))),
      ]).catch(async (error: unknown) => {
        out.destroy(error instanceof Error ? error : new Error(String(error)))
        await sent.catch(() => undefined)
        throw error
      })
      out.end()
      await sent
      return made
    },
    read: () => store.read(prefix + name),
  })
  return {
    place,
    list: async () => {
      const names: string[] = []
      for await (const { key } of store.list(prefix)) names.push(key.slice(prefix.length))
      return names.filter((name) => NAME.test(name)).toSorted()
    },
    remove: (name) => store.remove(prefix + name),
  }
}
