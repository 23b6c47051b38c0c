import { existsSync, mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Connection } from '../database/database.ts'
import type { Secrets } from '../secrets.ts'
import { chooseAccount, give } from './account.ts'
import { findBinaries, type Binaries } from './binaries.ts'
import { startGuard } from './guard.ts'
import { ensureData, resetSuperuser, syncData, type Site } from './initialise.ts'
import { clearLeftovers } from './leftovers.ts'
import { finishMove } from './moved-cluster.ts'
import { startServer, type Server } from './server.ts'
import { settingsFor, type Purpose } from './settings.ts'
import { openSocketFolder } from './socket.ts'
import { supervise } from './supervise.ts'

/** A segment of the write-ahead log, and what starting takes besides. */
const LITTLE_ROOM_BYTES = 64 * 1024 * 1024

/** A running private PostgreSQL. */
export type Cluster = {
  /** The role that may do everything; for making databases, never for serving. */
  readonly admin: Connection
  /** The owner of the program's database. */
  readonly owner: Connection
  /** The role that serves. */
  readonly app: Connection
  /** The server's process; another one after the server had to be started again, none in between. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

/** How to run a cluster. */
export type ClusterOptions = {
  dataDir: string
  secrets: Secrets
  /** Anything but `serving` gives durability up for speed. */
  purpose?: Purpose
  /** Others than those that npm installed. */
  binaries?: Binaries
  /** Called when PostgreSQL has ended by itself and was started again, with a word on how it ended. */
  onRestart?: (reason: string) => void
  /** Called when PostgreSQL keeps ending by itself and is not started any more. */
  onExit?: (reason: string) => void
}

/**
 * Starts the cluster under `dataDir/postgres`, making it first where there is none. The caller holds the data directory.
 * A server that ends by itself is started again; while it is away its clients' connections break. It ends with this
 * process, however this process ends.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const site = openSite(options)
  const { purpose = 'serving' } = options
  await clearLeftovers(site.data)
  ensureData(site, purpose)
  const guard = startGuard(site.account)
  const settings = settingsFor(purpose, site.binaries.major)
  const start = () => startServer(site, settings, (pid) => guard.watch(pid))
  const socket = openSocketFolder(site.data)
  const connect = (user: 'postgres' | 'rafid' | 'rafid_app', database: string): Connection => ({
    host: socket.host,
    port: 5432,
    user,
    password: options.secrets.databasePassword(user),
    database,
  })
  const letGo = () => {
    guard.release()
    socket.close()
  }
  let server: Server
  try {
    const first = await start()
    server = await prepareServer(first, {
      site,
      start,
      admin: connect('postgres', 'postgres'),
      secrets: options.secrets,
    })
  } catch (error) {
    await clearLeftovers(site.data)
    letGo()
    throw error
  }
  const watch = supervise(server, {
    restart: async () => {
      await clearLeftovers(site.data)
      return start()
    },
    mayPass: () => isFull(site.data),
    onRestart: (reason) => options.onRestart?.(reason),
    onLost: (reason) => options.onExit?.(`${reason} Its log is ${join(site.home, 'log')}.`),
  })
  return {
    admin: connect('postgres', 'postgres'),
    owner: connect('rafid', 'rafid'),
    app: connect('rafid_app', 'rafid'),
    get pid() {
      return watch.pid()
    },
    stop: async () => {
      await watch.stop()
      letGo()
      if (purpose === 'loading') syncData(site)
    },
  }
}

/** PostgreSQL cannot start on a disk without room; as soon as there is some, it can. */
async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize < LITTLE_ROOM_BYTES
}

function openSite({ dataDir, secrets, binaries = findBinaries() }: ClusterOptions): Site {
  finishMove(dataDir)
  const home = join(dataDir, 'postgres')
  if (!existsSync(home)) mkdirSync(home, { recursive: true, mode: 0o700 })
  give(home)
  const account = chooseAccount([binaries.initdb, binaries.postgres, join(binaries.folder, 'share'), home])
  const superuserPassword = secrets.databasePassword('postgres')
  return { account, binaries, home, data: join(home, 'data'), superuserPassword }
}

type Preparation = { site: Site; start: () => Promise<Server>; admin: Connection; secrets: Secrets }

/** The logins and the database; when our password is not the server's, secrets.json was lost and made again. */
async function prepareServer(server: Server, preparation: Preparation): Promise<Server> {
  const { site, start, admin, secrets } = preparation
  try {
    await prepareDatabase(admin, secrets, { newPasswords: false })
    return server
  } catch (error) {
    const wrongPassword = error instanceof Error && 'code' in error && error.code === '28P01'
    if (!wrongPassword) throw error
    await server.stop()
    resetSuperuser(site)
    const again = await start()
    await prepareDatabase(admin, secrets, { newPasswords: true })
    return again
  }
}

/** The logins, the database, and that it is closed to all others: what is as it should be is not written again. */
const WHAT_IS_THERE = `
  SELECT rolname AS name FROM pg_roles WHERE rolname IN ('rafid', 'rafid_app')
  UNION ALL SELECT 'database' FROM pg_database WHERE datname = 'rafid'
  UNION ALL SELECT 'closed' FROM pg_database d JOIN pg_roles r ON r.rolname = 'rafid_app'
    WHERE d.datname = 'rafid' AND has_database_privilege(r.oid, d.oid, 'CONNECT') AND NOT EXISTS (
      SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) WHERE grantee = 0)`

async function prepareDatabase(
  admin: Connection,
  secrets: Secrets,
  { newPasswords }: { newPasswords: boolean },
): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(WHAT_IS_THERE)
    const there = new Set(rows.map(({ name }) => name))
    if (there.size === 4 && !newPasswords) return
    // Nobody guesses 256 random bits; more iterations would only make every connection slower.
    await client.query('SET scram_iterations = 1')
    for (const role of ['rafid', 'rafid_app'] as const) {
      if (there.has(role) && !newPasswords) continue
      const password = client.escapeLiteral(secrets.databasePassword(role))
      const verb = there.has(role) ? 'ALTER' : 'CREATE'
      await client.query(
        `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD ${password}`,
      )
    }
    if (!there.has('database')) await client.query('CREATE DATABASE rafid OWNER rafid')
    await client.query('REVOKE ALL ON DATABASE rafid FROM PUBLIC')
    await client.query('GRANT CONNECT ON DATABASE rafid TO rafid_app')
  } finally {
    await client.end()
  }
}
