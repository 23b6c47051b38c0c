import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { FileStore } from '../files/index.ts'
import type { Binaries } from '../postgres/binaries.ts'
import { startCluster } from '../postgres/cluster.ts'
import { moveCluster, UPGRADE } from '../postgres/moved-cluster.ts'
import type { Secrets } from '../secrets.ts'
import type { Progress } from './format.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

/** An upgrade of the embedded cluster; the caller holds the data directory. */
export type Upgrade = {
  dataDir: string
  secrets: Secrets
  files: FileStore
  /** What the old cluster is read with. */
  old: Binaries
  version: string
  clock: Clock
  onProgress: (progress: Progress) => void
}

/**
 * Moves all rows into a new cluster of the version that is installed, by way of a backup that is restored while it is written,
 * and puts it in the place of the old one, which is kept. Until the last moment the old one is where it was: whatever goes
 * wrong before is done again from the beginning. Files stay where they are.
 * Returns how many rows there are.
 * @throws CannotRestore
 */
export async function upgradeCluster(upgrade: Upgrade): Promise<number> {
  const { dataDir, secrets, old: binaries } = upgrade
  const place = join(dataDir, UPGRADE)
  await rm(join(place, 'postgres'), { recursive: true, force: true })
  const source = await startCluster({ dataDir, secrets, binaries })
  try {
    const target = await startCluster({ dataDir: place, secrets, purpose: 'loading' })
    try {
      return await copyAll(upgrade, { ...source.admin, database: 'rafid' }, target.owner)
    } finally {
      await target.stop()
    }
  } finally {
    await source.stop()
  }
}

/** The last step: the new cluster takes its place. Nothing may run in either. */
export function finishUpgrade({ dataDir, old }: Pick<Upgrade, 'dataDir' | 'old'>): void {
  moveCluster(dataDir, old.major)
}

type Place = Parameters<typeof restoreBackup>[0]['connection']

async function copyAll(
  { dataDir, files, version, clock, onProgress }: Upgrade,
  from: Place,
  to: Place,
): Promise<number> {
  const archive = new PassThrough({ highWaterMark: 8 * 1024 * 1024 })
  const settings = { open: {}, secret: {} }
  const writing = writeBackup(
    { connection: from, files: undefined, dataDir, settings, version, clock },
    archive,
  ).then(
    (made) => {
      archive.end()
      return made
    },
    (error: unknown) => {
      archive.destroy(error instanceof Error ? error : new Error(String(error)))
      throw error
    },
  )
  const [made, restored] = await Promise.all([
    writing,
    restoreBackup({ connection: to, files, onProgress }, archive as AsyncIterable<Buffer>).catch(
      (error: unknown) => {
        // Nobody reads on: the writer must not wait for room.
        archive.destroy()
        throw error
      },
    ),
  ])
  const rows = Object.values(made.rows).reduce((sum, count) => sum + count, 0)
  if (restored.rows !== rows) throw new Error(`${rows} rows were read and ${restored.rows} written`)
  return rows
}
