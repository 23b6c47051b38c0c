import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import pg from 'pg'
import type { Connection } from '../database/database.ts'
import {
  ensureAppRole,
  FENCES,
  migrate,
  MIGRATIONS_TABLE,
  readMigrations,
  type Migration,
} from '../database/migrate.ts'
import type { FileStore } from '../files/index.ts'
import { installJobs, JOBS_SCHEMA } from '../jobs/install.ts'
import { readArchive, whole } from './archive.ts'
import { copyIn } from './copy.ts'
import {
  headerSchema,
  keyOfMember,
  manifestSchema,
  tableOfMember,
  type Header,
  type Progress,
} from './format.ts'
import { sqlNames, type TableShape } from './inventory.ts'
import { fillQueue, openQueue } from './restore-queue.ts'
import { CannotRestore } from './restorable.ts'
import type { Member } from './tar.ts'

/** Where a backup is to be put back. */
export type RestoreTarget = {
  /** The owner of the database, which must hold nothing of the program. */
  connection: Connection
  files: FileStore
  onProgress?: (progress: Progress) => void
}

/** What was put back. */
export type Restored = { rows: number; files: number; bytes: number; migrated: string[] }

const decompress = promisify(zstdDecompress)

/**
 * Puts a backup back: the schema as it was then, the rows, the files, and then the fences and what has been added to the
 * schema since.
 * The rows are one transaction that is committed last, so that a restore that is cut off leaves no half of them.
 * @throws CannotRestore, DamagedArchive
 */
export async function restoreBackup(
  target: RestoreTarget,
  source: AsyncIterable<Uint8Array>,
): Promise<Restored> {
  const client = new pg.Client({ ...target.connection, application_name: 'rafid-restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await refuseFull(client)
    await ensureAppRole(client)
    await installJobs(client, target.connection)
    await client.query('BEGIN')
    const counted = await load({ target, client, source })
    await client.query('COMMIT')
    await client.query('ANALYZE')
    return { ...counted, migrated: await migrate(target.connection) }
  } finally {
    await client.end()
  }
}

async function refuseFull(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') LIMIT 1",
  )
  if (rows.length > 0) throw new CannotRestore('database-not-empty')
}

type Loading = { target: RestoreTarget; client: pg.Client; source: AsyncIterable<Uint8Array> }

async function load({ target, client, source }: Loading): Promise<Omit<Restored, 'migrated'>> {
  const progress: Progress = { phase: 'rows', rows: 0, files: 0, bytes: 0 }
  const members = readArchive(source)
  const tell = () => target.onProgress?.(progress)
  let header: Header | undefined
  let keys: ForeignKey[] = []
  for (;;) {
    const { done, value } = await members.next()
    if (done === true) {
      const manifest = manifestSchema.parse(value)
      if (header === undefined || manifest.files.count !== progress.files) throw new CannotRestore('damaged')
      progress.phase = 'indexes'
      tell()
      await finishRows(client, header, keys)
      return progress
    }
    const table = tableOfMember(value.name)
    const key = keyOfMember(value.name)
    if (value.name === 'rafid.json') {
      header = headerSchema.parse(JSON.parse((await whole(value)).toString()))
      keys = await makeSchema(client, header)
    } else if (table !== undefined) {
      progress.rows += await loadRows(client, header, { table, value })
    } else if (key !== undefined) {
      progress.phase = 'files'
      progress.bytes += await keepFile(target.files, key, value)
      progress.files += 1
    }
    tell()
  }
}

async function loadRows(
  client: pg.Client,
  header: Header | undefined,
  { table, value }: { table: string; value: Member },
): Promise<number> {
  const shape = header?.tables.find(({ schema, name }) => `${schema}.${name}` === table)
  if (shape === undefined) throw new CannotRestore('damaged')
  const bytes = await decompress(await whole(value))
  return copyIn(
    client,
    `COPY ${placeOf(client, shape)} FROM STDIN`,
    Readable.from([bytes], { objectMode: false }),
  )
}

function placeOf(client: pg.Client, shape: TableShape): string {
  const { table, columns } = sqlNames(client, shape)
  // The queue's tables are those of this version's queue; its rows wait beside it and are put into what it has.
  return shape.schema === JOBS_SCHEMA ? `pg_temp.queue_${shape.name}` : `${table} (${columns})`
}

async function keepFile(files: FileStore, key: string, { size, body }: Member): Promise<number> {
  // Storage that outlived its server has it already; a key's content never changes.
  if ((await files.size(key)) === size) return size
  return files.write(key, Readable.from(body, { objectMode: false }), 'application/octet-stream')
}

type ForeignKey = { table: string; name: string; definition: string }

/** Makes the tables as they were, without the foreign keys: rows come in any order, and are compared at the end at once. */
async function makeSchema(client: pg.Client, header: Header): Promise<ForeignKey[]> {
  const known = await readMigrations()
  await client.query(MIGRATIONS_TABLE)
  for (const { name, checksum } of header.migrations) {
    if (name === FENCES) continue
    const migration = known.find((one) => one.name === name)
    if (migration === undefined) throw new CannotRestore('newer', { version: header.version })
    if (migration.checksum !== checksum)
      throw new CannotRestore('other-history', { version: header.version, name })
    await applyNoted(client, migration)
  }
  await openQueue(client, header.tables)
  const { rows } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0`,
  )
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  return rows
}

async function applyNoted(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query(sql)
  await client.query('INSERT INTO rafid_migrations (name, checksum, applied_at) VALUES ($1, $2, now())', [
    name,
    checksum,
  ])
}

async function finishRows(client: pg.Client, header: Header, keys: readonly ForeignKey[]): Promise<void> {
  for (const { table, name, definition } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`)
  await fillQueue(client, header.tables)
}
