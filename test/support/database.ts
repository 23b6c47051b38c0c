import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Connection } from '../../src/platform/database/database.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { atEnd } from './at-end.ts'
import type { TestCluster } from './cluster.ts'

/** A database of a test file's own: as its owner, and as the role that serves. */
export type TestDatabase = { owner: Connection; app: Connection; admin: Connection; name: string }

const cluster = JSON.parse(process.env['TEST_CLUSTER'] ?? '{}') as TestCluster
const to = (user: keyof TestCluster['passwords'], database: string): Connection => ({
  host: cluster.host,
  user,
  password: cluster.passwords[user],
  database,
})

/** Makes a database by copying the migrated template; it is dropped when the test file ends. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = await ensureTemplate()
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin((client) =>
    client.query(`CREATE DATABASE ${name} OWNER rafid TEMPLATE ${template} STRATEGY wal_log`),
  )
  atEnd(() => asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
  return { owner: to('rafid', name), app: to('rafid_app', name), admin: to('postgres', name), name }
}

/** Makes a database in which there is nothing at all; it is dropped when the test file ends. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin((client) => client.query(`CREATE DATABASE ${name} OWNER rafid`))
  atEnd(() => asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
  return { owner: to('rafid', name), app: to('rafid_app', name), admin: to('postgres', name), name }
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
      await migrate(to('rafid', name))
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`)
    }
  })
  return name
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(to('postgres', 'postgres'))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
