import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import type { NewReversal, ReverseOutcome } from '../schema.ts'
import { numberActor } from './open-accounts.ts'
import { keyHash } from './post-entries.ts'
import { readReversals, type ReverseRow } from './post-outcomes.ts'
import { inRuns } from './runs.ts'
import { sqlArray, sqlTexts } from './sql-array.ts'

/**
 * Posts the contrary of an entry, of all that is left of it or of a part. The lines given must balance per currency.
 * Locks the entry's accounts until the transaction ends.
 */
export async function reverseEntry(
  ctx: TxCtx,
  entryId: string,
  reversal: NewReversal,
): Promise<ReverseOutcome> {
  const { lines, ...whole } = reversal
  const [outcome] = await reverseRun(ctx, [{ entryId, ...whole }], lines)
  assert(outcome !== undefined, 'a reversal has an outcome')
  return outcome
}

/** Which entry is taken back whole, and how. */
export type WholeReversal = Omit<NewReversal, 'lines'> & { readonly entryId: string }

/**
 * Posts the contrary of all that is left of each of these entries: the same as reversing one after the other, in one round trip
 * to the database. The outcomes are in the same order. Locks the entries' accounts until the transaction ends.
 */
export function reverseEntries(ctx: TxCtx, reversals: readonly WholeReversal[]): Promise<ReverseOutcome[]> {
  const namesOf = ({ key, entryId }: WholeReversal) => [`key ${key}`, `entry ${entryId}`]
  return inRuns(reversals, namesOf, (run) => reverseRun(ctx, run))
}

/** Keys and entries differ within a run; `parts`, if any, are those of its only entry. */
async function reverseRun(
  ctx: TxCtx,
  run: readonly WholeReversal[],
  parts?: NewReversal['lines'],
): Promise<ReverseOutcome[]> {
  const actor = await numberActor(ctx)
  const ids = run.map(() => ctx.ids.next())
  const [row] = await rows<ReverseRow>(
    ctx,
    sql`SELECT recorded, others FROM ledger_reverse_many(${ctx.workspaceId}, ${ctx.clock.now()}, ${actor},
          ${sqlArray(ids)}::uuid[], ${sqlArray(run.map(({ key }) => keyHash(key)))}::uuid[],
          ${sqlTexts(run.map(({ kind = 'reversal' }) => kind))}::text[],
          ${sqlArray(run.map(({ effectiveAt }) => effectiveAt?.toISOString()))}::timestamptz[],
          ${sqlTexts(run.map(({ memo = '' }) => memo))}::text[], ${sqlArray(run.map(({ entryId }) => entryId))}::uuid[],
          ${parts === undefined ? null : sqlArray(parts.map(({ line }) => line))}::int2[],
          ${parts === undefined ? null : sqlArray(parts.map(({ amountMinor }) => amountMinor))}::int8[])`,
  )
  assert(row !== undefined, 'the ledger answers')
  return readReversals(row, ids)
}
