import { sql } from 'drizzle-orm'
import { authorise } from '../../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { rows, transaction } from '../../../../platform/database/transaction.ts'
import { assert } from '../../../../platform/errors.ts'
import { enqueue } from '../../../../platform/jobs/jobs.ts'
import type { CurrencyCode } from '../../../../shared/currencies.ts'
import { audit } from '../../../workspaces/index.ts'
import { ImportHasProblems, ImportNotThere, UnknownStream } from '../../errors.ts'
import type { MoneyKind } from '../../imports/importer.ts'
import { importers } from '../../imports/index.ts'
import type { ImportTargets, StreamImport } from '../../imports/schema.ts'
import type { StreamMoney } from '../../schema.ts'
import { recordStreamMoney } from '../record-money.ts'
import { describeImport, importKey, lockImport, type StoredImport } from './import-row.ts'
import { postImportRef } from './job-refs.ts'

const BATCH = 1_000

/**
 * Has what is new posted to streams; a job does it, some rows at a time.
 * @throws NotFound, ImportNotThere, ImportHasProblems, UnknownStream
 */
export async function askPosting(ctx: Ctx, id: string, targets: ImportTargets): Promise<StreamImport> {
  authorise(ctx, 'streams:write')
  return transaction(ctx, async (tx) => {
    const stored = await lockImport(tx, id)
    if (stored.state !== 'ready') throw new ImportNotThere(stored.state)
    const problems = stored.preview?.counts.problem ?? 0
    if (problems > 0 && !targets.leaveProblems) throw new ImportHasProblems(problems)
    await mustKnow(tx, [targets.streamId, ...targets.items.map(({ streamId }) => streamId)])
    await rows(
      tx,
      sql`UPDATE stream_imports SET state = 'posting', targets = ${JSON.stringify(targets)}::jsonb, done = 0,
            total = ${stored.preview?.counts.new ?? 0}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    await audit(tx, {
      action: 'import.post',
      subjectKind: 'stream-import',
      subjectId: id,
      after: { targets },
    })
    await enqueue(tx, postImportRef, { id })
    return describeImport(await lockImport(tx, id))
  })
}

async function mustKnow(ctx: TxCtx, streamIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(streamIds)]
  const found = await rows(
    ctx,
    sql`SELECT id FROM streams
        WHERE workspace_id = ${ctx.workspaceId} AND id = ANY (${sql.param(wanted)}::uuid[]) FOR KEY SHARE`,
  )
  if (found.length < wanted.length) throw new UnknownStream()
}

/**
 * Posts what is new, so many rows in a transaction; a row's key is claimed in the transaction that posts it, so that however
 * often this runs, and whichever files hold the row, it is posted once. Then the file itself is removed.
 */
export async function postImport(ctx: Ctx, id: string): Promise<void> {
  while (await transaction(ctx, (tx) => postBatch(tx, id)));
  const { state } = await transaction(ctx, (tx) => lockImport(tx, id))
  if (state === 'posted') await ctx.files.remove(importKey(ctx, id))
}

type NewRow = {
  line: number
  key: string
  kind: MoneyKind
  day: string
  currency: CurrencyCode
  amount: bigint
  fee: bigint
  what: string
}

/** Posts some rows; false when there are no more. */
async function postBatch(ctx: TxCtx, id: string): Promise<boolean> {
  const stored = await lockImport(ctx, id)
  if (stored.state !== 'posting') return false
  const some = await rows<NewRow>(
    ctx,
    sql`SELECT line, key, kind, day::text AS day, currency, amount, fee, what FROM stream_import_rows
        WHERE workspace_id = ${ctx.workspaceId} AND import_id = ${id} AND fate = 'new' ORDER BY line LIMIT ${BATCH}`,
  )
  if (some.length === 0) {
    await finish(ctx, id)
    return false
  }
  const claimed = await claim(ctx, id, some)
  const mine = some.filter(({ key }) => claimed.has(key))
  const outcomes = await post(ctx, stored, mine)
  await note(ctx, id, [
    ...some.filter(({ key }) => !claimed.has(key)).map(({ line }) => ({ line, fate: 'duplicate' as const })),
    ...outcomes,
  ])
  return true
}

async function claim(ctx: TxCtx, id: string, some: readonly NewRow[]): Promise<ReadonlySet<string>> {
  // In one order, so that two imports that hold the same rows wait for each other instead of locking each other out.
  const sorted = some.toSorted((left, right) => (left.key < right.key ? -1 : 1))
  const column = (of: (row: NewRow) => string | number | bigint) =>
    sql.param(sorted.map((row) => of(row).toString()))
  const claimed = await rows<{ key: string }>(
    ctx,
    sql`INSERT INTO stream_import_keys (workspace_id, key, import_id, line, amount, fee)
        SELECT ${ctx.workspaceId}, x.key, ${id}, x.line, x.amount, x.fee
        FROM unnest(${column(({ key }) => key)}::uuid[], ${column(({ line }) => line)}::int4[],
          ${column(({ amount }) => amount)}::int8[], ${column(({ fee }) => fee)}::int8[]) x(key, line, amount, fee)
        ON CONFLICT (workspace_id, key) DO NOTHING RETURNING key`,
  )
  return new Set(claimed.map(({ key }) => key))
}

type Outcome = {
  readonly line: number
  readonly fate: 'posted' | 'duplicate' | 'problem'
  readonly reason?: string
  readonly entryId?: string
  readonly feeEntryId?: string
}

async function post(ctx: TxCtx, stored: StoredImport, mine: readonly NewRow[]): Promise<Outcome[]> {
  const moneyOf = moneyFor(stored)
  const posted = (await recordStreamMoney(ctx, mine.flatMap(moneyOf))).values()
  const refused: string[] = []
  const outcomes = mine.map((row): Outcome => {
    const [main, fee] = moneyOf(row).map(() => posted.next().value)
    const all = fee === undefined ? [main] : [main, fee]
    const ids = all.map((one) =>
      one?.outcome === 'posted' || one?.outcome === 'replayed' ? one.entryId : undefined,
    )
    if (ids.every((entryId) => entryId !== undefined)) {
      const [entryId = '', feeEntryId] = ids
      return { line: row.line, fate: 'posted', entryId, ...(feeEntryId !== undefined && { feeEntryId }) }
    }
    assert(
      ids.every((entryId) => entryId === undefined),
      'a row is posted whole or not at all',
    )
    refused.push(row.key)
    return {
      line: row.line,
      fate: 'problem',
      reason: main?.outcome === 'period-closed' ? 'period-closed' : 'amount-refused',
    }
  })
  if (refused.length > 0)
    await rows(
      ctx,
      sql`DELETE FROM stream_import_keys
          WHERE workspace_id = ${ctx.workspaceId} AND key = ANY (${sql.param(refused)}::uuid[])`,
    )
  return outcomes
}

/** What of a row goes to the ledger: its amount, and the fee on it as an entry of its own. */
function moneyFor({ id, source, targets }: StoredImport): (row: NewRow) => StreamMoney[] {
  assert(targets !== null, 'an import that is posted has its streams')
  const byWhat = new Map(targets.items.map(({ what, streamId }) => [what, streamId]))
  // The books can never be changed: texts that may name people stay with the import.
  const titles = importers.some((importer) => importer.source === source && importer.titles === true)
  return ({ line, kind, day, currency, amount, fee, what }) => {
    const base = {
      streamId: byWhat.get(what) ?? targets.streamId,
      currency,
      on: day,
      source: { kind: 'stream-import', id },
      ...(titles && { note: what }),
    }
    const key = `stream-import/${id}/${line}`
    const main: StreamMoney =
      kind === 'income' || kind === 'refund'
        ? { ...base, kind: 'income', amountMinor: amount, key }
        : { ...base, kind: 'cost', costKind: kind === 'fee' ? 'fees' : 'other', amountMinor: -amount, key }
    if (fee === 0n) return [main]
    return [main, { ...base, kind: 'cost', costKind: 'fees', amountMinor: -fee, key: `${key}/fee` }]
  }
}

async function note(ctx: TxCtx, id: string, outcomes: readonly Outcome[]): Promise<void> {
  const column = (of: (outcome: Outcome) => string | number | undefined) =>
    sql.param(outcomes.map((outcome) => of(outcome)?.toString() ?? null))
  await rows(
    ctx,
    sql`UPDATE stream_import_rows r SET fate = x.fate, reason = x.reason, entry_id = x.entry_id, fee_entry_id = x.fee_entry_id
        FROM unnest(${column(({ line }) => line)}::int4[], ${column(({ fate }) => fate)}::text[],
          ${column(({ reason }) => reason ?? '')}::text[], ${column(({ entryId }) => entryId)}::uuid[],
          ${column(({ feeEntryId }) => feeEntryId)}::uuid[]) x(line, fate, reason, entry_id, fee_entry_id)
        WHERE r.workspace_id = ${ctx.workspaceId} AND r.import_id = ${id} AND r.line = x.line`,
  )
  await rows(
    ctx,
    sql`UPDATE stream_imports SET done = done + ${outcomes.length} WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
}

async function finish(ctx: TxCtx, id: string): Promise<void> {
  await rows(
    ctx,
    sql`UPDATE stream_imports SET state = 'posted', finished_at = ${ctx.clock.now()}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
}
