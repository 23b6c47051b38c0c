import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { bundledServer, type FaultyServer } from '../faults/support/server.ts'
import { freePort } from '../support/free-port.ts'
import { startStorage } from '../support/storage.ts'

const NOBODY = 65534
const asRoot = process.getuid?.() === 0
const account = asRoot ? { uid: NOBODY, gid: NOBODY } : {}

/** Why the test cannot run here, or undefined. */
export function whyNot(): string | undefined {
  if (debianPostgres() === undefined) return 'no PostgreSQL of the system’s own is installed'
  if (pgbouncer() === undefined) return 'pgbouncer is not installed'
  return undefined
}

/** Where the programs of the system's own PostgreSQL are. */
export function debianPostgres(): string | undefined {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return undefined
  const newest = readdirSync(root).toSorted((one, other) => Number(other) - Number(one))[0]
  const bin = join(root, newest ?? '', 'bin')
  return existsSync(join(bin, 'initdb')) ? bin : undefined
}

function pgbouncer(): string | undefined {
  return ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path))
}

/** Two web processes and one for jobs, behind PgBouncer in transaction mode, on the system's PostgreSQL; files in S3 storage. */
export type Several = {
  webs: readonly FaultyServer[]
  /** The environment of a command beside them. */
  env: Record<string, string>
  /** An address of another, empty database of the same server, as its owner. */
  otherDatabase(name: string): Promise<string>
  close(): Promise<void>
}

const children: ChildProcess[] = []

/** Ends what was started, in the reverse order, however far it came. */
export async function stopAll(folder: string): Promise<void> {
  for (const child of children.splice(0).toReversed()) {
    child.kill(child.spawnfile.endsWith('postgres') ? 'SIGINT' : 'SIGTERM')
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((done) => child.once('exit', done))
  }
  rmSync(folder, { recursive: true, force: true })
}

/** Starts all of it; the three processes begin together, on a database in which there is nothing. */
export async function startSeveral(): Promise<Several> {
  const folder = mkdtempSync(join(tmpdir(), 'rafid-s'))
  try {
    return await startAll(folder)
  } catch (error) {
    await stopAll(folder)
    throw error
  }
}

async function startAll(folder: string): Promise<Several> {
  chmodSync(folder, 0o755)
  const [postgresPort, bouncerPort] = [await freePort(), await freePort()]
  await startPostgres(folder, postgresPort)
  await startBouncer(folder, { postgresPort, bouncerPort })
  const dataDir = join(folder, 'data')
  const storage = await startStorage(folder)
  const env = {
    ...storage.env,
    DATABASE_URL: `postgres://rafid_app@127.0.0.1:${bouncerPort}/rafid`,
    DATABASE_OWNER_URL: `postgres://rafid@127.0.0.1:${postgresPort}/rafid`,
    DATABASE_PREPARED: 'off',
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
  }
  const ports = [await freePort(), await freePort()]
  const publicUrl = `http://127.0.0.1:${ports[0]}`
  // One process makes the keys that all share.
  const log = join(folder, 'log')
  for (const port of ports) run(log, ['--role', 'web'], { ...env, PORT: String(port), PUBLIC_URL: publicUrl })
  run(log, ['--role', 'jobs'], { ...env, PUBLIC_URL: publicUrl })
  const admin = `postgres://admin@127.0.0.1:${postgresPort}/rafid`
  const webs = ports.map((port) => webOf(`http://127.0.0.1:${port}`, { dataDir, admin, log }))
  for (const { url } of webs) await until(async () => (await fetch(`${url}/readyz`)).ok, log)
  return {
    webs,
    env: { ...env, PUBLIC_URL: publicUrl },
    otherDatabase: async (name) => {
      await query(admin, `CREATE DATABASE ${name} OWNER rafid`)
      return `postgres://rafid@127.0.0.1:${postgresPort}/${name}`
    },
    close: async () => {
      await stopAll(folder)
      await storage.close()
    },
  }
}

function webOf(
  url: string,
  { dataDir, admin, log }: { dataDir: string; admin: string; log: string },
): FaultyServer {
  const refuse = () => {
    throw new Error('not for this kind of server')
  }
  return {
    url,
    dataDir,
    query: (text, values) => query(admin, text, values),
    log: () => readFileSync(log, 'utf8'),
    isRunning: () => true,
    start: refuse,
    stop: refuse,
    ended: refuse,
    arm: refuse,
    disarm: refuse,
  }
}

