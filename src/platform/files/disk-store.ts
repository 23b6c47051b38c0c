import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuseInsideTransaction } from '../database/database.ts'
import { NotFound } from '../errors.ts'
import { createDiskUploads } from './disk-uploads.ts'
import { makeFolder, privateFolder, syncFolder } from './folders.ts'
import { checkKey } from './key.ts'
import type { FileStore } from './store.ts'

const FILE_MODE = 0o600

/** Keeps files in a folder that only the server's own user can read. */
export function createDiskStore(folder: string): FileStore {
  const pathOf = (key: string) => {
    refuseInsideTransaction('the file store')
    return join(folder, 'kept', checkKey(key))
  }
  const write: FileStore['write'] = async (key, source) => {
    const path = pathOf(key)
    const temporary = join(folder, 'incoming', randomUUID())
    await mkdir(dirname(temporary), { recursive: true, mode: privateFolder })
    try {
      // `flush` is fsync: the bytes are safe before the file gets its name.
      await pipeline(source, createWriteStream(temporary, { mode: FILE_MODE, flags: 'wx', flush: true }))
      const { size } = await stat(temporary)
      await makeFolder(folder, dirname(path))
      await rename(temporary, path)
      await syncFolder(dirname(path))
      return size
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
  return {
    put: async (key, bytes, mediaType) => {
      await write(key, Readable.from([bytes], { objectMode: false }), mediaType)
    },
    write,
    read: async (key, range) => {
      const handle = await open(pathOf(key), 'r').catch(notFound)
      // `end` of a Node stream is inclusive; an empty range would read one byte too many.
      if (range !== undefined && range.end <= range.start) {
        await handle.close()
        return Readable.from([])
      }
      return handle.createReadStream(range === undefined ? {} : { start: range.start, end: range.end - 1 })
    },
    size: async (key) => (await stat(pathOf(key)).catch(() => undefined))?.size,
    remove: (key) => rm(pathOf(key), { force: true }),
    list: (prefix) => listBelow(join(folder, 'kept'), prefix),
    uploads: createDiskUploads(folder, pathOf),
  }
}

function notFound(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new NotFound()
  throw error
}

async function* listBelow(
  folder: string,
  prefix: string,
): AsyncGenerator<{ key: string; modifiedAt: Date }, void> {
  // Only whole path segments narrow what is walked; the rest of the prefix is compared.
  const start = join(folder, prefix.slice(0, prefix.lastIndexOf('/') + 1))
  const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const key = relative(folder, path)
    const found = key.startsWith(prefix) ? await stat(path).catch(() => undefined) : undefined
    if (found !== undefined) yield { key, modifiedAt: found.mtime }
  }
}
