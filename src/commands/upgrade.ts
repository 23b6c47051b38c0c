import { existsSync, readdirSync, statSync } from 'node:fs'
import { rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { VERSION } from '../app.ts'
import { CannotRestore } from '../platform/backup/restorable.ts'
import { finishUpgrade, upgradeCluster } from '../platform/backup/upgrade-cluster.ts'
import { systemClock } from '../platform/clock.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { createFileStore } from '../platform/files/index.ts'
import { MAJOR } from '../platform/postgres/binaries.ts'
import { majorOf } from '../platform/postgres/initialise.ts'
import { finishMove, keptClusters, UPGRADE } from '../platform/postgres/moved-cluster.ts'
import { fetchBinaries, namedBinaries } from '../platform/postgres/older-binaries.ts'
import { holdDataDir } from '../platform/process/single-instance.ts'
import { readSecrets } from '../platform/secrets.ts'
import { showProgress } from './progress.ts'
import { WrongUsage, type Command, type ExitCode, type Shell } from './shell.ts'

const MEGABYTE = 1_000_000
const FORGET = 'rafid upgrade --forget-old'

/** `rafid upgrade`: moves the embedded cluster to the PostgreSQL of this version, and keeps the old one until told. */
export const upgrade: Command = {
  usage: 'rafid upgrade [--from FOLDER] [--forget-old]',
  async run(shell, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { from: { type: 'string' }, 'forget-old': { type: 'boolean', default: false } },
    })
    if (positionals.length > 0) throw new WrongUsage(upgrade.usage)
    const config = readConfig(shell.env)
    const { dataDir } = config
    if (config.databaseUrl !== undefined) {
      shell.complain('upgrade.external', { DATABASE_URL: 'DATABASE_URL' })
      return 1
    }
    await holdDataDir(dataDir)
    finishMove(dataDir)
    const data = join(dataDir, 'postgres/data')
    if (!existsSync(data)) {
      shell.say('upgrade.none', { place: dataDir })
      return 0
    }
    const major = majorOf(data)
    if (major === MAJOR) return values['forget-old'] ? forget(shell, dataDir) : remind(shell, dataDir)
    return move(shell, config, { major, from: values.from })
  },
}

async function forget(shell: Shell, dataDir: string): Promise<ExitCode> {
  const kept = keptClusters(dataDir)
  for (const folder of kept) {
    await rm(folder, { recursive: true })
    shell.say('upgrade.forgotten', { folder })
  }
  if (kept.length === 0) shell.say('upgrade.nothing-kept')
  return 0
}

function remind(shell: Shell, dataDir: string): ExitCode {
  shell.say('upgrade.nothing', { major: MAJOR })
  for (const folder of keptClusters(dataDir)) shell.say('upgrade.kept', { folder, command: FORGET })
  return 0
}

type Wish = { major: string; from: string | undefined }

async function move(shell: Shell, config: Config, { major, from }: Wish): Promise<ExitCode> {
  const { dataDir } = config
  const kept = join(dataDir, `postgres-${major}`)
  if (existsSync(kept)) {
    shell.complain('upgrade.in-the-way', { folder: kept })
    return 1
  }
  const needed = sizeOf(join(dataDir, 'postgres/data'))
  const { bavail, bsize } = await statfs(dataDir)
  if (bavail * bsize < needed) {
    shell.complain('upgrade.no-room', {
      place: dataDir,
      needed: Math.ceil(needed / MEGABYTE),
      free: Math.floor((bavail * bsize) / MEGABYTE),
    })
    return 1
  }
  if (from === undefined) shell.say('upgrade.fetching', { major })
  const old =
    from === undefined ? fetchBinaries(join(dataDir, UPGRADE, 'binaries'), major) : namedBinaries(from, major)
  shell.say('upgrade.moving', { from: major, to: MAJOR })
  const progress = showProgress(shell)
  const job = {
    dataDir,
    secrets: readSecrets(dataDir),
    files: createFileStore(config),
    old,
    version: VERSION,
    clock: systemClock,
    onProgress: progress.tell,
  }
  try {
    const rows = await upgradeCluster(job)
    progress.end()
    finishUpgrade(job)
    shell.say('upgrade.done', { rows, major: MAJOR, verify: 'rafid verify' })
    shell.say('upgrade.kept', { folder: kept, command: FORGET })
    return 0
  } catch (error) {
    progress.end()
    if (!(error instanceof CannotRestore)) throw error
    shell.complain('upgrade.refused', { reason: error.reason })
    return 1
  }
}

function sizeOf(folder: string): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size
  return bytes
}
