import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DataStore } from '@tus/server'
import { NotFound } from '../errors.ts'
import { checkKey } from './key.ts'
import { makeFolder, syncFolder } from './folders.ts'
import type { UploadArea } from './store.ts'

/** Resumable uploads beside the kept files, on the same file system. */
export function createDiskUploads(folder: string, pathOf: (key: string) => string): UploadArea {
  const growing = join(folder, 'growing')
  let store: Promise<DataStore> | undefined
  const discard = async (key: string) => {
    await rm(join(growing, checkKey(key)), { force: true })
    await rm(join(growing, `${checkKey(key)}.json`), { force: true })
  }
  return {
    dataStore: () => (store ??= openDataStore(growing)),
    finish: async (key) => {
      const from = join(growing, checkKey(key))
      const to = pathOf(key)
      await makeFolder(folder, dirname(to))
      // A second name, not a move: after a crash the upload is still there to finish again.
      await link(from, to).catch(async (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined
        if (code === 'ENOENT' && (await exists(to))) return
        if (code === 'ENOENT') throw new NotFound()
        if (code !== 'EEXIST') throw error
      })
      const handle = await open(to, 'r+')
      try {
        await handle.chmod(0o600)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await syncFolder(dirname(to))
    },
    forget: discard,
    discard,
    sweep: async (before) => {
      const stale = await staleUploads(growing, before)
      await Promise.all(stale.map((path) => rm(path, { force: true })))
      for (const path of await staleUploads(join(folder, 'incoming'), before)) await rm(path, { force: true })
      return stale.filter((path) => !path.endsWith('.json')).length
    },
  }
}

async function openDataStore(growing: string): Promise<DataStore> {
  await mkdir(growing, { recursive: true, mode: 0o700 })
  const { FileStore: TusFileStore } = await import('@tus/file-store')
  const store = new TusFileStore({ directory: growing })
  const writeUnsafe = store.write.bind(store)
  store.write = async (readable, id, offset) => {
    const reached = await writeUnsafe(readable, id, offset)
    // The offset is a promise to the client that it need not send these bytes again.
    const handle = await open(join(growing, checkKey(id)), 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    return reached
  }
  return store
}

/** Files of the folder that were not written to since `before`; an upload's notes count by the upload's own age. */
async function staleUploads(folder: string, before: Date): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const stale: string[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const data = path.replace(/\.json$/, '')
    const found = (await stat(data).catch(() => undefined)) ?? (await stat(path).catch(() => undefined))
    if (found !== undefined && found.mtime < before) stale.push(path)
  }
  return stale
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
