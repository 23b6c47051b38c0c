import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { systemCtx, type Ctx, type TxCtx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { getEntry, listJournal } from './operations/list-journal.ts'
import { listStatement } from './operations/list-statement.ts'
import { mustPost } from './operations/post-entries.ts'
import { readBalance } from './operations/read-balance.ts'
import { readIncomeStatement } from './operations/read-reports.ts'
import { sealBooks } from './operations/seal-books.ts'

/** Four days of books: enough rows that reading them all would be seen. */
const DAYS = 4
const A_DAY = 5_000
const CHAPTER = 64

const clock = standingClock('2026-03-01T10:00:00Z')
const account = { account: '1100.a1', currency: 'SAR' }
let services: TestServices
let ctx: Ctx
let someEntry = ''
let oldest = ''

async function post(ctx: Ctx, from: number, count: number): Promise<string> {
  const entries = Array.from({ length: count }, (_, at) => ({
    key: `k${from + at}`,
    kind: 'sale',
    postings: [
      { account: `1100.a${at % 5}`, currency: 'SAR', amountMinor: 100n },
      { account: '4000', currency: 'SAR', amountMinor: -100n, stream: { kind: 'product', id: `p${at % 3}` } },
    ],
  }))
  const [first] = await transaction(ctx, (tx) => mustPost(tx, entries))
  return first?.entryId ?? ''
}

beforeAll(async () => {
  services = await testServices({ clock })
  ctx = systemCtx(services, services.ids.next())
  const opening = {
    key: 'opening',
    kind: 'opening',
    postings: [
      { account: '1000', currency: 'SAR', amountMinor: 5n },
      { account: '3000', currency: 'SAR', amountMinor: -5n },
    ],
  }
  oldest = (await transaction(ctx, (tx) => mustPost(tx, [opening])))[0]?.entryId ?? ''
  for (let day = 0; day < DAYS; day++) {
    someEntry = await post(ctx, day * A_DAY, A_DAY)
    clock.advance(86_400_000)
  }
  await sealBooks(ctx)
  await post(ctx, DAYS * A_DAY, 50)
  // Someone else's rows lie between.
  await post(systemCtx(services, services.ids.next()), 0, A_DAY)
}, 120_000)

type Counted = { seq_scan: bigint; fetched: bigint }

async function count(tx: TxCtx): Promise<Counted> {
  const [found] = await rows<Counted>(
    tx,
    sql`SELECT seq_scan, coalesce(idx_tup_fetch, 0)::int8 AS fetched FROM pg_stat_xact_user_tables
        WHERE relname = 'ledger_postings'`,
  )
  if (found === undefined) throw new Error('the database does not count')
  return found
}

/** How many postings the serving role's statements looked at; none of them may go through the whole table. */
function looksAt(read: (ctx: Ctx) => Promise<unknown>): Promise<number> {
  return transaction(ctx, async (tx) => {
    const before = await count(tx)
    await read(tx)
    const after = await count(tx)
    expect(after.seq_scan - before.seq_scan, 'scans of the whole table').toBe(0n)
    return Number(after.fetched - before.fetched)
  })
}

describe('under row-level security, an index finds', () => {
  test('a page of a statement, wherever it lies', async () => {
    const looked = await looksAt((tx) => listStatement(tx, { ...account, beforeVersion: 2000n, limit: 50 }))
    expect(looked).toBeLessThanOrEqual(2 * CHAPTER)
    expect(looked).toBeGreaterThanOrEqual(50)
  })

  test('the balance as it was recorded at a moment, by a few looks', async () => {
    const recordedAt = new Date('2026-03-02T12:00:00Z')
    const looks = 2 * Math.ceil(Math.log2((DAYS * A_DAY) / 5))
    expect(await looksAt((tx) => readBalance(tx, { ...account, recordedAt }))).toBeLessThan(looks * CHAPTER)
  })

  test('what had happened by a moment: a part of one day of one account, and what is not sealed', async () => {
    const effectiveAt = new Date('2026-03-03T09:00:00Z')
    const looked = await looksAt((tx) => readBalance(tx, { ...account, effectiveAt }))
    expect(looked).toBeLessThanOrEqual(A_DAY / 5 + 4 * CHAPTER)
  })

  test('an income statement of whole days: only what is not sealed', async () => {
    const from = new Date('2026-03-02T00:00:00Z')
    const before = new Date('2026-03-10T00:00:00Z')
    const looked = await looksAt((tx) => readIncomeStatement(tx, { from, before }))
    expect(looked).toBeLessThanOrEqual(2 * 50 + 12 * CHAPTER)
  })

  test('a page of the journal, and an entry with its story and hash', async () => {
    expect(await looksAt((tx) => listJournal(tx, { limit: 50 }))).toBeLessThanOrEqual(100)
    expect(await looksAt((tx) => getEntry(tx, someEntry))).toBeLessThanOrEqual(8 + 4 * CHAPTER)
  })

  test('the entries of an account, whether it has few or most of them', async () => {
    const rare = { account: '1000', limit: 50 }
    expect(await looksAt((tx) => listJournal(tx, rare))).toBeLessThanOrEqual(CHAPTER)
    expect(await listJournal(ctx, rare)).toMatchObject([{ id: oldest, kind: 'opening' }])
    const some = { account: account.account, limit: 50 }
    expect(await looksAt((tx) => listJournal(tx, some))).toBeLessThan((DAYS * A_DAY) / 5 + 200)
    expect(await looksAt((tx) => listJournal(tx, { account: '4000', limit: 50 }))).toBeLessThan(300)
    const [first, ...rest] = await listJournal(ctx, { account: '1100', limit: 51 })
    const after = first?.id ?? ''
    expect(await listJournal(ctx, { account: '1100', limit: 50, after })).toEqual(rest)
  })

  test('the entries of a stream, of which there are few or many', async () => {
    const of = (stream: string) => listJournal(ctx, { stream, account: '4000', limit: 5 })
    expect(await of('product/p1')).toHaveLength(5)
    expect(await of('product/none')).toEqual([])
    for (const { postings } of await of('product/p2'))
      expect(postings.map(({ stream }) => stream?.id)).toContain('p2')
  })

  test('what is to be sealed', async () => {
    expect(await looksAt((tx) => sealBooks(tx))).toBeLessThanOrEqual(4 * (2 * 50 + 12 * CHAPTER))
  })
})
