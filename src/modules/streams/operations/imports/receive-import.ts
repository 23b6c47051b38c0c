import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { authorise } from '../../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../../platform/database/transaction.ts'
import { enqueue } from '../../../../platform/jobs/jobs.ts'
import { detectEncoding, type TextEncoding } from '../../../../shared/text-encoding.ts'
import { audit } from '../../../workspaces/index.ts'
import { ImportEmpty, ImportNotText, ImportTooLarge, TooManyImports } from '../../errors.ts'
import { findHeader, isTable, showTable, type Header } from '../../imports/header.ts'
import { readHead } from '../../imports/read-file.ts'
import type {
  ImportHead,
  ImportMapping,
  ImportProblem,
  ImportState,
  StreamImport,
} from '../../imports/schema.ts'
import { describeImport, importKey, lockImport, opener } from './import-row.ts'
import { readImportRef } from './job-refs.ts'
import { findMapping, signatureOf } from './remembered-mapping.ts'

/** The most bytes that a file may have, in megabytes. */
export const MOST_MEGABYTES = 64
const MOST_WAITING = 50

/** A file to be imported. */
export type ReceivedFile = { readonly name: string; readonly body: Readable }

/**
 * Takes a file in, as a stream, and looks at its beginning. One that is recognised, by its platform's headers, by those of
 * the program's own format, or by a header whose columns a person named before, is read at once; any other waits for
 * its columns to be named.
 * @throws ImportTooLarge, ImportNotText, ImportEmpty, TooManyImports; nothing of the file is kept then
 */
export async function receiveImport(ctx: Ctx, file: ReceivedFile): Promise<StreamImport> {
  authorise(ctx, 'streams:write')
  await refuseTooMany(ctx)
  const id = ctx.ids.next()
  const key = importKey(ctx, id)
  try {
    const { encoding, sizeBytes } = await keep(ctx, key, file.body)
    const head = await readHead(opener(ctx, id), encoding)
    const header = findHeader(head.records) ?? (head.fault && NO_TABLE)
    if (header === undefined) throw new ImportEmpty()
    return await transaction(ctx, (tx) =>
      insert(tx, { id, name: file.name, sizeBytes, encoding, head, header }),
    )
  } catch (error) {
    await ctx.files.remove(key)
    throw error
  }
}

async function refuseTooMany(ctx: Ctx): Promise<void> {
  const [waiting] = await statement<{ count: bigint }>(
    ctx,
    sql`SELECT count(*) FROM stream_imports
        WHERE workspace_id = ${ctx.workspaceId} AND state IN ('mapping', 'reading', 'refused', 'ready')`,
  )
  if (Number(waiting?.count ?? 0) >= MOST_WAITING) throw new TooManyImports(MOST_WAITING)
}

async function keep(
  ctx: Ctx,
  key: string,
  body: Readable,
): Promise<{ encoding: TextEncoding; sizeBytes: number }> {
  const detector = detectEncoding()
  let sizeBytes = 0
  const counted = async function* counted() {
    for await (const piece of body) {
      const bytes = piece as Uint8Array
      sizeBytes += bytes.byteLength
      if (sizeBytes > MOST_MEGABYTES * 1_000_000) throw new ImportTooLarge(MOST_MEGABYTES)
      detector.push(bytes)
      yield bytes
    }
  }
  await ctx.files.write(key, Readable.from(counted(), { objectMode: false }), 'text/csv')
  const encoding = detector.end()
  if (sizeBytes === 0) throw new ImportEmpty()
  if (encoding === 'binary') throw new ImportNotText()
  return { encoding, sizeBytes }
}

type New = {
  id: string
  name: string
  sizeBytes: number
  encoding: TextEncoding
  head: Awaited<ReturnType<typeof readHead>>
  header: Header
}

async function insert(
  ctx: TxCtx,
  { id, name, sizeBytes, encoding, head, header }: New,
): Promise<StreamImport> {
  const known = header.recognised?.importer.source
  const remembered = known === undefined ? await findMapping(ctx, signatureOf(header.cells)) : undefined
  const mapping = known === undefined ? (remembered ?? suggestedBy(header)) : null
  const told = mapping !== null && isTable(mapping.columns) && tellsCurrency(mapping)
  const reads = known !== undefined || told
  const problem = header === NO_TABLE ? problemOf(head) : null
  const state: ImportState = problem !== null ? 'refused' : reads ? 'reading' : 'mapping'
  const kept: ImportHead = {
    encoding,
    delimiter: head.delimiter,
    headerLine: header.line,
    ...showTable(head.records, header),
    suggested: mapping,
    remembered: remembered !== undefined,
    decimal: null,
    dateOrder: null,
    calendar: null,
  }
  const { actor } = ctx
  await rows(
    ctx,
    sql`INSERT INTO stream_imports (workspace_id, id, file_name, size_bytes, source, state, head, mapping, problem, reading, done,
          total, created_by, created_at)
        VALUES (${ctx.workspaceId}, ${id}, ${name.slice(0, 200).toWellFormed()}, ${sizeBytes}, ${known ?? 'mapped'},
          ${state}, ${JSON.stringify(kept)}::jsonb,
          ${told && mapping !== null ? JSON.stringify(mapping) : null}::jsonb,
          ${problem === null ? null : JSON.stringify(problem)}::jsonb, 1, 0, 0,
          ${actor.kind === 'member' || actor.kind === 'token' ? actor.userId : null}, ${ctx.clock.now()})`,
  )
  await audit(ctx, {
    action: 'import.add',
    subjectKind: 'stream-import',
    subjectId: id,
    after: { name, sizeBytes },
  })
  if (reads) await enqueue(ctx, readImportRef, { id, reading: 1 })
  return describeImport(await lockImport(ctx, id))
}

/** A file that is broken in its first row has none that names columns. */
const NO_TABLE: Header = { line: 1, cells: [], recognised: undefined, suggested: {}, currency: undefined }

function problemOf({ fault }: New['head']): ImportProblem | null {
  return fault === undefined ? null : { problem: fault.fault, line: fault.line, openFrom: null }
}

function suggestedBy({ suggested, line, currency }: Header): ImportMapping {
  return { columns: suggested, headerLine: line, currency: currency ?? null, take: 'both' }
}

/** Without a column of currencies, and none said, a person has to say it: it is never assumed. */
function tellsCurrency({ columns, currency }: ImportMapping): boolean {
  return columns.currency !== undefined || currency !== null
}

/** For the edge: a body that says to be larger is not read at all. @throws ImportTooLarge */
export function refuseLength(contentLength: string | undefined): void {
  if (Number(contentLength ?? 0) > MOST_MEGABYTES * 1_000_000) throw new ImportTooLarge(MOST_MEGABYTES)
}