/** The system's PostgreSQL on a port, with the program's roles and an empty database; `env` is what it is given besides. */
export async function startPostgres(
  folder: string,
  port: number,
  env: Record<string, string> = {},
): Promise<void> {
  const bin = debianPostgres() ?? ''
  const data = join(folder, 'postgres')
  mkdirSync(data, { mode: 0o700 })
  if (asRoot) chownSync(data, NOBODY, NOBODY)
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-k'],
    {
      ...account,
      cwd: '/',
      encoding: 'utf8',
    },
  )
  if (made.status !== 0) throw new Error(made.stderr)
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${data}`,
    'max_connections=60',
  ]
  const argv = [join(bin, 'postgres'), '-D', data, ...settings.flatMap((line) => ['-c', line])]
  begin(argv, join(folder, 'postgres.log'), env)
  const admin = `postgres://admin@127.0.0.1:${port}/postgres`
  await until(async () => (await query(admin, 'SELECT 1')).length === 1, join(folder, 'postgres.log'))
  await query(admin, 'CREATE ROLE rafid LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS')
  await query(admin, 'CREATE ROLE rafid_app LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS')
  await query(admin, 'GRANT rafid_app TO rafid')
  await query(admin, 'CREATE DATABASE rafid OWNER rafid')
}

/** A copy of that one, by streaming replication; returns what kills it. */
export async function startReplica(
  folder: string,
  { of, port }: { of: number; port: number },
): Promise<() => Promise<void>> {
  const bin = debianPostgres() ?? ''
  const data = join(folder, 'replica')
  mkdirSync(data, { mode: 0o700 })
  if (asRoot) chownSync(data, NOBODY, NOBODY)
  const source = ['-h', '127.0.0.1', '-p', String(of), '-U', 'admin']
  const made = spawnSync(
    join(bin, 'pg_basebackup'),
    [...source, '-D', data, '-R', '-c', 'fast', '-X', 'stream'],
    {
      ...account,
      cwd: '/',
      encoding: 'utf8',
    },
  )
  if (made.status !== 0) throw new Error(made.stderr)
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${data}`,
    'max_connections=60',
  ]
  const log = join(folder, 'replica.log')
  const argv = [join(bin, 'postgres'), '-D', data, ...settings.flatMap((line) => ['-c', line])]
  const child = begin(argv, log)
  const url = `postgres://admin@127.0.0.1:${port}/rafid`
  await until(async () => (await query(url, 'SELECT pg_is_in_recovery()')).length === 1, log)
  return async () => {
    child.kill('SIGQUIT')
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((done) => child.once('exit', done))
  }
}

async function startBouncer(
  folder: string,
  { postgresPort, bouncerPort }: { postgresPort: number; bouncerPort: number },
): Promise<void> {
  const users = join(folder, 'users.txt')
  writeFileSync(users, '"rafid_app" ""\n"rafid" ""\n', { mode: 0o644 })
  const settings = join(folder, 'pgbouncer.ini')
  writeFileSync(
    settings,
    `[databases]\nrafid = host=127.0.0.1 port=${postgresPort} dbname=rafid\n[pgbouncer]\nlisten_addr = 127.0.0.1\n` +
      `listen_port = ${bouncerPort}\nunix_socket_dir =\nauth_type = trust\nauth_file = ${users}\npool_mode = transaction\n` +
      'default_pool_size = 8\nmax_client_conn = 200\nignore_startup_parameters = options\n',
    { mode: 0o644 },
  )
  begin([pgbouncer() ?? '', settings], join(folder, 'pgbouncer.log'))
  const url = `postgres://rafid_app@127.0.0.1:${bouncerPort}/rafid`
  await until(async () => (await query(url, 'SELECT 1')).length === 1, join(folder, 'pgbouncer.log'))
}

function begin(argv: readonly string[], logPath: string, env: Record<string, string> = {}): ChildProcess {
  const [program = '', ...args] = argv
  const log = openSync(logPath, 'a')
  const child = spawn(program, args, {
    ...account,
    cwd: '/',
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  })
  children.push(child)
  closeSync(log)
  return child
}

function run(logPath: string, args: readonly string[], env: Record<string, string>): void {
  const log = openSync(logPath, 'a')
  const options = {
    stdio: ['ignore', log, log] as ['ignore', number, number],
    env: { PATH: process.env['PATH'] ?? '', ...env },
  }
  children.push(spawn(process.execPath, [bundledServer(), ...args], options))
  closeSync(log)
}

/** One statement on a database. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

async function until(done: () => Promise<boolean>, log: string): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    if (await done().catch(() => false)) return
    if (performance.now() > deadline)
      throw new Error(`it did not come up:\n${readFileSync(log, 'utf8').slice(-4_000)}`)
    await sleep(100)
  }
}
