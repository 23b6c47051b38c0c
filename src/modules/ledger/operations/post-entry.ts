import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Database } from '../../../platform/database/database.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import type { NewEntry, PostOutcome } from '../schema.ts'
import { actorDimension } from './dimensions.ts'
import { postEntries } from './post-entries.ts'

/** What a caller writes with its entry, in the same transaction: only if it is posted now, not when it is replayed. */
export type WithEntry = (ctx: TxCtx, posted: Extract<PostOutcome, { outcome: 'posted' }>) => Promise<void>

/** How many entries share a transaction at most. */
const MOST_AT_ONCE = 100

/** How many such transactions of a workspace are under way at once: the next is sent while the one before is committed. */
const MOST_UNDER_WAY = 2

type Wish = { readonly ctx: Ctx; readonly entry: NewEntry; readonly withEntry: WithEntry | undefined }

type Waiting = Wish & { resolve(outcome: PostOutcome): void; reject(reason: unknown): void }

/** Those of a workspace who wait for the next transaction, and how many transactions are under way. */
type Line = { waiting: Waiting[]; underWay: number }

const lines = new WeakMap<Database, Map<string, Line>>()

/**
 * Posts one entry, and answers once it is durable. What is asked for in a workspace at the same time goes together: one call
 * of the ledger, one commit, and for each caller the outcome of its own entry. What is refused refuses only itself; a fault
 * is its caller's alone. Within a transaction it is posted there. The same key and content again is the same entry.
 * @throws UnknownAccount for a code that is in no chart; an assertion for an entry that does not balance.
 */
export async function postEntry(ctx: Ctx, entry: NewEntry, withEntry?: WithEntry): Promise<PostOutcome> {
  const wish = { ctx, entry, withEntry }
  if (ctx.tx === undefined) return new Promise((resolve, reject) => join({ ...wish, resolve, reject }))
  const [outcome] = await postTogether([wish])
  assert(outcome !== undefined, 'an entry has an outcome')
  return outcome
}

function join(one: Waiting): void {
  const { database, workspaceId = '' } = one.ctx
  let ofDatabase = lines.get(database)
  if (ofDatabase === undefined) lines.set(database, (ofDatabase = new Map<string, Line>()))
  const line = ofDatabase.get(workspaceId) ?? { waiting: [], underWay: 0 }
  ofDatabase.set(workspaceId, line)
  line.waiting.push(one)
  goOn(line, () => ofDatabase.delete(workspaceId))
}

/** Sends the next transaction if there may be another. Whoever comes in the same turn of the event loop comes along. */
function goOn(line: Line, forget: () => void): void {
  if (line.waiting.length > 0 && line.underWay < MOST_UNDER_WAY) {
    line.underWay++
    setImmediate(() => void send(line, forget))
  } else if (line.underWay === 0) forget()
}

async function send(line: Line, forget: () => void): Promise<void> {
  await settle(takeFrom(line))
  line.underWay--
  goOn(line, forget)
}

/** Those first in line who can share a call: one caller, one clock, each key once. The others keep their places. */
function takeFrom(line: Line): Waiting[] {
  const [first] = line.waiting
  const keys = new Set<string>()
  const { some = [], others = [] } = Object.groupBy(line.waiting, (one, at) => {
    const fits = at < MOST_AT_ONCE && !keys.has(one.entry.key) && alike(first, one)
    keys.add(one.entry.key)
    return fits ? 'some' : 'others'
  })
  line.waiting = others
  return some
}

function alike(first: Wish | undefined, { ctx }: Wish): boolean {
  if (first?.ctx.clock !== ctx.clock) return false
  const [one, other] = [actorDimension(first.ctx.actor), actorDimension(ctx.actor)]
  return one.kind === other.kind && one.id === other.id
}

/** Tells each its outcome. If anything goes wrong, each is posted by itself: what one caused does not befall the others. */
async function settle(some: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await postTogether(some)
    for (const [at, outcome] of outcomes.entries()) some[at]?.resolve(outcome)
  } catch (error) {
    if (some.length === 1) some[0]?.reject(error)
    else await Promise.all(some.map((one) => settle([one])))
  }
}

async function postTogether(some: readonly Wish[]): Promise<PostOutcome[]> {
  const [first] = some
  if (first === undefined) return []
  return transaction(first.ctx, async (tx) => {
    const outcomes = await postEntries(
      tx,
      some.map(({ entry }) => entry),
    )
    for (const [at, outcome] of outcomes.entries()) {
      const { ctx, withEntry } = some[at] ?? first
      const own = { ...ctx, tx: tx.tx, workspaceId: tx.workspaceId }
      if (outcome.outcome === 'posted') await withEntry?.(own, outcome)
    }
    return outcomes
  })
}
