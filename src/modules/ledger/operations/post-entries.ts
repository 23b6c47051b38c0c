import { createHash } from 'node:crypto'
import type { TxCtx } from '../../../platform/ctx.ts'
import { runPrepared } from '../../../platform/database/database.ts'
import { writeHoping } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { toProblem } from '../errors.ts'
import { findFault } from '../rules/check-entry.ts'
import type { NewEntry, NewPosting, PostOutcome, Stream } from '../schema.ts'
import { actorDimension } from './dimensions.ts'
import { numberDimensions, openAccounts, type AccountRef, type Numbers } from './open-accounts.ts'
import { readOutcomes, type PostRow } from './post-outcomes.ts'
import { inRuns, runsOf } from './runs.ts'
import { sqlArray, sqlTexts } from './sql-array.ts'

/** Up to this many postings an entry is posted line by line; above, set-based is faster. */
const FEW_POSTINGS = 4

const POST = `SELECT recorded, others FROM ledger_post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
  $11::text[], $12::text[], $13::int2[], $14::int8[], $15::int4[])`

const POST_OR_FAIL = POST.replace('recorded, others FROM ledger_post', 'ledger_post_common')

const POST_MANY = `SELECT recorded, others FROM ledger_post_many($1, $2, $3, $4::uuid[], $5::uuid[], $6::text[],
  $7::timestamptz[], $8::text[], $9::uuid[], $10::text[], $11::text[], $12::text[], $13::int4[], $14::int4[], $15::int2[],
  $16::int8[], $17::int4[], $18::int4[], $19::int4[], $20::int8[], $21::int8[])`

/** Divides by zero unless all is posted. */
const OR_FAIL = '1 / (others IS NULL)::int AS posted'

/**
 * Posts journal entries in the order given, in the caller's transaction: the same as posting them one after the other,
 * in one round trip to the database. Each is posted whole or refused whole; the outcomes are in the same order.
 * Locks the entries' accounts until the transaction ends, so it belongs at its end. Accounts of the chart, streams and
 * the actor are opened on first use.
 * @throws UnknownAccount for a code that is in no chart; an assertion for an entry that does not balance.
 */
export function postEntries(ctx: TxCtx, entries: readonly NewEntry[]): Promise<PostOutcome[]> {
  return inRuns(entries, keyOf, (run) => postRun(ctx, run))
}

/**
 * Posts entries that must all be posted; repetitions of what was posted before are fine.
 * @throws InsufficientFunds, PeriodClosed, AccountChanged, LedgerKeyReuse or OutOfRange for the first that was refused:
 * the caller's transaction must not go on.
 */
export async function mustPost(
  ctx: TxCtx,
  entries: readonly NewEntry[],
): Promise<{ entryId: string; recordedAt: Date }[]> {
  return (await postEntries(ctx, entries)).map((outcome) => {
    if (outcome.outcome === 'posted' || outcome.outcome === 'replayed') return outcome
    throw toProblem(outcome)
  })
}

/**
 * Posts entries like mustPost, but with the commit: their accounts, which every sale needs, are then locked for the commit
 * alone. The ledger's answer is not waited for: should it be another than 'posted', or should an account have to be opened
 * first, the transaction runs again from its start and waits.
 * @throws what mustPost throws, at the end of the transaction.
 */
export async function postWithCommit(ctx: TxCtx, entries: readonly NewEntry[]): Promise<void> {
  const sound = entries.every((entry) => findFault(entry) === undefined)
  if (ctx.tx.careful || !sound || runsOf(entries, keyOf).length !== 1) {
    await mustPost(ctx, entries)
    return
  }
  const numbers = await numberDimensions(ctx, [actorDimension(ctx.actor), ...streamsOf(entries)])
  const ids = entries.map(() => ctx.ids.next())
  const { text, values } = callFor(ctx, { entries, ids, numbers })
  writeHoping(ctx, text === POST ? POST_OR_FAIL : text.replace('recorded, others', OR_FAIL), values)
}

const keyOf = ({ key }: NewEntry) => [key]

