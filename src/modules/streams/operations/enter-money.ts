import { authorise } from '../../../platform/authorise.ts'
import type { Actor, Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { assert, DomainError, NotFound } from '../../../platform/errors.ts'
import { once } from '../../../platform/http/idempotency.ts'
import { AlreadyReversed, findEntries, postOutcomeProblem } from '../../ledger/index.ts'
import { audit } from '../../workspaces/index.ts'
import { DayAhead } from '../errors.ts'
import type { MoneyEntry, NewMoney } from '../money-schema.ts'
import { isAhead } from '../rules/days.ts'
import type { StreamMoney } from '../schema.ts'
import { mustFindStream } from './find-stream.ts'
import { describeEntry } from './list-money.ts'
import { recordOneMoney, undoStreamMoney } from './record-money.ts'
import type { StreamRow } from './stream-row.ts'

/** Who asks for what to be entered, and under which key it is one wish. */
export type EnterMoney = {
  readonly streamId: string
  readonly money: NewMoney
  readonly idempotencyKey: string
}

/**
 * Posts money that a person entered; the same key again is the same entry.
 * @throws NotFound, DayAhead, UnknownAccount, PeriodClosed, `idempotency-key-reuse`
 */
export async function enterMoney(
  ctx: Ctx,
  { streamId, money, idempotencyKey }: EnterMoney,
): Promise<MoneyEntry> {
  authorise(ctx, 'streams:write')
  if (isAhead(money.on, ctx.clock.now())) throw new DayAhead('/on')
  const stream = await transaction(ctx, (tx) => mustFindStream(tx, streamId))
  const id = await postOne(ctx, itemOf(ctx, stream, { money, idempotencyKey }))
  return transaction(ctx, (tx) => readOne(tx, stream, id))
}

/**
 * Takes an entry of a stream back on the day of the entry, or from now on where that period is closed.
 * @throws NotFound, AlreadyReversed
 */
export async function reverseMoney(
  ctx: Ctx,
  { streamId, entryId }: { streamId: string; entryId: string },
): Promise<MoneyEntry> {
  authorise(ctx, 'streams:write')
  return transaction(ctx, async (tx) => {
    const stream = await mustFindStream(tx, streamId)
    await takeBack(tx, stream, entryId)
    return readOne(tx, stream, entryId)
  })
}

/**
 * Puts another entry in the place of one that was wrong: the wrong one is reversed and the right one posted, both or neither.
 * @throws what enterMoney and reverseMoney throw
 */
export async function correctMoney(
  ctx: Ctx,
  { entryId, ...wish }: EnterMoney & { entryId: string },
): Promise<MoneyEntry> {
  authorise(ctx, 'streams:write')
  const { streamId, money, idempotencyKey } = wish
  if (isAhead(money.on, ctx.clock.now())) throw new DayAhead('/on')
  const scope = `stream-correct/${whoIs(ctx.actor)}`
  return once(ctx, { scope, key: idempotencyKey, request: { entryId, streamId, money } }, async (tx) => {
    const stream = await mustFindStream(tx, streamId)
    await takeBack(tx, stream, entryId)
    return readOne(tx, stream, await postOne(tx, itemOf(tx, stream, wish)))
  })
}

function itemOf(
  ctx: Ctx,
  { id }: StreamRow,
  { money, idempotencyKey }: Pick<EnterMoney, 'money' | 'idempotencyKey'>,
): StreamMoney {
  const { kind, amount, on, note, costKind, counterparty } = money
  return {
    streamId: id,
    kind,
    amountMinor: BigInt(amount.amount),
    currency: amount.currency,
    on,
    note,
    costKind,
    counterparty,
    // Two people may choose the same key.
    key: `stream/${whoIs(ctx.actor)}/${idempotencyKey}`.slice(0, 255),
  }
}

function whoIs(actor: Actor): string {
  return actor.kind === 'member' || actor.kind === 'token' ? actor.userId : actor.kind
}

async function postOne(ctx: Ctx, item: StreamMoney): Promise<string> {
  const { streamId: subjectId, kind, amountMinor, currency, on } = item
  const outcome = await recordOneMoney(ctx, item, (tx, { entryId }) =>
    audit(tx, {
      action: 'stream.enter-money',
      subjectKind: 'stream',
      subjectId,
      after: { entryId, kind, amountMinor, currency, on },
    }),
  )
  if (outcome.outcome === 'posted' || outcome.outcome === 'replayed') return outcome.entryId
  if (outcome.outcome === 'key-reuse') throw new DomainError('idempotency-key-reuse', 409)
  throw postOutcomeProblem(outcome)
}

async function takeBack(ctx: TxCtx, stream: StreamRow, entryId: string): Promise<void> {
  const before = await readOne(ctx, stream, entryId)
  // A sale is refunded, not taken back here: its buyer, tax and invoice hang on it.
  if (before.origin === 'sale' || before.origin === 'books') throw new NotFound()
  if (before.reversed || before.origin === 'reversal') throw new AlreadyReversed()
  const [outcome] = await undoStreamMoney(ctx, [entryId])
  assert(outcome !== undefined, 'a reversal has an outcome')
  if (outcome.outcome === 'already-reversed' || outcome.outcome === 'replayed') throw new AlreadyReversed()
  if (outcome.outcome === 'not-found') throw new NotFound()
  if (outcome.outcome !== 'posted') throw postOutcomeProblem(outcome)
  await audit(ctx, {
    action: 'stream.reverse-money',
    subjectKind: 'stream',
    subjectId: stream.id,
    before: { entryId, on: before.on, parts: before.parts },
  })
}

async function readOne(ctx: TxCtx, stream: StreamRow, entryId: string): Promise<MoneyEntry> {
  const [entry] = await findEntries(ctx, { ids: [entryId] })
  const described = entry && describeEntry(entry, stream)
  if (described === undefined) throw new NotFound()
  return described
}
