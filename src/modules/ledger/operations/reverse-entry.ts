import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import type { NewReversal, ReverseOutcome } from '../schema.ts'
import { numberActor } from './open-accounts.ts'
import { readRefused, type RefusedRow } from './post-outcomes.ts'
import { keyHash } from './post-entries.ts'
import { sqlArray } from './sql-array.ts'

/**
 * Posts the contrary of an entry, of all that is left of it or of a part. The lines given must balance per currency.
 * Locks the entry's accounts until the transaction ends.
 */
export async function reverseEntry(
  ctx: TxCtx,
  entryId: string,
  reversal: NewReversal,
): Promise<ReverseOutcome> {
  const actor = await numberActor(ctx)
  const { key, kind = 'reversal', effectiveAt, memo = '', lines } = reversal
  const [row] = await rows<{ answer: Answer }>(
    ctx,
    sql`SELECT ledger_reverse(${ctx.workspaceId}, ${ctx.clock.now()}, ${actor}, ${ctx.ids.next()}, ${keyHash(key)}, ${kind},
          ${effectiveAt ?? null}, ${memo}, ${entryId},
          ${lines === undefined ? null : sqlArray(lines.map(({ line }) => line))}::int2[],
          ${lines === undefined ? null : sqlArray(lines.map(({ amountMinor }) => amountMinor))}::int8[]) AS answer`,
  )
  assert(row !== undefined, 'the ledger answers')
  return readAnswer(row.answer)
}

/** Which entry is taken back whole, and how. */
export type WholeReversal = Omit<NewReversal, 'lines'> & { readonly entryId: string }

/**
 * Posts the contrary of all that is left of each of these entries, one after the other in one round trip; the outcomes are in the same
 * order. Locks the entries' accounts until the transaction ends.
 */
export async function reverseEntries(
  ctx: TxCtx,
  reversals: readonly WholeReversal[],
): Promise<ReverseOutcome[]> {
  if (reversals.length === 0) return []
  const actor = await numberActor(ctx)
  const texts = (of: (reversal: WholeReversal) => string) => sql.param(reversals.map(of))
  const answers = await rows<{ answer: Answer }>(
    ctx,
    sql`SELECT ledger_reverse(${ctx.workspaceId}, ${ctx.clock.now()}, ${actor}, x.id, x.key, x.kind, x.effective, x.memo, x.target,
          NULL::int2[], NULL::int8[]) AS answer
        FROM unnest(${texts(() => ctx.ids.next())}::uuid[], ${texts(({ key }) => keyHash(key))}::uuid[],
          ${texts(({ kind = 'reversal' }) => kind)}::text[],
          ${sql.param(reversals.map(({ effectiveAt }) => effectiveAt?.toISOString() ?? null))}::timestamptz[],
          ${texts(({ memo = '' }) => memo)}::text[], ${texts(({ entryId }) => entryId)}::uuid[])
          WITH ORDINALITY x(id, key, kind, effective, memo, target, place)
        ORDER BY x.place`,
  )
  return answers.map(({ answer }) => readAnswer(answer))
}

type Answer = Omit<RefusedRow, 'outcome'> & { outcome: ReverseOutcome['outcome'] }

function readAnswer(answer: Answer): ReverseOutcome {
  switch (answer.outcome) {
    case 'posted':
      return { outcome: 'posted', entryId: answer.id ?? '', recordedAt: new Date(answer.recordedAt ?? '') }
    case 'already-reversed':
    case 'not-found':
      return { outcome: answer.outcome }
    default:
      return readRefused({ ...answer, outcome: answer.outcome })
  }
}