/** The form in which an idempotency key is kept: the first half of its SHA-256. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32)
}

async function postRun(ctx: TxCtx, entries: readonly NewEntry[]): Promise<PostOutcome[]> {
  const outcomes: (PostOutcome | undefined)[] = entries.map((entry) => {
    const fault = findFault(entry)
    if (fault === 'out-of-range') return { outcome: 'out-of-range' }
    assert(fault === undefined, `entry ${entry.key} can be posted (${fault})`)
    return undefined
  })
  const sound = entries.filter((_, at) => outcomes[at] === undefined)
  if (sound.length > 0) {
    const posted = (await postSound(ctx, sound)).values()
    for (const [at, outcome] of outcomes.entries()) outcomes[at] = outcome ?? posted.next().value
  }
  return outcomes.filter((outcome) => outcome !== undefined)
}

async function postSound(ctx: TxCtx, entries: readonly NewEntry[]): Promise<PostOutcome[]> {
  const numbers = await numberDimensions(ctx, [actorDimension(ctx.actor), ...streamsOf(entries)])
  const ids = entries.map(() => ctx.ids.next())
  const call = callFor(ctx, { entries, ids, numbers })
  let [row] = await runPrepared<PostRow>(ctx.tx.client, call.text, call.values)
  if (row?.others?.[0]?.outcome === 'missing') {
    await openAccounts(
      ctx,
      entries.flatMap(({ postings, guards = [] }) => [...postings, ...guards]),
    )
    ;[row] = await runPrepared<PostRow>(ctx.tx.client, call.text, call.values)
  }
  assert(row !== undefined, 'the ledger answers')
  return readOutcomes(row, ids)
}

function* streamsOf(entries: readonly NewEntry[]): Generator<Stream> {
  for (const { postings } of entries) {
    for (const { stream } of postings) if (stream !== undefined) yield stream
  }
}

type Posting = { entry: number; line: number; posting: NewPosting }
type Call = { text: string; values: unknown[] }
type Input = { entries: readonly NewEntry[]; ids: readonly string[]; numbers: Numbers }

function callFor(ctx: TxCtx, { entries, ids, numbers }: Input): Call {
  const [entry] = entries
  const [id] = ids
  const head = [ctx.workspaceId, ctx.clock.now().toISOString(), numbers(actorDimension(ctx.actor))]
  return entries.length === 1 && entry !== undefined && id !== undefined && isCommon(entry)
    ? { text: POST, values: [...head, id, ...oneEntry(entry, numbers)] }
    : {
        text: POST_MANY,
        values: [...head, ...manyEntries(entries, ids, hashesOf(entries)), ...lines(entries, numbers)],
      }
}

/** Entries that were recorded before, elsewhere: with the ids, hashed keys, time and actor that they had. */
export type Recorded = {
  readonly entries: readonly NewEntry[]
  readonly ids: readonly string[]
  readonly hashes: readonly string[]
  /** The number of each posting: a reversal's lines are numbered as those that it reverses. */
  readonly lines: readonly (readonly number[])[]
  readonly recordedAt: string
  readonly actor: Stream
}

/** Posts recorded entries again, as import does. Their accounts must be open, and their keys differ. */
export async function postRecorded(ctx: TxCtx, recorded: Recorded): Promise<PostOutcome[]> {
  const { entries, ids, hashes, recordedAt, actor } = recorded
  const numbers = await numberDimensions(ctx, [actor, ...streamsOf(entries)])
  const head = [ctx.workspaceId, recordedAt, numbers(actor)]
  const values = [...head, ...manyEntries(entries, ids, hashes), ...lines(entries, numbers, recorded.lines)]
  const [row] = await runPrepared<PostRow>(ctx.tx.client, POST_MANY, values)
  assert(row !== undefined, 'the ledger answers')
  return readOutcomes(row, ids)
}

function hashesOf(entries: readonly NewEntry[]): string[] {
  return entries.map(({ key }) => keyHash(key))
}

