import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { systemCtx, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { Buyer, Member, PersonalTable } from '../../../platform/personal-data.ts'
import { daysKept } from '../../../platform/retention.ts'
import { createZip, type ZipEntry } from '../../../platform/zip.ts'
import { locales } from '../../../shared/locale.ts'
import { documentsOf, findBuyer } from '../../checkout/index.ts'
import { findPerson } from '../../workspaces/index.ts'
import { archiveKey, findRequest } from './read-requests.ts'
import { PERSONAL_TABLES } from './registry.ts'

const DAY_MS = 86_400_000

/** Days for which an archive can be fetched. */
const ARCHIVE_DAYS = daysKept('privacy_requests')

const RECORDS = 'records'
const DOCUMENTS = 'documents'

/** More records of one kind about one person than anybody has. */
const MOST_ROWS = 100_000

/**
 * Puts together all that is kept about one person, table by table and document by document, straight into storage. Runs
 * again from the start if it was cut off.
 */
export async function makeArchive(ctx: Ctx, id: string): Promise<void> {
  const request = await transaction(ctx, (tx) => findRequest(tx, id))
  if (request.status === 'done') return
  const key = archiveKey(ctx.workspaceId ?? '', id)
  const run: Run = { id, done: 0, rows: 0 }
  const entries =
    request.about === 'buyer'
      ? entriesOfBuyer(ctx, run, request.email ?? '')
      : entriesOfMember(ctx, run, request.user_id ?? '')
  await ctx.files.remove(key)
  const sizeBytes = await ctx.files.write(key, Readable.from(archive(entries)), 'application/zip')
  const now = ctx.clock.now()
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`UPDATE privacy_requests SET status = 'done', done = parts, rows_touched = ${run.rows},
            size_bytes = ${BigInt(sizeBytes)}, finished_at = ${now},
            expires_at = ${new Date(now.getTime() + ARCHIVE_DAYS * DAY_MS)}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    ),
  )
}

type Run = { readonly id: string; done: number; rows: number }

async function* archive(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const zip = createZip()
  for await (const entry of entries) yield zip.add(entry)
  yield zip.end()
}

async function* entriesOfBuyer(ctx: Ctx, run: Run, email: string): AsyncGenerator<ZipEntry> {
  const buyer = await transaction(ctx, (tx) => findBuyer(tx, email))
  const tables = PERSONAL_TABLES.filter((table) => table.buyer !== undefined)
  await begin(ctx, run, tables.length + 2)
  yield readMe(ctx, email)
  yield* recordsOf(ctx, run, { tables, who: { buyer } })
  for await (const { name, bytes } of documentsOf(systemCtx(ctx, ctx.workspaceId), buyer.orderIds))
    yield { name: `${DOCUMENTS}/${name}`, bytes }
  await step(ctx, run)
}

async function* entriesOfMember(ctx: Ctx, run: Run, userId: string): AsyncGenerator<ZipEntry> {
  const { email } = await findPerson(ctx, userId)
  const member: Member = { workspaceId: ctx.workspaceId ?? '', userId, email }
  const tables = PERSONAL_TABLES.filter((table) => table.member !== undefined)
  await begin(ctx, run, tables.length + 1)
  yield readMe(ctx, email)
  yield* recordsOf(ctx, run, { tables, who: { member } })
}

type Records = { tables: readonly PersonalTable[]; who: { buyer?: Buyer; member?: Member } }

async function* recordsOf(ctx: Ctx, run: Run, { tables, who }: Records): AsyncGenerator<ZipEntry> {
  for (const table of tables) {
    const records = await transaction(ctx, (tx) => readRecords(tx, table, who))
    run.rows += records.length
    await step(ctx, run)
    if (records.length > 0)
      yield {
        name: `${RECORDS}/${table.table}.json`,
        bytes: Buffer.from(`${JSON.stringify(records, null, 2)}\n`),
      }
  }
}

async function readRecords(tx: TxCtx, table: PersonalTable, who: Records['who']): Promise<unknown[]> {
  const condition =
    who.buyer === undefined ? who.member && table.member?.(who.member) : table.buyer?.(who.buyer)
  if (condition === undefined) return []
  const hidden = sql.param(['workspace_id', ...(table.secret ?? [])])
  const fence = table.ofPeople === true ? sql`true` : sql`workspace_id = ${tx.workspaceId}`
  const found = await rows<{ record: unknown }>(
    tx,
    sql`SELECT to_jsonb(t) - ${hidden}::text[] AS record FROM ${sql.identifier(table.table)} t
        WHERE ${fence} AND ${condition} LIMIT ${MOST_ROWS}`,
  )
  return found.map(({ record }) => record)
}

function readMe(ctx: Ctx, email: string): ZipEntry {
  const at = ctx.clock.now().toISOString()
  const text = locales
    .map((locale) => t(locale, 'privacy.archive', { email, at, records: RECORDS, documents: DOCUMENTS }))
    .join('\n\n')
  return { name: 'README.txt', bytes: Buffer.from(`${text}\n`) }
}

async function begin(ctx: Ctx, { id }: Run, parts: number): Promise<void> {
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`UPDATE privacy_requests SET status = 'running', parts = ${parts}, done = 0
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    ),
  )
}

async function step(ctx: Ctx, run: Run): Promise<void> {
  run.done += 1
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`UPDATE privacy_requests SET done = ${run.done} WHERE workspace_id = ${tx.workspaceId} AND id = ${run.id}`,
    ),
  )
}
