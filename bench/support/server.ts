import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openSocketFolder } from '../../src/platform/postgres/socket.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { freePort } from '../../test/support/free-port.ts'

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A real server: the built program as a process of its own, its PostgreSQL with fsync on. */
export type BenchServer = {
  readonly url: string
  readonly dataDir: string
  /** The process of Node. */
  readonly pid: number
  readonly setupLink: string
  /** A connection to its database as the tables' owner, or as the cluster's administrator. */
  connect(user?: 'rafid' | 'postgres'): Promise<pg.Client>
  stop(): Promise<void>
}

const STOP_MS = 30_000
const START_MS = 60_000
const running = new Set<ChildProcess>()
const folders = new Set<string>()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void stopAll().then(() => process.exit(1)))
}

/** Stops every process that a bench started and removes what it kept; called on every way out. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(stopChild))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
}

/** An empty folder on the disk of the checkout (fsync must reach a real one), removed at the end. */
export function makeFolder(name: string): string {
  const below = join(root, '.cache/bench')
  mkdirSync(below, { recursive: true })
  const folder = mkdtempSync(join(below, `${name}-`))
  folders.add(folder)
  return folder
}

/** The environment of a server: as the operator would set it, with limits per address off since all load has one. */
export function serverEnv(port: number, dataDir: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
  }
}

/** Starts a process whose end stopAll sees to, with its output in a file. */
export function launch(
  command: readonly [string, ...string[]],
  options: { cwd: string; env: NodeJS.ProcessEnv; log: string },
): ChildProcess {
  const [program, ...args] = command
  const log = openSync(options.log, 'a')
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', log, log] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Stops a process in order, and by force when it does not. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(late)
}

/** Asks until the address answers with success; the moment at which it did. @throws when the process ends before. */
export async function firstAnswer(
  child: ChildProcess,
  url: string,
  log: string,
  patienceMs = START_MS,
): Promise<number> {
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break
    try {
      const answer = await fetch(url)
      await answer.arrayBuffer()
      if (answer.ok) return performance.now()
    } catch {
      // Not listening yet.
    }
    await sleep(5)
  }
  throw new Error(`no answer from ${url}:\n${readFileSync(log, 'utf8').slice(-3000)}`)
}

/** Starts the built server on a fresh data directory. BENCH_SERVER names another build than dist/server/main.js. */
export async function startServer(name: string): Promise<BenchServer> {
  const dataDir = makeFolder(name)
  const port = await freePort()
  const log = join(dataDir, 'server.log')
  const main = process.env['BENCH_SERVER'] ?? 'dist/server/main.js'
  const nodeArgs = (process.env['BENCH_NODE_ARGS'] ?? '').split(' ').filter((arg) => arg !== '')
  const child = launch([process.execPath, ...nodeArgs, '--enable-source-maps', main], {
    cwd: root,
    env: serverEnv(port, dataDir),
    log,
  })
  const url = `http://127.0.0.1:${port}`
  await firstAnswer(child, `${url}/healthz`, log)
  const { pid } = child
  if (pid === undefined) throw new Error('the server has no process id')
  const link = join(dataDir, 'setup-link')
  return {
    url,
    dataDir,
    pid,
    setupLink: existsSync(link) ? readFileSync(link, 'utf8').trim() : '',
    connect: (user = 'rafid') => connect(dataDir, user),
    stop: async () => {
      await stopChild(child)
      rmSync(dataDir, { recursive: true, force: true })
      folders.delete(dataDir)
    },
  }
}

async function connect(dataDir: string, user: 'rafid' | 'postgres'): Promise<pg.Client> {
  const socket = openSocketFolder(join(dataDir, 'postgres/data'))
  const client = new pg.Client({
    host: socket.host,
    user,
    password: readSecrets(dataDir).databasePassword(user),
    database: 'rafid',
    application_name: 'rafid-bench',
  })
  // The server is stopped by whoever started it, be it before its connections are closed.
  client.on('error', () => undefined)
  await client.connect()
  client.once('end', () => socket.close())
  return client
}
