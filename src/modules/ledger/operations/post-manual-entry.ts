import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { DomainError, Invalid, NotFound } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { AlreadyReversed, toProblem } from '../errors.ts'
import { findFault, type EntryFault } from '../rules/check-entry.ts'
import type { NewEntry, NewPosting, PostOutcome } from '../schema.ts'
import { actorDimension } from './dimensions.ts'
import { postEntries } from './post-entries.ts'
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
    key: keyOf(ctx, input),
    kind: 'manual',
    memo,
    postings,
    ...(effectiveAt && { effectiveAt }),
  }
  const fault = findFault(entry)
  if (fault !== undefined)
    throw new Invalid([{ pointer: '/postings', detail: `ledger.entry.${saidOf(fault)}` }])
  return transaction(ctx, async (tx) => {
    const [outcome] = await postEntries(tx, [entry])
    const id = posted(outcome)
    if (outcome?.outcome === 'posted') await audited(tx, 'ledger.entry-post', id)
    return id
  })
}

/** Reverses all that is left of an entry. @throws NotFound, AlreadyReversed, and the problems of posting. */
export async function reverseByHand(
  ctx: Ctx,
  entryId: string,
  input: { memo: string; idempotencyKey: string; effectiveAt?: Date },
): Promise<string> {
  authorise(ctx, 'ledger:write')
  const { memo, effectiveAt } = input
  return transaction(ctx, async (tx) => {
    const outcome = await reverseEntry(tx, entryId, {
      key: keyOf(ctx, input),
      memo,
      ...(effectiveAt && { effectiveAt }),
    })
    if (outcome.outcome === 'not-found') throw new NotFound()
    if (outcome.outcome === 'already-reversed') throw new AlreadyReversed()
    const id = posted(outcome)
    if (outcome.outcome === 'posted') await audited(tx, 'ledger.entry-reverse', id)
    return id
  })
}

/** Two people may choose the same key. */
function keyOf(ctx: Ctx, { idempotencyKey }: { idempotencyKey: string }): string {
  const { kind, id } = actorDimension(ctx.actor)
  return `manual/${kind}/${id}/${idempotencyKey}`.slice(0, 255)
}

function posted(outcome: PostOutcome | undefined): string {
  if (outcome?.outcome === 'posted' || outcome?.outcome === 'replayed') return outcome.entryId
  if (outcome?.outcome === 'key-reuse') throw new DomainError('idempotency-key-reuse', 409)
  if (outcome === undefined) throw new Error('assertion failed: an entry has an outcome')
  throw toProblem(outcome)
}

function audited(ctx: TxCtx, action: string, subjectId: string): Promise<void> {
  return audit(ctx, { action, subjectKind: 'ledger-entry', subjectId })
}

/** What a person can be told about a fault of form. */
function saidOf(fault: EntryFault): 'unbalanced' | 'out-of-range' | 'incomplete' {
  return fault === 'unbalanced' || fault === 'out-of-range' ? fault : 'incomplete'
}
