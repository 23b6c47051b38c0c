import { sql } from 'drizzle-orm'
import { authorise } from '../../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { rows, transaction } from '../../../../platform/database/transaction.ts'
import { enqueue } from '../../../../platform/jobs/jobs.ts'
import { audit } from '../../../workspaces/index.ts'
import { ImportNotThere, MappingIncomplete } from '../../errors.ts'
import { findHeader, isTable, showTable } from '../../imports/header.ts'
import { recognise } from '../../imports/index.ts'
import { readHead } from '../../imports/read-file.ts'
import type {
  ImportHead,
  ImportMapping,
  ImportState,
  ReadImport,
  StreamImport,
} from '../../imports/schema.ts'
import { describeImport, lockImport, opener, type StoredImport } from './import-row.ts'
import { readImportRef } from './job-refs.ts'
import { rememberMapping, signatureOf } from './remembered-mapping.ts'

const READABLE: readonly ImportState[] = ['mapping', 'reading', 'refused', 'ready']

/**
 * Reads a file that is not posted yet again, by what a person has said of it. How the columns are named is remembered for
 * files with the same header.
 * @throws NotFound, ImportNotThere, MappingIncomplete
 */
export async function askReading(ctx: Ctx, id: string, input: ReadImport): Promise<StreamImport> {
  authorise(ctx, 'streams:write')
  const before = await transaction(ctx, (tx) => lockImport(tx, id))
  if (!READABLE.includes(before.state)) throw new ImportNotThere(before.state)
  // The file is looked at outside of any transaction: another encoding makes another header.
  const head = await headAs(ctx, before, input)
  return transaction(ctx, async (tx) => {
    const stored = await lockImport(tx, id)
    if (!READABLE.includes(stored.state)) throw new ImportNotThere(stored.state)
    const known = stored.source !== 'mapped'
    if (known) mustBeKnown(stored, head)
    const mapping = known ? null : mustMap(input.mapping ?? stored.mapping, head)
    if (input.mapping !== null && mapping !== null)
      await rememberMapping(tx, signatureOf(head.columns), mapping)
    return restart(tx, stored, { head, mapping })
  })
}

async function headAs(ctx: Ctx, stored: StoredImport, input: ReadImport): Promise<ImportHead> {
  const encoding = input.encoding ?? stored.head.encoding
  const { decimal, dateOrder, calendar } = input
  const said = { encoding, decimal, dateOrder, calendar }
  const line = input.mapping?.headerLine ?? stored.head.headerLine
  if (encoding === stored.head.encoding && line === stored.head.headerLine) return { ...stored.head, ...said }
  const { delimiter, records } = await readHead(opener(ctx, stored.id), encoding)
  const header = records.find((record) => record.line === line) ?? findHeader(records)
  return {
    ...stored.head,
    ...said,
    delimiter,
    headerLine: header?.line ?? line,
    ...showTable(records, header ?? { line, cells: [] }),
  }
}

/** In another encoding the header of a platform's file is none any more, and nothing of it could be read. */
function mustBeKnown({ source }: StoredImport, { columns }: ImportHead): void {
  if (recognise(columns)?.importer.source !== source)
    throw new MappingIncomplete('/encoding', 'problems.field.import-encoding')
}

function mustMap(mapping: ImportMapping | null, head: ImportHead): ImportMapping {
  if (mapping === null || mapping.columns.date === undefined)
    throw new MappingIncomplete('/mapping/columns/date', 'problems.field.import-date')
  if (!isTable(mapping.columns))
    throw new MappingIncomplete('/mapping/columns/amount', 'problems.field.import-amount')
  if (mapping.columns.currency === undefined && mapping.currency === null)
    throw new MappingIncomplete('/mapping/currency', 'problems.field.import-currency')
  for (const [field, place] of Object.entries(mapping.columns))
    if (place >= head.columns.length)
      throw new MappingIncomplete(`/mapping/columns/${field}`, 'problems.field.import-column')
  return mapping
}

async function restart(
  ctx: TxCtx,
  { id, reading }: StoredImport,
  { head, mapping }: { head: ImportHead; mapping: ImportMapping | null },
): Promise<StreamImport> {
  await rows(
    ctx,
    sql`UPDATE stream_imports SET state = 'reading', reading = ${reading + 1}, head = ${JSON.stringify(head)}::jsonb,
          mapping = ${mapping === null ? null : JSON.stringify(mapping)}::jsonb, preview = NULL, problem = NULL, done = 0, total = 0
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  await audit(ctx, { action: 'import.read', subjectKind: 'stream-import', subjectId: id, after: { mapping } })
  await enqueue(ctx, readImportRef, { id, reading: reading + 1 })
  return describeImport(await lockImport(ctx, id))
}
