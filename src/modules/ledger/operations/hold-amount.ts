import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { MAX_MINOR } from '../rules/check-entry.ts'
import type { HoldOutcome, NewHold, ResolveOutcome } from '../schema.ts'
import { numberActor, numberDimensions, openAccounts } from './open-accounts.ts'
import { keyHash } from './post-entries.ts'

type Answer = {
  outcome: HoldOutcome['outcome'] | ResolveOutcome['outcome'] | 'missing'
  id?: string
  recordedAt?: string
  account?: string
  currency?: string
  available?: string
  amount?: string
  remaining?: string
  openFrom?: string
}

/**
 * Sets an amount aside between two accounts: what will be taken is no longer available, what will be given is not yet.
 * The two accounts stay locked until the transaction ends.
 */
export async function holdAmount(ctx: TxCtx, hold: NewHold): Promise<HoldOutcome> {
  if (hold.amountMinor > MAX_MINOR) return { outcome: 'out-of-range' }
  assert(hold.amountMinor > 0n && hold.debit !== hold.credit, 'a hold has an amount and two accounts')
  const actor = await numberActor(ctx)
  const stream = hold.stream && (await numberDimensions(ctx, [hold.stream]))(hold.stream)
  const id = ctx.ids.next()
  const ask = async () => {
    const [row] = await rows<{ answer: Answer }>(
      ctx,
      sql`SELECT ledger_hold(${ctx.workspaceId}, ${ctx.clock.now()}, ${actor}, ${id}, ${keyHash(hold.key)}, ${hold.kind},
            ${hold.source?.kind ?? ''}, ${hold.source?.id ?? null}, ${hold.memo ?? ''}, ${hold.debit}, ${hold.credit},
            ${hold.currency}, ${hold.amountMinor}, ${stream ?? null}, ${hold.expiresAt ?? null}) AS answer`,
    )
    assert(row !== undefined, 'the ledger answers')
    return row.answer
  }
  let answer = await ask()
  if (answer.outcome === 'missing') {
    await openAccounts(
      ctx,
      [hold.debit, hold.credit].map((account) => ({ account, currency: hold.currency })),
    )
    answer = await ask()
  }
  return readHold(answer)
}

/** Posts a hold, whole or in part. `final` (the default) voids what is left of it. */
export function postHold(
  ctx: TxCtx,
  holdId: string,
  post: { key: string; amountMinor?: bigint; final?: boolean; effectiveAt?: Date; memo?: string },
): Promise<ResolveOutcome> {
  return resolve(ctx, holdId, { verb: 'post', ...post })
}

/** Frees what is left of a hold. */
export function voidHold(ctx: TxCtx, holdId: string): Promise<ResolveOutcome> {
  return resolve(ctx, holdId, { verb: 'void' })
}

/** Frees what is left of a hold whose time is up; one that is not due stays. */
export function expireHold(ctx: TxCtx, holdId: string): Promise<ResolveOutcome> {
  return resolve(ctx, holdId, { verb: 'expire' })
}

type Resolution = {
  verb: 'post' | 'void' | 'expire'
  key?: string
  amountMinor?: bigint
  final?: boolean
  effectiveAt?: Date
  memo?: string
}

async function resolve(ctx: TxCtx, holdId: string, resolution: Resolution): Promise<ResolveOutcome> {
  const { verb, key, amountMinor, final = true, effectiveAt, memo = '' } = resolution
  const actor = await numberActor(ctx)
  const [row] = await rows<{ answer: Answer }>(
    ctx,
    sql`SELECT ledger_resolve(${ctx.workspaceId}, ${ctx.clock.now()}, ${actor}, ${holdId}, ${verb}, ${amountMinor ?? null},
          ${final}, ${ctx.ids.next()}, ${key === undefined ? null : keyHash(key)}, ${effectiveAt ?? null}, ${memo}) AS answer`,
  )
  assert(row !== undefined, 'the ledger answers')
  return readResolved(row.answer)
}

function readHold(answer: Answer): HoldOutcome {
  const { outcome, id = '', account = '', currency = '' } = answer
  switch (outcome) {
    case 'held':
    case 'replayed':
      return { outcome, holdId: id, recordedAt: new Date(answer.recordedAt ?? '') }
    case 'insufficient-funds':
      return { outcome, account, currency, available: BigInt(answer.available ?? 0) }
    case 'key-reuse':
      return { outcome, holdId: id }
    case 'out-of-range':
      return { outcome }
    default:
      throw new Error(`assertion failed: a hold is never answered with ${outcome}`)
  }
}

function readResolved(answer: Answer): ResolveOutcome {
  const { outcome, id = '', account = '', currency = '' } = answer
  const remaining = BigInt(answer.remaining ?? 0)
  switch (outcome) {
    case 'posted':
      return {
        outcome,
        entryId: id,
        recordedAt: new Date(answer.recordedAt ?? ''),
        amountMinor: BigInt(answer.amount ?? 0),
        remainingMinor: remaining,
      }
    case 'replayed':
      return { outcome, entryId: id, recordedAt: new Date(answer.recordedAt ?? '') }
    case 'resolved-now':
      return { outcome, amountMinor: BigInt(answer.amount ?? 0), remainingMinor: remaining }
    case 'resolved':
    case 'not-due':
      return { outcome, remainingMinor: remaining }
    case 'insufficient-funds':
      return { outcome, account, currency, available: BigInt(answer.available ?? 0) }
    case 'key-reuse':
      return { outcome, entryId: id }
    case 'period-closed':
      return { outcome, openFrom: new Date(answer.openFrom ?? '') }
    case 'out-of-range':
    case 'not-found':
      return { outcome }
    default:
      throw new Error(`assertion failed: a hold is never resolved with ${outcome}`)
  }
}
