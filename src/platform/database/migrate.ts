import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { installJobs } from '../jobs/install.ts'
import { OperatorError } from '../operator-error.ts'
import { projectRoot } from '../project-root.ts'
import type { Connection } from './database.ts'
import { codeOf } from './transaction.ts'

const MIGRATIONS = join(projectRoot, 'migrations')

/** A change of the schema that could not be made; the database is as it was before. */
export class MigrationFailed extends OperatorError {}

/** One file of migrations/, with what tells it from a changed one. */
export type Migration = { name: string; sql: string; checksum: string }

/** The file that is run after every change of the schema. */
export const FENCES = 'fences.sql'

/**
 * Brings the database to this version's schema, as its owner. All pending migrations are one transaction under a table
 * lock: two processes that start together migrate once, and a failed migration leaves the old state. Where nothing is
 * pending, nothing is locked: a backup that reads the table for an hour holds up no start.
 * Returns the names of the migrations that were applied.
 * @throws MigrationFailed with one sentence that names the migration.
 */
export async function migrate(owner: Connection, folder = MIGRATIONS): Promise<string[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await migrateOnce(owner, folder)
    } catch (error) {
      const another = !(error instanceof MigrationFailed) && MADE_BY_ANOTHER.has(codeOf(error))
      if (tries >= MOST_TRIES || !another) throw error
      await sleep(PAUSE_MS * tries)
    }
  }
}

/**
 * Two processes that start together on an empty database make the same table at the same moment, before there is one to
 * lock: the second is told in one of these ways, and finds it made when it tries again.
 */
const MADE_BY_ANOTHER = new Set(['23505', '42P07', '42710', '42P06', '42723', '40P01', '40001', 'XX000'])
const MOST_TRIES = 6
const PAUSE_MS = 300

async function migrateOnce(owner: Connection, folder: string): Promise<string[]> {
  const all = await readMigrations(folder)
  const client = new pg.Client({ ...owner, application_name: 'rafid-migrate' })
  await client.connect()
  try {
    await ensureAppRole(client)
    const applied = await applyPending(client, all)
    await installJobs(client, owner)
    return applied
  } finally {
    await client.end()
  }
}

async function applyPending(client: pg.Client, all: readonly Migration[]): Promise<string[]> {
  await client.query(MIGRATIONS_TABLE)
  const before = await knownMigrations(client)
  if (pendingOf(all, before).length === 0) return []
  await client.query('BEGIN')
  try {
    // Against others that migrate; whoever reads the table, as /readyz does, goes on.
    await client.query('LOCK TABLE rafid_migrations IN SHARE ROW EXCLUSIVE MODE')
    const known = await knownMigrations(client)
    const pending = pendingOf(all, known)
    for (const migration of pending) await apply(client, migration, known.get(migration.name))
    if (pending.length > 0 && !pending.some(({ name }) => name === FENCES)) {
      const fences = all.find(({ name }) => name === FENCES)
      if (fences !== undefined) await client.query(fences.sql)
    }
    await client.query('COMMIT')
    return pending.map(({ name }) => name)
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

function pendingOf(all: readonly Migration[], known: ReadonlyMap<string, string>): Migration[] {
  return all.filter(({ name, checksum }) => known.get(name) !== checksum)
}

/** The table of what was applied, as SQL that makes it. */
export const MIGRATIONS_TABLE =
  'CREATE TABLE IF NOT EXISTS rafid_migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL)'

async function apply(
  client: pg.Client,
  { name, sql, checksum }: Migration,
  before: string | undefined,
): Promise<void> {
  if (before !== undefined && name !== FENCES) {
    throw new MigrationFailed(
      `Migration ${name} was changed after it had been applied; restore the file that this database was migrated with.`,
    )
  }
  try {
    await client.query(sql)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationFailed(`Migration ${name} failed and nothing was changed: ${reason}`, { cause: error })
  }
  await client.query(
    `INSERT INTO rafid_migrations (name, checksum, applied_at) VALUES ($1, $2, now())
     ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, applied_at = excluded.applied_at`,
    [name, checksum],
  )
}

async function knownMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM rafid_migrations',
  )
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

/** The serving role, for an external database whose login role may create roles; the embedded cluster brings it. */
export async function ensureAppRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; member: boolean }>(
    "SELECT rolname AS role, pg_has_role(current_user, oid, 'MEMBER') AS member FROM pg_roles WHERE rolname = 'rafid_app'",
  )
  if (rows.length > 0) return
  try {
    await client.query('CREATE ROLE rafid_app NOLOGIN')
    await client.query('GRANT rafid_app TO CURRENT_USER')
  } catch (error) {
    throw new MigrationFailed(
      'The database has no role rafid_app and the role of DATABASE_URL may not create it: run CREATE ROLE rafid_app; GRANT rafid_app TO <that role>; as an administrator.',
      { cause: error },
    )
  }
}

/** Numbered files in order, then the fences. */
export async function readMigrations(folder = MIGRATIONS): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.*\.sql$/.test(file)).sort()
  return Promise.all(
    [...files, FENCES].map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
