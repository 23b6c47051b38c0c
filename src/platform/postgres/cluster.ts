import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Connection } from '../database/database.ts'
import type { Secrets } from '../secrets.ts'
import { chooseAccount, launch, run, type Account } from './account.ts'
import { findBinaries } from './binaries.ts'
import { settingsFor } from './settings.ts'

/** A running private PostgreSQL. */
export type Cluster = {
  /** The role that may do everything; for making databases, never for serving. */
  readonly admin: Connection
  /** The owner of the program's database. */
  readonly owner: Connection
  /** The role that serves. */
  readonly app: Connection
  readonly pid: number
  stop(): Promise<void>
}

/** How to run a cluster. `throwaway` gives durability up for speed: only for tests that do not look at crashes. */
export type ClusterOptions = {
  dataDir: string
  secrets: Secrets
  throwaway?: boolean
  /** Called when PostgreSQL ends without having been asked to. */
  onExit?: (reason: string) => void
}

const SOCKET_LIMIT = 107
const START_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 20_000

/** Starts the cluster under `dataDir/postgres`, making it first where there is none. The caller holds the data directory. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = findBinaries()
  const home = join(options.dataDir, 'postgres')
  const data = join(home, 'data')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const account = chooseAccount([binaries.postgres, home])
  const socketDir = prepareFolders(home, account)
  if (!existsSync(data)) initialise(account, binaries.initdb, { home, secrets: options.secrets })
  await endOrphan(data)
  const settings = settingsFor({ socketDir, throwaway: options.throwaway === true })
  const server = startServer(
    account,
    [binaries.postgres, '-D', data, ...settings.flatMap((line) => ['-c', line])],
    home,
  )
  let stopping = false
  let exited: string | undefined
  server.once('exit', (code, signal) => {
    exited = `PostgreSQL ended by itself (${signal ?? `code ${code}`}); its log is ${join(home, 'log')}.`
    if (!stopping) options.onExit?.(exited)
  })
  const pid = await ready(data, () => exited)
  const guard = watchOver(pid)
  const connect = (user: 'postgres' | 'rafid' | 'rafid_app', database: string): Connection => ({
    host: socketDir,
    user,
    password: options.secrets.databasePassword(user),
    database,
  })
  await prepareDatabase(connect('postgres', 'postgres'), options.secrets)
  return {
    admin: connect('postgres', 'postgres'),
    owner: connect('rafid', 'rafid'),
    app: connect('rafid_app', 'rafid'),
    pid,
    stop: async () => {
      stopping = true
      await stopServer(pid, () => exited !== undefined)
      guard.stdin?.end()
    },
  }
}

/** Makes the folders; the socket's is short enough for the kernel, beside the data where it can be. */
function prepareFolders(home: string, account: Account): string {
  let socketDir = join(home, 'socket')
  if (Buffer.byteLength(join(socketDir, '.s.PGSQL.5432')) > SOCKET_LIMIT) {
    socketDir = join(tmpdir(), `rafid-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`)
  }
  mkdirSync(socketDir, { recursive: true, mode: 0o700 })
  for (const folder of [home, socketDir]) account.own(folder)
  return socketDir
}

/** Makes the cluster beside its place and moves it there when it is whole, so that a killed start leaves nothing half made. */
function initialise(
  account: Account,
  initdb: string,
  { home, secrets }: { home: string; secrets: Secrets },
): void {
  const fresh = join(home, 'new')
  const passwordFile = join(home, 'password')
  rmSync(fresh, { recursive: true, force: true })
  writeFileSync(passwordFile, secrets.databasePassword('postgres'), { mode: 0o600 })
  account.own(passwordFile)
  try {
    run(account, [
      initdb,
      ...['-D', fresh, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--data-checksums'],
      ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ])
  } catch (error) {
    throw new Error(`PostgreSQL could not be set up in ${home}.`, { cause: error })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, join(home, 'data'))
}

/** A postmaster that outlived its Rafid is stopped; the file of one that is gone is removed. */
async function endOrphan(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  const pid = Number(readLines(file)[0] ?? 0)
  if (pid <= 1) return
  if (isOurPostgres(pid, data)) await stopServer(pid, () => !isOurPostgres(pid, data))
  rmSync(file, { force: true })
}

function isOurPostgres(pid: number, data: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
  } catch {
    return false
  }
}

function startServer(account: Account, argv: readonly [string, ...string[]], home: string): ChildProcess {
  const log = openSync(join(home, 'log'), 'a', 0o600)
  const server = launch(account, argv, ['ignore', log, log])
  closeSync(log)
  server.on('error', () => undefined)
  return server
}

/** Waits until postmaster.pid says `ready`; gives the postmaster's process id. */
async function ready(data: string, exited: () => string | undefined): Promise<number> {
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += 10) {
    const reason = exited()
    if (reason !== undefined) throw new Error(reason)
    const lines = readLines(join(data, 'postmaster.pid'))
    if (lines[7]?.trim() === 'ready') return Number(lines[0])
    await sleep(10)
  }
  throw new Error(`PostgreSQL did not become ready within ${START_TIMEOUT_MS / 1000} s.`)
}

/** A process of a few hundred kilobytes that stops PostgreSQL when this process is gone without having done so. */
function watchOver(pid: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill -INT "$0" 2>/dev/null', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: {},
  })
  guard.on('error', () => undefined)
  guard.unref()
  return guard
}

async function stopServer(pid: number, gone: () => boolean): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', STOP_TIMEOUT_MS],
    ['SIGQUIT', 5000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < waitMs; waited += 10) {
      if (gone()) return
      await sleep(10)
    }
  }
}

/** The two logins and the database, where they are not there yet. */
async function prepareDatabase(admin: Connection, secrets: Secrets): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT rolname AS name FROM pg_roles WHERE rolname IN ('rafid', 'rafid_app') UNION ALL SELECT 'database' FROM pg_database WHERE datname = 'rafid'",
    )
    const there = new Set(rows.map(({ name }) => name))
    for (const role of ['rafid', 'rafid_app'] as const) {
      if (there.has(role)) continue
      const password = client.escapeLiteral(secrets.databasePassword(role))
      await client.query(
        `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD ${password}`,
      )
    }
    if (!there.has('database')) await client.query('CREATE DATABASE rafid OWNER rafid')
  } finally {
    await client.end()
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
