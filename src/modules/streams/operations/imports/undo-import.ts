import { sql } from 'drizzle-orm'
import { authorise } from '../../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { rows, transaction } from '../../../../platform/database/transaction.ts'
import { assert } from '../../../../platform/errors.ts'
import { enqueue } from '../../../../platform/jobs/jobs.ts'
import { PeriodClosed, readClosings, reverseEntries } from '../../../ledger/index.ts'
import { audit } from '../../../workspaces/index.ts'
import { ImportNotThere } from '../../errors.ts'
import type { ImportProblem, StreamImport } from '../../imports/schema.ts'
import { describeImport, lockImport } from './import-row.ts'
import { undoImportRef } from './job-refs.ts'

const BATCH = 1_000

/**
 * Has all that an import posted taken back, each entry by its reversal on its own day, so that every month is as it was
 * before; a job does it. What is undone can be imported again.
 * @throws NotFound, ImportNotThere, PeriodClosed if any of it belongs to a time whose books are closed: then nothing is undone
 */
export async function askUndoing(ctx: Ctx, id: string): Promise<StreamImport> {
  authorise(ctx, 'streams:write')
  return transaction(ctx, async (tx) => {
    const stored = await lockImport(tx, id)
    if (stored.state !== 'posted') throw new ImportNotThere(stored.state)
    const [posted] = await rows<{ count: number; first: string | null }>(
      tx,
      sql`SELECT count(*)::int4 AS count, min(day)::text AS first FROM stream_import_rows
          WHERE workspace_id = ${tx.workspaceId} AND import_id = ${id} AND fate = 'posted'`,
    )
    const openFrom = (await readClosings(tx))[0]?.through
    const first = posted?.first ?? undefined
    if (openFrom !== undefined && first !== undefined && new Date(first) < openFrom)
      throw new PeriodClosed(openFrom)
    await rows(
      tx,
      sql`UPDATE stream_imports SET state = 'undoing', problem = NULL, done = 0, total = ${posted?.count ?? 0}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    await audit(tx, { action: 'import.undo', subjectKind: 'stream-import', subjectId: id })
    await enqueue(tx, undoImportRef, { id })
    return describeImport(await lockImport(tx, id))
  })
}

/** Takes back what an import posted, so many rows in a transaction. May run twice. */
export async function undoImport(ctx: Ctx, id: string): Promise<void> {
  while (await transaction(ctx, (tx) => undoBatch(tx, id)));
}

type PostedRow = { line: number; key: string; day: string; entryId: string; feeEntryId: string | null }

/** Undoes some rows; false when there are no more, or none that may be. */
async function undoBatch(ctx: TxCtx, id: string): Promise<boolean> {
  const stored = await lockImport(ctx, id)
  if (stored.state !== 'undoing') return false
  const some = await rows<PostedRow>(
    ctx,
    sql`SELECT line, key, day::text AS day, entry_id AS "entryId", fee_entry_id AS "feeEntryId" FROM stream_import_rows
        WHERE workspace_id = ${ctx.workspaceId} AND import_id = ${id} AND fate = 'posted' ORDER BY line LIMIT ${BATCH}`,
  )
  const openFrom = await reverse(ctx, some)
  if (openFrom !== undefined) {
    await end(ctx, id, {
      problem: 'period-closed',
      line: null,
      openFrom: openFrom.toISOString().slice(0, 10),
    })
    return false
  }
  if (some.length === 0) {
    await end(ctx, id, null)
    return false
  }
  await free(ctx, id, some)
  return true
}

/** From when on the books are open, if a reversal was refused for that; the transaction must write nothing more of it then. */
async function reverse(ctx: TxCtx, some: readonly PostedRow[]): Promise<Date | undefined> {
  const openFrom = (await readClosings(ctx))[0]?.through
  if (openFrom !== undefined && some.some(({ day }) => new Date(day) < openFrom)) return openFrom
  const outcomes = await reverseEntries(
    ctx,
    some.flatMap(({ day, entryId, feeEntryId }) =>
      [entryId, feeEntryId].flatMap((entry) =>
        entry === null
          ? []
          : [
              {
                entryId: entry,
                key: `stream-import-undo/${entry}`,
                kind: 'stream-reversal',
                effectiveAt: new Date(`${day}T00:00:00Z`),
              },
            ],
      ),
    ),
  )
  // Somebody may have reversed an entry by hand: then it is undone.
  const done = outcomes.every(({ outcome }) => ['posted', 'replayed', 'already-reversed'].includes(outcome))
  assert(done, 'entries of an open period can be reversed')
  return undefined
}

async function free(ctx: TxCtx, id: string, some: readonly PostedRow[]): Promise<void> {
  const lines = sql.param(some.map(({ line }) => line))
  await rows(
    ctx,
    sql`UPDATE stream_import_rows SET fate = 'undone'
        WHERE workspace_id = ${ctx.workspaceId} AND import_id = ${id} AND line = ANY (${lines}::int4[])`,
  )
  await rows(
    ctx,
    sql`DELETE FROM stream_import_keys
        WHERE workspace_id = ${ctx.workspaceId} AND key = ANY (${sql.param(some.map(({ key }) => key))}::uuid[])`,
  )
  await rows(
    ctx,
    sql`UPDATE stream_imports SET done = done + ${some.length} WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
}

async function end(ctx: TxCtx, id: string, problem: ImportProblem | null): Promise<void> {
  await rows(
    ctx,
    sql`UPDATE stream_imports SET state = ${problem === null ? 'undone' : 'posted'},
          problem = ${problem === null ? null : JSON.stringify(problem)}::jsonb, finished_at = ${ctx.clock.now()}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
}
