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
  const [row] = await rows<{ answer: Omit<RefusedRow, 'outcome'> & { outcome: ReverseOutcome['outcome'] } }>(
    ctx,
    sql`SELECT ledger_reverse(${ctx.workspaceId}, ${ctx.clock.now()}, ${actor}, ${ctx.ids.next()}, ${keyHash(key)}, ${kind},
          ${effectiveAt ?? null}, ${memo}, ${entryId},
          ${lines === undefined ? null : sqlArray(lines.map(({ line }) => line))}::int2[],
          ${lines === undefined ? null : sqlArray(lines.map(({ amountMinor }) => amountMinor))}::int8[]) AS answer`,
  )
  assert(row !== undefined, 'the ledger answers')
  const { answer } = row
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
