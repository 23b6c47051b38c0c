import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../database/database.ts'
import { readSecrets } from '../secrets.ts'
import { startCluster, type Cluster, type ClusterOptions } from './cluster.ts'
import { assertDurable, NotDurable } from './durable.ts'
import { serversIn } from './leftovers.ts'

const running = new Set<Cluster>()
let folder = ''
let dataDir = ''

beforeAll(() => {
  // Of mode 0700: where the tests run as root, PostgreSQL, which does not, has to pass through.
  folder = mkdtempSync(join(tmpdir(), 'rafid-cluster-test-'))
  dataDir = join(folder, 'data')
})
afterEach(async () => {
  for (const cluster of running) await cluster.stop()
  running.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the server that a new cluster starts keeps what it acknowledges and tells roles apart', async () => {
  const cluster = await start()
  expect(await query(cluster.app, 'SELECT current_user AS who')).toEqual([{ who: 'rafid_app' }])
  expect(
    await query(
      cluster.owner,
      "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'rafid%' ORDER BY 1",
    ),
  ).toEqual(
    ['rafid', 'rafid_app'].map((rolname) => ({
      rolname,
      rolsuper: false,
      rolbypassrls: false,
      rolcreatedb: false,
      rolcreaterole: false,
    })),
  )
  await withClient(cluster.app, async (client) => expect(await assertDurable(client)).toBeUndefined())
  await expect(query({ ...cluster.app, password: 'guess' }, 'SELECT 1')).rejects.toThrow(/password/)
  await expect(query(cluster.app, 'CREATE TABLE mine (a int)')).rejects.toThrow(/permission/)
  await expect(query(cluster.app, 'CREATE TEMPORARY TABLE mine (a int)')).rejects.toThrow(/permission/)
})

test('Arabic letters are letters to trigrams and to text search', async () => {
  const cluster = await start()
  await query(cluster.owner, 'CREATE EXTENSION IF NOT EXISTS pg_trgm')
  const [row] = await query(
    cluster.owner,
    "SELECT similarity('كتاب', 'كتابي') > 0.4 AS similar, to_tsvector('arabic', 'الكتاب، الجديد')::text AS words",
  )
  expect(row).toEqual({ similar: true, words: "'جديد':2 'كتاب':1" })
})

test('a server that is killed is started again with all that was committed', async () => {
  const restarts: string[] = []
  const cluster = await start({ onRestart: (reason) => restarts.push(reason) })
  await query(cluster.owner, 'CREATE TABLE kept (a int)')
  await query(cluster.owner, 'INSERT INTO kept VALUES (1)')
  const before = cluster.pid
  kill(before)
  await until(() => restarts.length === 1)
  expect(restarts).toEqual(['PostgreSQL ended by itself (SIGKILL) and was started again.'])
  expect(cluster.pid).not.toBe(before)
  expect(await query(cluster.owner, 'SELECT a FROM kept')).toEqual([{ a: 1 }])
})

test('a server that keeps ending is given up with a sentence', { timeout: 60_000 }, async () => {
  const ends: string[] = []
  const cluster = await start({ onExit: (reason) => ends.push(reason) })
  for (let last: number | undefined; ends.length === 0; await sleep(20)) {
    if (cluster.pid === undefined || cluster.pid === last) continue
    last = cluster.pid
    kill(last)
  }
  expect(ends[0]).toMatch(
    /^PostgreSQL ended by itself 6 times right after its start \(SIGKILL\)\. Its log is .*\/log\.$/,
  )
  expect(cluster.pid).toBeUndefined()
})

test('the number of a program that is no server of ours does not keep it from starting, nor harm that program', async () => {
  await (await start()).stop()
  const innocent = spawn('sleep', ['60'])
  const lines = [innocent.pid, join(dataDir, 'postgres/data'), 1, 5432, '.', '', '0 0', 'ready', '']
  writeFileSync(join(dataDir, 'postgres/data/postmaster.pid'), lines.join('\n'))
  const cluster = await start()
  expect(await query(cluster.app, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(innocent.exitCode ?? innocent.signalCode).toBeNull()
  innocent.kill()
  await once(innocent, 'exit')
})

test('a set-up that was killed half way is done again', async () => {
  const half = join(folder, 'half')
  await (await start({ dataDir: half })).stop()
  rmSync(join(half, 'postgres/data'), { recursive: true })
  writeFileSync(join(half, 'postgres/password'), '')
  rmSync(join(half, 'postgres/new'), { recursive: true, force: true })
  writeFileSync(join(half, 'postgres/new'), 'half')
  const cluster = await start({ dataDir: half })
  expect(await query(cluster.app, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(readdirSync(join(half, 'postgres')).toSorted()).toEqual(['data', 'log'])
})

test('secrets.json that was lost and made again does not lock us out', async () => {
  await (await start()).stop()
  rmSync(join(dataDir, 'secrets.json'))
  const cluster = await start()
  for (const connection of [cluster.admin, cluster.owner, cluster.app]) {
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  }
})

test('a data directory too deep for the name of a socket works', async () => {
  const deep = join(folder, 'abcdefghij'.repeat(12), 'data')
  const cluster = await start({ dataDir: deep, purpose: 'throwaway' })
  expect(await query(cluster.app, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await withClient(cluster.app, (client) => expect(assertDurable(client)).rejects.toThrow(NotDurable))
})

test('a cluster that was stopped leaves no process and no socket', async () => {
  const cluster = await start()
  await cluster.stop()
  expect(serversIn(join(dataDir, 'postgres/data'))).toEqual([])
  expect(existsSync(join(dataDir, 'postgres/data/.s.PGSQL.5432'))).toBe(false)
})

async function start(options: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const where = options.dataDir ?? dataDir
  const cluster = await startCluster({ dataDir: where, secrets: readSecrets(where), ...options })
  running.add(cluster)
  return cluster
}

async function query(connection: Connection, text: string): Promise<unknown[]> {
  return withClient(connection, async (client) => (await client.query<Record<string, unknown>>(text)).rows)
}

async function withClient<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function kill(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries += 1) {
    if (tries > 1000) throw new Error('waited for 10 s in vain')
    await sleep(10)
  }
}
