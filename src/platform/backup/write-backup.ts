import { readFile } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import pg from 'pg'
import type { Clock } from '../clock.ts'
import type { Connection } from '../database/database.ts'
import { NotFound } from '../errors.ts'
import type { FileStore } from '../files/index.ts'
import { joinSecretsFiles, secretsPath } from '../keyring.ts'
import { createArchive, type ArchiveWriter } from './archive.ts'
import { copyOut } from './copy.ts'
import { FORMAT, rowsMember, type Header, type Manifest, type Progress } from './format.ts'
import { listTables, listWorkspaces, sqlNames, type SourceTable } from './inventory.ts'
import { lock } from './locked.ts'
import type { GivenSettings } from './settings.ts'

/** What a backup is made of. */
export type BackupSource = {
  /** The owner of the tables, or a superuser. */
  connection: Connection
  /** Without a store, only rows are written. */
  files: FileStore | undefined
  dataDir: string
  settings: GivenSettings
  version: string
  clock: Clock
  /** Without one, keys and passwords are left out. */
  passphrase?: string | undefined
  onProgress?: (progress: Progress) => void
}

/** What was written. */
export type BackupMade = Manifest & { createdAt: Date; secrets: boolean }

const compress = promisify(zstdCompress)
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Writes everything that the installation keeps, while it is in use: all rows as they were at one moment, then the files.
 * What a row names is there, because storage was asked after the moment and a key's content never changes.
 */
export async function writeBackup(source: BackupSource, out: Writable): Promise<BackupMade> {
  const archive = createArchive(out)
  const createdAt = source.clock.now()
  const progress: Progress = { phase: 'rows', rows: 0, files: 0, bytes: 0 }
  const running: Running = { source, archive, progress, createdAt }
  const { rows, keys } = await copyRows(running)
  const { missing, ...files } = await copyFiles(running, keys)
  const manifest: Manifest = { rows, files, missing, finishedAt: source.clock.now().toISOString() }
  await archive.finish(manifest)
  return { ...manifest, createdAt, secrets: source.passphrase !== undefined }
}

type Running = { source: BackupSource; archive: ArchiveWriter; progress: Progress; createdAt: Date }

async function copyRows(running: Running): Promise<{ rows: Record<string, number>; keys: Set<string> }> {
  const { connection } = running.source
  const client = new pg.Client({ ...connection, application_name: 'rafid-backup' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    // Keys may be rotated while this runs: those from before the snapshot and those from after it open all that is in it.
    const secretsBefore = await readSecretsFile(running.source)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(
      `SELECT set_config(name, value, true) FROM (VALUES ('statement_timeout', '0'), ('datestyle', 'ISO, YMD'),
         ('timezone', 'UTC'), ('intervalstyle', 'postgres'), ('extra_float_digits', '1'), ('bytea_output', 'hex'),
         ('idle_in_transaction_session_timeout', '0')) settings (name, value)`,
    )
    const tables = await listTables(client)
    await writeHeader(client, running, { tables, secretsBefore })
    const workspaces = tables.some(({ fenced }) => fenced) ? await listWorkspaces(client) : []
    const rows: Record<string, number> = {}
    for (const table of tables)
      rows[`${table.schema}.${table.name}`] = await copyTable(client, running, { table, workspaces })
    const keys = await listKeys(client, workspaces)
    await client.query('COMMIT')
    return { rows, keys }
  } finally {
    await client.end()
  }
}

async function writeHeader(
  client: pg.Client,
  running: Running,
  { tables, secretsBefore }: { tables: readonly SourceTable[]; secretsBefore: string },
): Promise<void> {
  const { source, archive, createdAt } = running
  const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM rafid_migrations ORDER BY name',
  )
  const header: Header = {
    format: FORMAT,
    version: source.version,
    createdAt: createdAt.toISOString(),
    migrations,
    tables: tables.map(({ schema, name, columns }) => ({ schema, name, columns })),
    settings: source.settings.open,
  }
  await archive.add('rafid.json', Buffer.from(JSON.stringify(header)))
  if (source.passphrase === undefined) return
  const opened = {
    secretsFile: joinSecretsFiles(secretsBefore, await readSecretsFile(source)),
    settings: source.settings.secret,
  }
  const locked = await lock(Buffer.from(JSON.stringify(opened)), source.passphrase)
  await archive.add('secrets.json', Buffer.from(JSON.stringify(locked)))
}

function readSecretsFile({ dataDir, passphrase }: BackupSource): Promise<string> {
  return passphrase === undefined ? Promise.resolve('') : readFile(secretsPath(dataDir), 'utf8')
}

type Copying = { table: SourceTable; workspaces: readonly string[] }

async function copyTable(
  client: pg.Client,
  running: Running,
  { table, workspaces }: Copying,
): Promise<number> {
  const { archive, progress } = running
  const names = sqlNames(client, table)
  const from =
    table.condition === undefined
      ? `${names.table} (${names.columns})`
      : `(SELECT ${names.columns} FROM ${names.table} WHERE ${table.condition})`
  let rows = 0
  let nth = 0
  for (const workspace of table.fenced ? workspaces : [undefined]) {
    await show(client, workspace)
    for await (const piece of copyOut(client, `COPY ${from} TO STDOUT`)) {
      nth += 1
      await archive.add(rowsMember(table, nth), await compress(piece.bytes, QUICKLY))
      rows += piece.rows
      progress.rows += piece.rows
      running.source.onProgress?.(progress)
    }
  }
  return rows
}

/** Makes one workspace's rows visible, where the role is fenced. */
async function show(client: pg.Client, workspace: string | undefined): Promise<void> {
  if (workspace !== undefined)
    await client.query("SELECT set_config('rafid.workspace_id', $1, true)", [workspace])
}

/** The files that the rows name: what was uploaded, and the pictures that were made of it. */
async function listKeys(client: pg.Client, workspaces: readonly string[]): Promise<Set<string>> {
  const keys = new Set<string>()
  for (const workspace of workspaces.length === 0 ? [undefined] : workspaces) {
    await show(client, workspace)
    const { rows } = await client.query<{ key: string }>(
      'SELECT storage_key AS key FROM files WHERE completed_at IS NOT NULL',
    )
    for (const { key } of rows) keys.add(key)
  }
  return keys
}

type Copied = { count: number; bytes: number; missing: string[] }

async function copyFiles({ source, archive, progress }: Running, wanted: Set<string>): Promise<Copied> {
  const copied: Copied = { count: 0, bytes: 0, missing: [] }
  const { files } = source
  if (files === undefined) return copied
  progress.phase = 'files'
  for await (const { key } of files.list('')) {
    const size = await files.size(key)
    if (size === undefined) continue
    const stream = await files.read(key).catch((error: unknown) => {
      // Swept in this moment: nothing names it any more, or it is found missing below.
      if (error instanceof NotFound) return undefined
      throw error
    })
    if (stream === undefined) continue
    await archive.addStream(
      `files/${key}`,
      size,
      counted(stream as AsyncIterable<Buffer>, () => source.onProgress?.(progress), progress),
    )
    wanted.delete(key)
    copied.count += 1
    copied.bytes += size
    progress.files += 1
  }
  return { ...copied, missing: [...wanted].slice(0, 1_000) }
}

async function* counted(
  stream: AsyncIterable<Buffer>,
  tell: () => void,
  progress: Progress,
): AsyncGenerator<Buffer, void> {
  for await (const bytes of stream) {
    progress.bytes += bytes.byteLength
    tell()
    yield bytes
  }
}
