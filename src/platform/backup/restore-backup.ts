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
import { putOff, type Later } from './put-off.ts'
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
  let later: Later[] = []
  const loader = createLoader(client)
  for (;;) {
    const { done, value } = await members.next()
    if (done === true) {
      const manifest = manifestSchema.parse(value)
      if (header === undefined || manifest.files.count !== progress.files) throw new CannotRestore('damaged')
      progress.rows = await loader.end()
      progress.phase = 'indexes'
      tell()
      await finishRows(client, header, later)
      return progress
    }
    const table = tableOfMember(value.name)
    const key = keyOfMember(value.name)
    if (value.name === 'rafid.json') {
      header = headerSchema.parse(JSON.parse((await whole(value)).toString()))
      later = await makeSchema(client, header)
    } else if (table !== undefined) {
      progress.rows = await loader.take(shapeOf(header, table), value)
    } else if (key !== undefined) {
      progress.phase = 'files'
      progress.bytes += await keepFile(target.files, key, value)
      progress.files += 1
    }
    tell()
  }
}

function shapeOf(header: Header | undefined, table: string): TableShape {
  const shape = header?.tables.find(({ schema, name }) => `${schema}.${name}` === table)
  if (shape === undefined) throw new CannotRestore('damaged')
  return shape
}

/** Puts rows into their tables, one piece behind: the next is read while the server still takes this one. */
function createLoader(client: pg.Client) {
  let rows = 0
  let running: Promise<number> = Promise.resolve(0)
  const end = async () => {
    rows += await running
    running = Promise.resolve(0)
    return rows
  }
  const take = async (shape: TableShape, member: Member): Promise<number> => {
    const bytes = await decompress(await whole(member))
    await end()
    const pieces = Readable.from([bytes], { objectMode: false })
    running = copyIn(client, `COPY ${placeOf(client, shape)} FROM STDIN WITH (FREEZE)`, pieces)
    // Whoever waits for it next is told; until then nobody listens.
    running.catch(() => undefined)
    return rows
  }
  return { take, end }
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

/** Makes the tables as they were, without what is made at the end, at once for all rows, in a fraction of the time. */
async function makeSchema(client: pg.Client, header: Header): Promise<Later[]> {
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
  return putOff(client)
}

async function applyNoted(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query(sql)
  await client.query('INSERT INTO rafid_migrations (name, checksum, applied_at) VALUES ($1, $2, now())', [
    name,
    checksum,
  ])
}

async function finishRows(client: pg.Client, header: Header, later: readonly Later[]): Promise<void> {
  for (const { make } of later) await client.query(make)
  await fillQueue(client, header.tables)
}
