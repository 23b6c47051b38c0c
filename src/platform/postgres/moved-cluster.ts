import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from './initialise.ts'

/** The folder in the data directory in which a cluster of a newer version is made. */
export const UPGRADE = 'upgrade'

const CLUSTER = 'postgres'
const NOTE = 'moving'

/**
 * Puts the cluster that was made in `upgrade/` in the place of the old one, which is kept beside it. The note that comes first
 * lets the next start finish what a crash cut off.
 */
export function moveCluster(dataDir: string, oldMajor: string): void {
  writeFileSync(join(dataDir, UPGRADE, NOTE), oldMajor, { flush: true })
  syncFolder(join(dataDir, UPGRADE))
  finishMove(dataDir)
}

/** Finishes a move that has begun, where there is one. */
export function finishMove(dataDir: string): void {
  const note = join(dataDir, UPGRADE, NOTE)
  if (!existsSync(note)) return
  const fresh = join(dataDir, UPGRADE, CLUSTER)
  const place = join(dataDir, CLUSTER)
  if (existsSync(fresh)) {
    if (existsSync(place)) renameSync(place, join(dataDir, `${CLUSTER}-${readFileSync(note, 'utf8')}`))
    renameSync(fresh, place)
    syncFolder(dataDir)
  }
  rmSync(join(dataDir, UPGRADE), { recursive: true, force: true })
}

/** The clusters of older versions that upgrades have kept, by their folders. */
export function keptClusters(dataDir: string): string[] {
  if (!existsSync(dataDir)) return []
  const names = readdirSync(dataDir).filter((name) => /^postgres-\d+$/.test(name))
  return names.map((name) => join(dataDir, name))
}
