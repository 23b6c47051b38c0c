import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import { AlreadyReversed } from '../errors.ts'
import { findFault, type EntryFault } from '../rules/check-entry.ts'
import type { NewEntry, NewPosting, NewReversal } from '../schema.ts'
import { auditEntry, entryOf, keyByHand, MANUAL } from './by-hand.ts'
import { readEntry } from './list-journal.ts'
import { postEntry } from './post-entry.ts'
import { reverseEntry } from './reverse-entry.ts'

/** An entry that a person writes. */
export type ManualEntry = {
  readonly memo: string
  readonly effectiveAt?: Date
  readonly postings: readonly NewPosting[]
  readonly idempotencyKey: string
}

/**
 * Posts an entry that a person wrote; the same key again is the same entry.
 * @throws Invalid if it does not balance, and the problems of posting.
 */
export async function postManualEntry(ctx: Ctx, input: ManualEntry): Promise<string> {
  authorise(ctx, 'ledger:write')
  const { memo, effectiveAt, postings } = input
  const entry: NewEntry = {
    key: keyByHand(ctx, input),
    kind: MANUAL,
    memo,
    postings,
    ...(effectiveAt && { effectiveAt }),
  }
  const fault = findFault(entry)
  if (fault !== undefined)
    throw new Invalid([{ pointer: '/postings', detail: `ledger.entry.${saidOf(fault)}` }])
  return entryOf(
    await postEntry(ctx, entry, (tx, { entryId: id }) =>
      auditEntry(tx, 'ledger.entry-post', { id, after: { memo, effectiveAt, postings } }),
    ),
  )
}

/** A reversal that a person asks for: of all that is left of an entry, or of amounts of some of its lines. */
export type ManualReversal = Pick<NewReversal, 'effectiveAt' | 'lines'> & {
  readonly memo: string
  readonly idempotencyKey: string
}

/**
 * Reverses what is left of an entry, or a part of it.
 * @throws NotFound; Invalid if the parts do not balance; AlreadyReversed if less than that is left; the problems of posting.
 */
export async function reverseByHand(ctx: Ctx, entryId: string, input: ManualReversal): Promise<string> {
  authorise(ctx, 'ledger:write')
  const { memo, effectiveAt, lines } = input
  if (lines !== undefined) await checkParts(ctx, entryId, lines)
  return transaction(ctx, async (tx) => {
    const outcome = await reverseEntry(tx, entryId, {
      key: keyByHand(ctx, input),
      memo,
      ...(effectiveAt && { effectiveAt }),
      ...(lines && { lines }),
    })
    if (outcome.outcome === 'not-found') throw new NotFound()
    if (outcome.outcome === 'already-reversed') throw new AlreadyReversed()
    const id = entryOf(outcome)
    if (outcome.outcome === 'posted')
      await auditEntry(tx, 'ledger.entry-reverse', { id, after: { reverses: entryId, memo, lines } })
    return id
  })
}

/** What is reversed of an entry's lines must balance in each currency, as the entry does. */
async function checkParts(
  ctx: Ctx,
  entryId: string,
  lines: NonNullable<NewReversal['lines']>,
): Promise<void> {
  const { postings } = await readEntry(ctx, entryId)
  const parts = lines.flatMap(({ line, amountMinor }) => {
    const posting = postings.find((one) => one.line === line)
    return posting === undefined ? [] : [{ ...posting, amountMinor }]
  })
  const sums = Map.groupBy(parts, ({ currency }) => currency)
    .values()
    .map((group) => group.reduce((sum, { amountMinor }) => sum + amountMinor, 0n))
  const known = parts.length === lines.length && new Set(lines.map(({ line }) => line)).size === lines.length
  if (!known) throw new Invalid([{ pointer: '/lines', detail: 'ledger.entry.incomplete' }])
  if (sums.some((sum) => sum !== 0n))
    throw new Invalid([{ pointer: '/lines', detail: 'ledger.entry.unbalanced' }])
}

/** What a person can be told about a fault of form. */
function saidOf(fault: EntryFault): 'unbalanced' | 'out-of-range' | 'incomplete' {
  return fault === 'unbalanced' || fault === 'out-of-range' ? fault : 'incomplete'
}
