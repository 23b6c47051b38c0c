import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
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
import type { KillPlan } from './kill-at.ts'
import { readSecrets } from '../../../src/platform/secrets.ts'
import { freePort } from '../../support/free-port.ts'

const root = join(import.meta.dirname, '../../..')

/** A real server process with a data directory and a durable PostgreSQL of its own, and what is needed to end it at will. */
export type FaultyServer = {
  readonly url: string
  readonly dataDir: string
  /** Starts it and waits until it answers; returns how long that took. */
  start(): Promise<number>
  /** Resolves once the process has ended, whoever ended it. */
  readonly ended: () => Promise<void>
  isRunning(): boolean
  stop(): Promise<void>
  /** Sets the trigger of kill-at.ts. */
  arm(plan: KillPlan): void
  disarm(): void
  /** The database as its superuser, past all fences. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** Everything that the program has written so far. */
  log(): string
}

/** The program as it is shipped: bundled; made now unless it is of these very sources, or `FAULTS_SERVER` names one. */
export function bundledServer(): string {
  const given = process.env['FAULTS_SERVER']
  if (given !== undefined) return given
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the build failed: ${built.stderr}`)
  return join(root, 'dist/server/main.js')
}

/**
 * Prepares a server on a new data directory; `close` ends it and removes everything. `name` is what the public calls it:
 * browsers keep passkeys for names alone. Without `triggers` it is started as an operator starts it, and cannot be armed.
 */
export async function prepareServer(
  env: Record<string, string> = {},
  name: '127.0.0.1' | 'localhost' = '127.0.0.1',
  triggers = true,
): Promise<FaultyServer & { close(): Promise<void> }> {
  const main = bundledServer()
  const dataDir = mkdtempSync(join(tmpdir(), 'rafid-f'))
  const port = await freePort()
  const url = `http://${name}:${port}`
  const trigger = join(dataDir, 'faults.json')
  const logFile = join(dataDir, 'server.log')
  let child: ChildProcess | undefined
  let end: Promise<void> = Promise.resolve()

  const start = async (): Promise<number> => {
    const began = performance.now()
    const before = existsSync(logFile) ? readFileSync(logFile, 'utf8').length : 0
    const log = openSync(logFile, 'a')
    const preload = triggers ? ['--import', join(import.meta.dirname, 'kill-at.ts')] : []
    const running = spawn(process.execPath, [...preload, '--enable-source-maps', main], {
      cwd: root,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOST: '127.0.0.1',
        PORT: String(port),
        PUBLIC_URL: url,
        DATA_DIR: dataDir,
        RATE_LIMITS: 'off',
        LOG_LEVEL: 'warn',
        FAULTS_FILE: trigger,
        FAULTS_CLUSTER: join(dataDir, 'postgres/data'),
        ...env,
      },
    })
    closeSync(log)
    child = running
    end = new Promise((resolve) => {
      running.once('exit', () => {
        if (child === running) child = undefined
        resolve()
      })
    })
    // The address is printed when the start is over.
    const printed = () =>
      readFileSync(logFile, 'utf8')
        .slice(before)
        .includes(`\n  ${env['PUBLIC_URL'] ?? url}\n`)
    while (!printed() || !(await answers(url))) {
      if (child !== running) throw new Error(`the server did not start:\n${readFileSync(logFile, 'utf8')}`)
      if (performance.now() - began > 60_000) throw new Error('the server did not answer within a minute')
      await sleep(20)
    }
    return performance.now() - began
  }
  const stop = async (): Promise<void> => {
    child?.kill('SIGTERM')
    await end
  }
  const disarm = () => rmSync(trigger, { force: true })
  return {
    url,
    dataDir,
    start,
    stop,
    disarm,
    ended: () => end,
    isRunning: () => child !== undefined,
    arm: (plan) => {
      // Whole or not at all: the server may look at any moment.
      writeFileSync(`${trigger}.new`, JSON.stringify(plan))
      renameSync(`${trigger}.new`, trigger)
    },
    query: (text, values) => queryAs(dataDir, text, values),
    log: () => readFileSync(logFile, 'utf8'),
    close: async () => {
      disarm()
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function queryAs<Row extends pg.QueryResultRow>(
  dataDir: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({
    host: join(dataDir, 'postgres/data'),
    user: 'postgres',
    database: 'rafid',
    password: readSecrets(dataDir).databasePassword('postgres'),
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}
