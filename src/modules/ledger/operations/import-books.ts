import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Conflict, Invalid } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { toProblem } from '../errors.ts'
import { findFault } from '../rules/check-entry.ts'
import { exportedLine, type ExportedLine } from '../rules/exported-line.ts'
import type { NewEntry } from '../schema.ts'
import { closePeriod } from './close-period.ts'
import { addChartRows, numberActor, numberDimensions, openAccounts } from './open-accounts.ts'
import { postRecorded } from './post-entries.ts'
import { restoreRates } from './set-rates.ts'
import { sqlArray, sqlTexts } from './sql-array.ts'

type Line<Type extends ExportedLine['type']> = Extract<ExportedLine, { type: Type }>

const BATCH = 1_000

/** What was imported. */
export type Imported = { entries: number; holds: number; rates: number }

/**
 * Rebuilds books from an export in JSON Lines: the same entries with their ids, keys, times and actors, in the same order,
 * so that every running balance is the same. Goes on where it was cut off when it is run again with the same lines.
 * @throws Conflict if the books hold entries of their own, Invalid that names the line which is not of that form.
 */
export async function importBooks(
  ctx: Ctx,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Imported> {
  authorise(ctx, 'ledger:write')
  const imported: Imported = { entries: 0, holds: 0, rates: 0 }
  let at = 0
  let batch: Line<'entry'>[] = []
  const flush = async () => {
    if (batch.length > 0) await transaction(ctx, (tx) => postBatch(tx, batch))
    imported.entries += batch.length
    batch = []
  }
  for await (const text of lines) {
    at++
    if (text.trim() === '') continue
    const line = parseLine(text, at)
    if (at === 1 && line.type !== 'books') throw faulty(at)
    if (line.type === 'entry') {
      if (imported.entries === 0 && batch.length === 0) await refuseForeign(ctx, line.id)
      const [first] = batch
      const fits = first === undefined || (first.recordedAt === line.recordedAt && sameActor(first, line))
      if (!fits || batch.length >= BATCH) await flush()
      batch.push(line)
      continue
    }
    await flush()
    await importOther(ctx, line, imported)
  }
  await flush()
  await transaction(ctx, (tx) =>
    audit(tx, {
      action: 'ledger.import',
      subjectKind: 'workspace',
      subjectId: tx.workspaceId,
      after: imported,
    }),
  )
  return imported
}

function parseLine(text: string, at: number): ExportedLine {
  try {
    const parsed = exportedLine.parse(JSON.parse(text))
    if (parsed.type === 'entry' && findFault(toNewEntry(parsed)) !== undefined) throw faulty(at)
    return parsed
  } catch {
    throw faulty(at)
  }
}

function faulty(at: number): Invalid {
  return new Invalid([{ pointer: `/${at}`, detail: 'ledger.import.line' }])
}

const sameActor = (left: Line<'entry'>, right: Line<'entry'>) =>
  left.actor.kind === right.actor.kind && left.actor.id === right.actor.id

/** Books that hold other entries must not be mixed with these. */
async function refuseForeign(ctx: Ctx, firstId: string): Promise<void> {
  const [row] = await transaction(ctx, (tx) =>
    rows<{ any: boolean; own: boolean }>(
      tx,
      sql`SELECT EXISTS (SELECT FROM ledger_entries WHERE workspace_id = ${tx.workspaceId}) AS any,
            EXISTS (SELECT FROM ledger_entries WHERE workspace_id = ${tx.workspaceId} AND id = ${firstId}) AS own`,
    ),
  )
  if (row?.any === true && !row.own) throw new Conflict('books-not-empty')
}

function toNewEntry({ kind, effectiveAt, source, memo, postings, key }: Line<'entry'>): NewEntry {
  return {
    key,
    kind,
    effectiveAt: new Date(effectiveAt),
    memo,
    ...(source && { source }),
    postings: postings
      .toSorted((left, right) => left.line - right.line)
      .map(({ account, currency, amountMinor, stream }) => ({
        account,
        currency,
        amountMinor,
        ...(stream && { stream }),
      })),
  }
}

async function postBatch(ctx: TxCtx, batch: readonly Line<'entry'>[]): Promise<void> {
  const [first] = batch
  if (first === undefined) return
  await openAccounts(
    ctx,
    batch.flatMap(({ postings }) => postings),
  )
  const outcomes = await postRecorded(ctx, {
    entries: batch.map(toNewEntry),
    ids: batch.map(({ id }) => id),
    hashes: batch.map(({ key }) => key),
    lines: batch.map(({ postings }) =>
      postings.map(({ line }) => line).toSorted((left, right) => left - right),
    ),
    recordedAt: first.recordedAt,
    actor: first.actor,
  })
  for (const outcome of outcomes) {
    if (outcome.outcome !== 'posted' && outcome.outcome !== 'replayed') throw toProblem(outcome)
  }
  const related = batch.filter(({ relation }) => relation !== null)
  if (related.length > 0) await restore(ctx, { related, holds: [] })
}

async function restore(
  ctx: TxCtx,
  { related, holds }: { related: readonly Line<'entry'>[]; holds: readonly Line<'hold'>[] },
): Promise<void> {
  const json = JSON.stringify(holds, (_, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  )
  await rows(
    ctx,
    sql`SELECT ledger_restore(${ctx.workspaceId}, ${sqlArray(related.map(({ id }) => id))}::uuid[],
          ${sqlTexts(related.map(({ relation }) => relation?.kind))}::text[],
          ${sqlArray(related.map(({ relation }) => relation?.target))}::uuid[], ${json}::jsonb, ${await numberActor(ctx)})`,
  )
}

async function importOther(
  ctx: Ctx,
  line: Exclude<ExportedLine, { type: 'entry' }>,
  imported: Imported,
): Promise<void> {
  switch (line.type) {
    case 'books':
      return
    case 'account': {
      const { accountType, currencies, floor, type: _, ...row } = line
      await transaction(ctx, async (tx) => {
        await addChartRows(tx, [{ ...row, type: accountType, floor: floor ?? undefined }])
        const refs = currencies.map((currency) => ({ account: row.code, currency }))
        if (refs.length > 0) await openAccounts(tx, refs)
      })
      return
    }
    case 'hold':
      await transaction(ctx, async (tx) => {
        if (line.streamKind !== null)
          await numberDimensions(tx, [{ kind: line.streamKind, id: line.streamId ?? '' }])
        await restore(tx, { related: [], holds: [line] })
      })
      imported.holds++
      return
    case 'rate':
      imported.rates += await restoreRates(ctx, [line], line.source)
      return
    case 'closing':
      await closePeriod(ctx, { through: new Date(line.through), memo: line.memo })
  }
}