/** Whether the shorter function can post it: few postings of one currency, no guards. */
function isCommon({ postings, guards = [] }: NewEntry): boolean {
  const currency = postings[0]?.currency
  return (
    guards.length === 0 &&
    postings.length <= FEW_POSTINGS &&
    postings.every((posting) => posting.currency === currency)
  )
}

function oneEntry(entry: NewEntry, numbers: Numbers): unknown[] {
  const sorted = entry.postings
    .map((posting, at) => ({ posting, line: at + 1 }))
    .sort((left, right) => byAccount(left.posting, right.posting))
  return [
    keyHash(entry.key),
    entry.kind,
    entry.effectiveAt?.toISOString(),
    entry.source?.kind ?? '',
    entry.source?.id,
    entry.memo ?? '',
    sqlArray(sorted.map(({ posting }) => posting.account)),
    sqlArray(sorted.map(({ posting }) => posting.currency)),
    sqlArray(sorted.map(({ line }) => line)),
    sqlArray(sorted.map(({ posting }) => posting.amountMinor)),
    sqlArray(sorted.map(({ posting }) => numbers(posting.stream))),
  ]
}

function manyEntries(
  entries: readonly NewEntry[],
  ids: readonly string[],
  hashes: readonly string[],
): unknown[] {
  return [
    sqlArray(ids),
    sqlArray(hashes),
    sqlTexts(entries.map(({ kind }) => kind)),
    sqlArray(entries.map(({ effectiveAt }) => effectiveAt?.toISOString())),
    sqlTexts(entries.map(({ source }) => source?.kind ?? '')),
    sqlArray(entries.map(({ source }) => source?.id)),
    sqlTexts(entries.map(({ memo }) => memo ?? '')),
  ]
}

/** Accounts, postings and guards of a batch; the postings of an entry are in the order of its lines. */
function lines(entries: readonly NewEntry[], numbers: Numbers, own?: Recorded['lines']): unknown[] {
  const postings: Posting[] = entries.flatMap((entry, at) =>
    entry.postings.map((posting, nth) => ({ entry: at + 1, line: own?.[at]?.[nth] ?? nth + 1, posting })),
  )
  const guards = entries.flatMap(({ guards: own = [] }, at) => own.map((guard) => ({ entry: at + 1, guard })))
  const places = placeAccounts([
    ...postings.map(({ posting }) => posting),
    ...guards.map(({ guard }) => guard),
  ])
  const placeOf = (ref: AccountRef) => places.get(`${ref.account} ${ref.currency}`)?.place
  const accounts = [...places.values()]
  return [
    sqlArray(accounts.map(({ account }) => account)),
    sqlArray(accounts.map(({ currency }) => currency)),
    sqlArray(postings.map(({ entry }) => entry)),
    sqlArray(postings.map(({ posting }) => placeOf(posting))),
    sqlArray(postings.map(({ line }) => line)),
    sqlArray(postings.map(({ posting }) => posting.amountMinor)),
    sqlArray(postings.map(({ posting }) => numbers(posting.stream))),
    sqlArray(guards.map(({ entry }) => entry)),
    sqlArray(guards.map(({ guard }) => placeOf(guard))),
    sqlArray(guards.map(({ guard }) => guard.ifVersion)),
    sqlArray(guards.map(({ guard }) => guard.minBalanceMinor)),
  ]
}

/** The accounts of a call, each once, in the order in which every call locks them. */
function placeAccounts(refs: readonly AccountRef[]): Map<string, AccountRef & { place: number }> {
  const once = new Map(refs.map((ref) => [`${ref.account} ${ref.currency}`, ref]))
  const sorted = [...once].sort(([, left], [, right]) => byAccount(left, right))
  return new Map(
    sorted.map(([key, { account, currency }], at) => [key, { account, currency, place: at + 1 }]),
  )
}

function byAccount(left: AccountRef, right: AccountRef): number {
  if (left.account !== right.account) return left.account < right.account ? -1 : 1
  if (left.currency === right.currency) return 0
  return left.currency < right.currency ? -1 : 1
}
