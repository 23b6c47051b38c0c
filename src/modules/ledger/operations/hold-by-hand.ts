import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import { HoldResolved, toProblem } from '../errors.ts'
import type { NewHold, ResolveOutcome } from '../schema.ts'
import { auditHold, keyByHand, keyReused, MANUAL } from './by-hand.ts'
import { holdAmount, postHold, voidHold } from './hold-amount.ts'
import { readHold } from './list-holds.ts'

/** An amount that somebody sets aside. */
export type ManualHold = Pick<NewHold, 'debit' | 'credit' | 'currency' | 'amountMinor' | 'expiresAt'> & {
  readonly memo: string
  readonly idempotencyKey: string
}

/**
 * Sets an amount aside; the same key again is the same hold. Returns its id.
 * @throws Invalid for one account on both sides or a time that is over; InsufficientFunds, OutOfRange, UnknownAccount
 */
export async function holdByHand(ctx: Ctx, { idempotencyKey, ...hold }: ManualHold): Promise<string> {
  authorise(ctx, 'ledger:write')
  if (hold.debit === hold.credit)
    throw new Invalid([{ pointer: '/credit', detail: 'ledger.hold.one-account' }])
  if (hold.expiresAt !== undefined && hold.expiresAt <= ctx.clock.now())
    throw new Invalid([{ pointer: '/expiresAt', detail: 'ledger.hold.over' }])
  return transaction(ctx, async (tx) => {
    const outcome = await holdAmount(tx, { ...hold, key: keyByHand(ctx, { idempotencyKey }), kind: MANUAL })
    if (!('holdId' in outcome)) throw toProblem(outcome)
    if (outcome.outcome === 'key-reuse') throw keyReused()
    const { holdId: id } = outcome
    if (outcome.outcome === 'held') await auditHold(tx, 'ledger.hold', { id, after: hold })
    return id
  })
}

/** What somebody posts of a hold: left out, all that is pending. `final` frees what is left then. */
export type HoldPosting = {
  readonly amount?: { readonly amountMinor: bigint; readonly currency: string }
  readonly final: boolean
  readonly effectiveAt?: Date
  /** Empty: what the hold says. */
  readonly memo: string
  readonly idempotencyKey: string
}

/**
 * Posts a hold, whole or in part; the same key again is the same entry. Returns the entry's id.
 * @throws NotFound; HoldResolved if less than that is pending; the problems of posting
 */
export async function postHoldByHand(ctx: Ctx, id: string, input: HoldPosting): Promise<string> {
  authorise(ctx, 'ledger:write')
  const { idempotencyKey, amount, ...posting } = input
  return transaction(ctx, async (tx) => {
    const hold = await readHold(tx, id)
    if (amount !== undefined && amount.currency !== hold.currency)
      throw new Invalid([{ pointer: '/amount/currency', detail: 'ledger.hold.currency' }])
    const outcome = await postHold(tx, id, {
      ...posting,
      memo: posting.memo === '' ? hold.memo : posting.memo,
      ...(amount && { amountMinor: amount.amountMinor }),
      key: keyByHand(ctx, { idempotencyKey }),
    })
    if (outcome.outcome === 'replayed') return outcome.entryId
    if (outcome.outcome !== 'posted') throw refusal(outcome)
    await auditHold(tx, 'ledger.hold-post', {
      id,
      after: { ...posting, amountMinor: outcome.amountMinor, entryId: outcome.entryId },
    })
    return outcome.entryId
  })
}

/** Frees what is left of a hold. @throws NotFound; HoldResolved if nothing is */
export async function voidHoldByHand(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'ledger:write')
  return transaction(ctx, async (tx) => {
    const outcome = await voidHold(tx, id)
    if (outcome.outcome !== 'resolved-now') throw refusal(outcome)
    await auditHold(tx, 'ledger.hold-void', { id, after: { voidedMinor: outcome.amountMinor } })
  })
}

function refusal(outcome: ResolveOutcome): Error {
  switch (outcome.outcome) {
    case 'not-found':
      return new NotFound()
    case 'resolved':
    case 'not-due':
      return new HoldResolved(outcome.remainingMinor)
    case 'key-reuse':
      return keyReused()
    case 'posted':
    case 'replayed':
    case 'resolved-now':
      return new Error(`assertion failed: ${outcome.outcome} is no refusal`)
    default:
      return toProblem(outcome)
  }
}
