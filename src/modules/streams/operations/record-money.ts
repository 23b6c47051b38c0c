import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import {
  findEntries,
  nameAccounts,
  postEntries,
  postEntry,
  reverseEntries,
  type NewEntry,
  type PostOutcome,
  type ReverseOutcome,
  type WithEntry,
} from '../../ledger/index.ts'
import { UnknownStream } from '../errors.ts'
import { accountOf, HELD_ELSEWHERE } from '../rules/kinds.ts'
import type { StreamKind, StreamMoney } from '../schema.ts'

/** How many entries go to the ledger in one call. */
const MOST_AT_ONCE = 1_000

/** The kinds of journal entries that streams post. */
export const ENTRY_KINDS = { income: 'stream-income', cost: 'stream-cost' } as const

type Posted = { id: string; kind: StreamKind; name: string; dimensionKind: string; dimensionId: string }

/**
 * Posts money of streams, each item as an entry of its own: income to the stream's account of income, cost to its account
 * of that kind of cost, against the counterparty. Set-based; the outcomes are in the order of the items. Locks the
 * accounts until the transaction ends, so it belongs at its end. A closed period or a key that was used for something
 * else is an outcome; nothing is thrown for it.
 * @throws UnknownStream, UnknownAccount for a counterparty that is in no chart
 */
export async function recordStreamMoney(ctx: TxCtx, items: readonly StreamMoney[]): Promise<PostOutcome[]> {
  const outcomes: PostOutcome[] = []
  for (const entries of await batchesOf(ctx, items)) outcomes.push(...(await postEntries(ctx, entries)))
  return outcomes
}

/**
 * The same for one item by itself: outside a transaction, those who enter money at the same time share a commit. What is
 * written `withEntry` goes with it.
 */
export async function recordOneMoney(
  ctx: Ctx,
  item: StreamMoney,
  withEntry: WithEntry,
): Promise<PostOutcome> {
  const [[entry] = []] = await transaction(ctx, (tx) => batchesOf(tx, [item]))
  assert(entry !== undefined, 'an item has an entry')
  return postEntry(ctx, entry, withEntry)
}

/**
 * Takes posted money back by reversing its entries, each on its own day, or from now on where that period is closed; the
 * outcomes are in the order of the ids. Doing it again says `replayed`.
 */
export async function undoStreamMoney(
  ctx: TxCtx,
  entryIds: readonly string[],
  memo = '',
): Promise<ReverseOutcome[]> {
  const days = new Map(
    (await findEntries(ctx, { ids: entryIds })).map(({ id, effectiveAt }) => [id, effectiveAt]),
  )
  const wish = (entryId: string) => ({
    entryId,
    key: `stream-undo/${entryId}`,
    kind: 'stream-reversal',
    memo,
  })
  const outcomes = await reverseEntries(
    ctx,
    entryIds.map((id) => ({ ...wish(id), effectiveAt: days.get(id) ?? ctx.clock.now() })),
  )
  const closed = entryIds.filter((_, at) => outcomes[at]?.outcome === 'period-closed')
  if (closed.length === 0) return outcomes
  const later = (await reverseEntries(ctx, closed.map(wish))).values()
  return outcomes.map((one) => (one.outcome === 'period-closed' ? (later.next().value ?? one) : one))
}

async function batchesOf(ctx: TxCtx, items: readonly StreamMoney[]): Promise<NewEntry[][]> {
  if (items.length === 0) return []
  const streams = await findPosted(ctx, [...new Set(items.map(({ streamId }) => streamId))])
  const entries = items.map((item) => entryOf(item, streams))
  await nameAccounts(ctx, namesOf(items, streams))
  return Array.from({ length: Math.ceil(entries.length / MOST_AT_ONCE) }, (_, nth) =>
    entries.slice(nth * MOST_AT_ONCE, (nth + 1) * MOST_AT_ONCE),
  )
}

async function findPosted(ctx: TxCtx, ids: readonly string[]): Promise<Map<string, Posted>> {
  const found = await rows<Posted>(
    ctx,
    sql`SELECT id, kind, name, dimension_kind AS "dimensionKind", dimension_id AS "dimensionId" FROM streams
        WHERE workspace_id = ${ctx.workspaceId} AND id = ANY (${sql.param(ids)}::uuid[])`,
  )
  return new Map(found.map((stream) => [stream.id, stream]))
}

function entryOf(item: StreamMoney, streams: ReadonlyMap<string, Posted>): NewEntry {
  const stream = mustFind(item, streams)
  const { kind, amountMinor, currency, counterparty = HELD_ELSEWHERE } = item
  // Income is a credit; a cost is a debit.
  const own = kind === 'income' ? -amountMinor : amountMinor
  return {
    key: item.key,
    kind: ENTRY_KINDS[kind],
    // The ledger sums UTC days: the first moment of the day is in that day, and never in the future.
    effectiveAt: new Date(`${item.on}T00:00:00Z`),
    ...(item.source && { source: item.source }),
    ...(item.note !== undefined && { memo: item.note }),
    postings: [
      { account: counterparty, currency, amountMinor: -own },
      {
        account: accountFor(item, stream),
        currency,
        amountMinor: own,
        stream: { kind: stream.dimensionKind, id: stream.dimensionId },
      },
    ],
  }
}

function accountFor({ kind, costKind = 'other' }: StreamMoney, stream: Posted): string {
  return accountOf(stream, kind === 'income' ? 'income' : costKind)
}

/** The streams' accounts, each under the stream's name. */
function namesOf(items: readonly StreamMoney[], streams: ReadonlyMap<string, Posted>) {
  const named = items.map((item) => {
    const stream = mustFind(item, streams)
    return { code: accountFor(item, stream), name: stream.name }
  })
  return [...new Map(named.map((one) => [one.code, one])).values()]
}

function mustFind({ streamId }: StreamMoney, streams: ReadonlyMap<string, Posted>): Posted {
  const stream = streams.get(streamId)
  if (stream === undefined) throw new UnknownStream()
  return stream
}
