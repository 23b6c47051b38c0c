import { beforeAll, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { postEntry } from './operations/post-entry.ts'
import { UnknownAccount } from './errors.ts'
import type { NewEntry, PostOutcome } from './schema.ts'

let services: TestServices
let key = 0

beforeAll(async () => {
  services = await testServices()
})

function newBooks(): Ctx {
  return systemCtx(services, services.ids.next())
}

function move(from: string, to: string, amountMinor: bigint, more: Partial<NewEntry> = {}): NewEntry {
  const currency = 'SAR'
  const postings = [
    { account: to, currency, amountMinor },
    { account: from, currency, amountMinor: -amountMinor },
  ]
  return { key: `k${key++}`, kind: 'test', postings, ...more }
}

type Stored = { id: string; transaction: string; actorId: string }

function entriesOf(ctx: Ctx): Promise<Stored[]> {
  return transaction(ctx, (tx) =>
    rows<Stored>(
      tx,
      sql`SELECT e.id, e.xmin::text AS transaction, d.id AS "actorId" FROM ledger_entries e
          JOIN ledger_dimensions d ON d.workspace_id = e.workspace_id AND d.number = e.actor
          WHERE e.workspace_id = ${tx.workspaceId} ORDER BY e.id`,
    ),
  )
}

const said = (outcomes: readonly PostOutcome[]) => outcomes.map(({ outcome }) => outcome)

test('those who ask at once share a commit, and more than fit into one wait', async () => {
  const ctx = newBooks()
  const asked = Array.from({ length: 150 }, () => postEntry(ctx, move('3000', '1100', 1n)))
  expect(new Set(said(await Promise.all(asked)))).toEqual(new Set(['posted']))
  const stored = await entriesOf(ctx)
  expect(stored).toHaveLength(150)
  expect(new Set(stored.map((entry) => entry.transaction)).size).toBe(2)
})

test('what is refused refuses only itself', async () => {
  const ctx = newBooks()
  const outcomes = await Promise.all(
    [
      move('3000', '2130', -40n),
      move('2130', '1100', -100n),
      move('2130', '2100', -15n),
      move('3000', '1100', 2n ** 64n),
    ].map((entry) => postEntry(ctx, entry)),
  )
  expect(said(outcomes)).toEqual(['posted', 'insufficient-funds', 'posted', 'out-of-range'])
})

test('a key that comes twice is one entry, and is never another one', async () => {
  const ctx = newBooks()
  const one = move('3000', '1100', 5n)
  const outcomes = await Promise.all([
    postEntry(ctx, one),
    postEntry(ctx, one),
    postEntry(ctx, { ...move('3000', '1100', 6n), key: one.key }),
    postEntry(ctx, move('3000', '1100', 7n)),
  ])
  // Two transactions are under way at once: either of the two that are alike may be the first.
  const [first, second, ...rest] = said(outcomes)
  expect(new Set([first, second])).toEqual(new Set(['posted', 'replayed']))
  expect(rest).toEqual(['key-reuse', 'posted'])
  expect(await entriesOf(ctx)).toHaveLength(2)
})

test('a fault is its caller’s alone', async () => {
  const ctx = newBooks()
  const lost = move('3000', '1100', 3n)
  const asked = await Promise.allSettled([
    postEntry(ctx, move('3000', '1100', 1n)),
    postEntry(ctx, move('3000', '5999', 2n)),
    postEntry(ctx, lost, () => Promise.reject(new Error('what goes with it fails'))),
    postEntry(ctx, move('3000', '1100', 4n)),
  ])
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(asked[1]).toHaveProperty('reason', expect.any(UnknownAccount))
  expect(asked[2]).toHaveProperty('reason.message', 'what goes with it fails')
  expect(await entriesOf(ctx)).toHaveLength(2)
  // Nothing of it is left, and its key is free.
  expect(said([await postEntry(ctx, lost)])).toEqual(['posted'])
})

test('everybody stays who they are, and writes with their own entry', async () => {
  const books = newBooks()
  const callers = ['a', 'b', 'a', 'b'].map((tokenId): Ctx => {
    const actor = { kind: 'token', tokenId, userId: 'u', rights: [] } as const
    return { ...books, requestId: services.ids.next(), actor }
  })
  const heard: [string, string][] = []
  const asked = callers.map((ctx, at) =>
    postEntry(ctx, move('3000', '1100', BigInt(at + 1)), (tx, { entryId }) => {
      heard.push([tx.requestId, entryId])
      return Promise.resolve()
    }),
  )
  const ids = (await Promise.all(asked)).map((outcome) => ('entryId' in outcome ? outcome.entryId : ''))
  expect(new Map(heard)).toEqual(new Map(callers.map(({ requestId }, at) => [requestId, ids[at] ?? ''])))
  const actors = new Map((await entriesOf(books)).map(({ id, actorId }) => [id, actorId]))
  expect(ids.map((id) => actors.get(id))).toEqual(['a', 'b', 'a', 'b'])
})

test('within a transaction it is posted there, and goes with it', async () => {
  const ctx = newBooks()
  const undone = transaction(ctx, async (tx) => {
    expect((await postEntry(tx, move('3000', '1100', 1n))).outcome).toBe('posted')
    throw new Error('not this time')
  })
  await expect(undone).rejects.toThrow('not this time')
  expect(await entriesOf(ctx)).toEqual([])
})
