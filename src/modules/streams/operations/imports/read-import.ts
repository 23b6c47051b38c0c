import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../../platform/ctx.ts'
import { rows, transaction } from '../../../../platform/database/transaction.ts'
import { assert } from '../../../../platform/errors.ts'
import type { CsvRecord } from '../../../../shared/csv.ts'
import { readClosings } from '../../../ledger/index.ts'
import type { ReadRow } from '../../imports/importer.ts'
import { recognise, type Recognised } from '../../imports/index.ts'
import { mappedImporter, mappedColumns } from '../../imports/mapped.ts'
import {
  readRecords,
  rowReader,
  surveyFile,
  type FileShape,
  type FoundStyle,
  type Survey,
} from '../../imports/read-file.ts'
import { createRowKeys } from '../../imports/row-key.ts'
import type { ImportProblem } from '../../imports/schema.ts'
import { toIsoDate } from '../../../../shared/dates.ts'
import { isAhead } from '../../rules/days.ts'
import { lockImport, opener, type StoredImport } from './import-row.ts'
import { forgetRows, stageRows, type StagedRow } from './stage-rows.ts'
import { summarise } from './summarise.ts'

/** The most rows that a file may have. */
export const MOST_ROWS = 250_000
const BATCH = 2_000
const TEXT_CHARS = 200

/** A reading to be done; see readImportRef. */
export type Reading = { readonly id: string; readonly reading: number }

/**
 * Reads a file and notes what would become of each row; nothing is posted. No more than some thousand rows are held at a time.
 * A file that is broken or too long is refused whole. May run twice; stops when a newer reading was asked for.
 */
export async function readImport(ctx: Ctx, wish: Reading): Promise<void> {
  const stored = await begin(ctx, wish)
  if (stored === undefined) return
  const recognised = importerOf(stored)
  const open = opener(ctx, stored.id)
  const shape: FileShape = { ...stored.head, width: stored.head.columns.length }
  const { decimal, dateOrder, calendar } = stored.head
  const said = {
    decimal: decimal ?? undefined,
    dateOrder: dateOrder ?? undefined,
    calendar: calendar ?? undefined,
  }
  const today = toIsoDate(ctx.clock.now())
  const survey = await surveyFile(recognised, readRecords(open, shape), { said, mostRows: MOST_ROWS, today })
  if ('problem' in survey) return refuse(ctx, wish, survey)
  const judge = await judgeOf(ctx, recognised, { style: survey.style, width: shape.width })
  let batch: StagedRow[] = []
  for await (const { records, cutOff = false } of readRecords(open, shape)) {
    for (const record of records) {
      batch.push(judge(record, cutOff))
      if (batch.length < BATCH) continue
      if (!(await stageRows(ctx, wish, { rows: batch, total: survey.rows }))) return
      batch = []
    }
  }
  if (await stageRows(ctx, wish, { rows: batch, total: survey.rows })) await finish(ctx, wish, survey.style)
}

/** Takes the reading up, from its start: what an earlier one has noted goes. Undefined if it is asked for no more. */
async function begin(ctx: Ctx, { id, reading }: Reading): Promise<StoredImport | undefined> {
  return transaction(ctx, async (tx) => {
    const stored = await lockImport(tx, id).catch(() => undefined)
    if (stored === undefined || stored.state !== 'reading' || stored.reading !== reading) return undefined
    await forgetRows(tx, id)
    await rows(
      tx,
      sql`UPDATE stream_imports SET done = 0, total = 0 WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    return stored
  })
}

function importerOf({ source, mapping, head }: StoredImport): Recognised {
  if (mapping === null) {
    const recognised = recognise(head.columns)
    assert(recognised?.importer.source === source, 'a platform’s file is still known by its header')
    return recognised
  }
  const importer = mappedImporter(source, { currency: mapping.currency ?? undefined, take: mapping.take })
  const names = Object.keys(mappedColumns)
  const columns: Readonly<Record<string, number>> = mapping.columns
  return { importer, places: Object.fromEntries(names.map((name) => [name, columns[name]])) }
}

type Judge = (record: CsvRecord, cutOff: boolean) => StagedRow

async function judgeOf(
  ctx: Ctx,
  recognised: Recognised,
  { style, width }: { style: FoundStyle; width: number },
): Promise<Judge> {
  const read = rowReader(recognised, style, width)
  const keys = createRowKeys(recognised.importer.source)
  const openFrom = (await readClosings(ctx))[0]?.through.toISOString().slice(0, 10) ?? ''
  const now = ctx.clock.now()
  return (record, cutOff) => {
    const row = inTime(read(record, cutOff), { openFrom, now })
    const base = { line: record.line, reason: '', cell: '', money: undefined }
    switch (row.outcome) {
      case 'skipped':
        return { ...base, fate: 'skipped', reason: row.reason }
      case 'problem':
        return { ...base, fate: 'problem', reason: row.problem, cell: cleaned(row.cell) }
      case 'money': {
        const { key, repeated } = keys.keyOf(row)
        const money = { ...row, key, what: cleaned(row.what), payer: cleaned(row.payer) }
        return { ...base, fate: repeated ? 'duplicate' : 'new', money }
      }
    }
  }
}

/** Money of days to come, and of a time whose books are closed, cannot be posted. */
function inTime(row: ReadRow, { openFrom, now }: { openFrom: string; now: Date }): ReadRow {
  if (row.outcome !== 'money') return row
  if (isAhead(row.day, now)) return { outcome: 'problem', problem: 'day-in-future', cell: row.day }
  return row.day < openFrom ? { outcome: 'problem', problem: 'period-closed', cell: row.day } : row
}

/** A text as it is kept: without control characters, and not longer than anybody reads. */
function cleaned(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .slice(0, TEXT_CHARS)
}

type Refused = Extract<Survey, { problem: string }>

async function refuse(ctx: Ctx, { id, reading }: Reading, { problem, line }: Refused): Promise<void> {
  const told: ImportProblem = { problem, line: line ?? null, openFrom: null }
  await transaction(ctx, async (tx) => {
    await rows(
      tx,
      sql`UPDATE stream_imports SET state = 'refused', problem = ${JSON.stringify(told)}::jsonb
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND state = 'reading' AND reading = ${reading}`,
    )
  })
}

async function finish(ctx: Ctx, { id, reading }: Reading, style: FoundStyle): Promise<void> {
  await transaction(ctx, async (tx) => {
    const preview = await summarise(tx, id, style)
    await rows(
      tx,
      sql`UPDATE stream_imports SET state = 'ready', preview = ${JSON.stringify(preview)}::jsonb
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND state = 'reading' AND reading = ${reading}`,
    )
  })
}
