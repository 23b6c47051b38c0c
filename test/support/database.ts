import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll } from 'vitest'
import type { Connection } from '../../src/platform/database/database.ts'
import { migrate } from '../../src/platform/database/migrate.ts'

/** A database of a test file's own: as its owner, and as the role that serves. */
export type TestDatabase = { owner: Connection; app: Connection; name: string }

/** The cluster that the test run started: the folder of its socket. */
const socket = process.env['TEST_CLUSTER'] ?? '/tmp/rafid-dev'
const admin: Connection = { host: socket, user: 'postgres', database: 'postgres' }

/** Makes a database by copying the migrated template; it is dropped when the test file ends. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = await ensureTemplate()
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin((client) =>
    client.query(`CREATE DATABASE ${name} OWNER rafid TEMPLATE ${template} STRATEGY wal_log`),
  )
  afterAll(() => asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
  const of = (user: string): Connection => ({ host: socket, user, database: name })
  return { owner: of('rafid'), app: of('rafid_app'), name }
}

/** The migrated template of this very schema; made by whoever comes first. */
async function ensureTemplate(): Promise<string> {
  const folder = join(import.meta.dirname, '../../migrations')
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).toSorted()) {
    if (file.endsWith('.sql')) hash.update(readFileSync(join(folder, file)))
  }
  const name = `template_${hash.digest('hex').slice(0, 16)}`
  await asAdmin(async (client) => {
    // One test process at a time makes it; the others wait here.
    await client.query('SELECT pg_advisory_lock(4242)')
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [
      name,
    ])
    if (rowCount === 0) {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await client.query(`CREATE DATABASE ${name} OWNER rafid`)
      await migrate({ host: socket, user: 'rafid', database: name })
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`)
    }
  })
  return name
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
