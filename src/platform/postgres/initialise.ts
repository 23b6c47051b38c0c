import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'
import { give, run, type Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Purpose } from './settings.ts'

/** Where the cluster is, and what makes it. */
export type Site = {
  account: Account
  binaries: Binaries
  home: string
  data: string
  superuserPassword: string
}

/**
 * Makes the cluster where there is none: beside its place, moved there when it is whole, so that a killed start leaves
 * nothing half made.
 * @throws ConfigError with one sentence when the cluster that is there belongs to another version.
 */
export function ensureData(site: Site, purpose: Purpose): void {
  if (!existsSync(site.data)) makeData(site, purpose)
  const version = majorOf(site.data)
  const { major } = site.binaries
  if (version === major) return
  const advice =
    Number(version) < Number(major)
      ? "run 'npx rafid upgrade', which moves the data and keeps the old cluster until you say otherwise"
      : 'install the newer version of Rafid that it belongs to'
  throw new ConfigError(`${site.data} was made by PostgreSQL ${version}, and this is ${major}: ${advice}.`)
}

/** The major version of the PostgreSQL that made a cluster. */
export function majorOf(data: string): string {
  return readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
}

/** Gives the superuser its password in the server's single-user mode, which needs none; the server must not be running. */
export function resetSuperuser({ account, binaries, data, superuserPassword }: Site): void {
  run(
    account,
    [binaries.postgres, '--single', '-j', '-c', 'exit_on_error=on', '-D', data, 'postgres'],
    `ALTER ROLE postgres PASSWORD '${superuserPassword}';\n\n`,
  )
}

/** Brings everything in the cluster to the disk, after a server that did not; no server may be running. */
export function syncData({ account, binaries, data }: Site): void {
  run(account, [binaries.initdb, '--sync-only', `--pgdata=${data}`])
}

function makeData({ account, binaries, home, data, superuserPassword }: Site, purpose: Purpose): void {
  const fresh = join(home, 'new')
  const passwordFile = join(home, 'password')
  rmSync(fresh, { recursive: true, force: true })
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 })
  give(passwordFile)
  try {
    run(account, [
      binaries.initdb,
      `--pgdata=${fresh}`,
      '--username=postgres',
      '--encoding=UTF8',
      '--data-checksums',
      '--no-instructions',
      // Else it is brought to the disk when it is filled.
      ...(purpose === 'serving' ? [] : ['--no-sync']),
      // Sorting by code point never changes under an index when the machine is upgraded; where a query wants the order
      // of a language it asks ICU. C.UTF-8, not C, because trigrams and text search ask the C library what a letter is.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C.UTF-8',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ])
  } catch (error) {
    throw new Error(`PostgreSQL could not be set up in ${home}.`, { cause: error })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, data)
  syncFolder(home)
}

/** Brings the names in a folder to the disk. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
