import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { holdAmount, postHold } from './operations/hold-amount.ts'
import { mustPost } from './operations/post-entries.ts'
import { sealBooks } from './operations/seal-books.ts'
import { verifyBooks } from './operations/verify-books.ts'

let services: TestServices
let owner: pg.Client
let key = 0

beforeAll(async () => {
  services = await testServices()
  owner = new pg.Client(services.test.owner)
  await owner.connect()
})
afterAll(() => owner.end())

const stream = { kind: 'product', id: 'p1' }

/** Books with sealed entries, a hold posted in part, and a few entries after the last seal. */
async function books(): Promise<{ ctx: Ctx; ids: string[] }> {
  const ctx = systemCtx(services, services.ids.next())
  const sale = (amountMinor: bigint) => ({
    key: `k${key++}`,
    kind: 'sale',
    memo: 'as agreed',
    postings: [
      { account: '1150.test', currency: 'KWD', amountMinor },
      { account: '4000', currency: 'KWD', amountMinor: -amountMinor, stream },
    ],
  })
  const post = (count: number) =>
    transaction(ctx, (tx) =>
      mustPost(
        tx,
        Array.from({ length: count }, (_, at) => sale(BigInt(1000 + at))),
      ),
    )
  const ids = (await post(100)).map(({ entryId }) => entryId)
  await sealBooks(ctx)
  await transaction(ctx, async (tx) => {
    const hold = {
      key: `k${key++}`,
      kind: 'payout',
      debit: '1100',
      credit: '1150.test',
      currency: 'KWD',
      amountMinor: 9n,
    }
    const held = await holdAmount(tx, hold)
    if ('holdId' in held) await postHold(tx, held.holdId, { key: `k${key++}`, amountMinor: 4n, final: false })
  })
  await sealBooks(ctx)
  await post(3)
  return { ctx, ids }
}

/** Touches rows as the owner of the tables does who may write: past every function. */
async function tamper(ctx: Ctx, statement: string, values: unknown[] = []): Promise<void> {
  await owner.query('BEGIN')
  await owner.query("SELECT set_config('rafid.workspace_id', $1, true)", [ctx.workspaceId])
  const { rowCount } = await owner.query(statement, values)
  await owner.query('COMMIT')
  expect(rowCount).toBeGreaterThan(0)
}

describe('verify', () => {
  test('proves books that nobody touched, and says how far', async () => {
    const { ctx } = await books()
    const found = await verifyBooks(ctx)
    expect(found).toMatchObject({
      faults: [],
      more: false,
      seals: 2,
      sealedPostings: 202,
      unsealedPostings: 6,
    })
    expect(found.provenThrough?.recordedAt).toBeInstanceOf(Date)
    expect(await verifyBooks(ctx, found.head)).toMatchObject({ faults: [] })
  })

  test.each([
    ['an amount', 'UPDATE ledger_postings SET amount = amount + 1 WHERE entry_id = $1 AND line = 1'],
    ['a balance', 'UPDATE ledger_postings SET balance = balance + 1 WHERE entry_id = $1 AND line = 1'],
    ['a stream', 'UPDATE ledger_postings SET stream = 0 WHERE entry_id = $1 AND line = 2'],
    ['a memo', "UPDATE ledger_entries SET memo = 'as I like' WHERE id = $1"],
    ['a date', "UPDATE ledger_entries SET effective_at = effective_at - interval '1 day' WHERE id = $1"],
    ['who did it', 'UPDATE ledger_entries SET actor = actor + 1 WHERE id = $1'],
    ['an entry taken away', 'DELETE FROM ledger_entries WHERE id = $1'],
    [
      'a relation made up',
      "INSERT INTO ledger_relations SELECT workspace_id, id, 'reverses', id FROM ledger_entries WHERE id = $1",
    ],
    [
      'a posting added',
      'INSERT INTO ledger_postings SELECT amount + 1, balance, workspace_id, entry_id, account, chapter, stream, place, 9 FROM ledger_postings WHERE entry_id = $1 AND line = 1',
    ],
  ])('names the row: %s', async (_, statement) => {
    const { ctx, ids } = await books()
    await tamper(ctx, statement, [ids[41]])
    const { faults } = await verifyBooks(ctx)
    expect(faults[0]).toMatchObject({ entryId: ids[41], version: '42', seal: 1 })
  })

  test.each([
    [
      'a posting taken away',
      'DELETE FROM ledger_postings WHERE chapter = 0 AND place = 7 AND line = 1',
      { what: 'posting-missing', version: '7' },
    ],
    [
      'a posting moved to another version',
      'UPDATE ledger_postings SET chapter = 9 WHERE chapter = 0 AND place = 7 AND line = 1',
      { what: 'posting-missing', version: '7' },
    ],
    [
      'an account renamed',
      "UPDATE ledger_accounts SET code = '3000' WHERE code = '4000'",
      { what: 'posting-changed', account: '3000' },
    ],
    [
      'a stream renamed',
      "UPDATE ledger_dimensions SET id = 'p2' WHERE id = 'p1'",
      { what: 'posting-changed', account: '4000' },
    ],
    [
      'a seal rewritten',
      'UPDATE ledger_seals SET hash = previous WHERE number = 1',
      { what: 'seal-changed', seal: 1 },
    ],
    ['a seal taken away', 'DELETE FROM ledger_seals WHERE number = 1', { what: 'seal-missing', seal: 1 }],
    [
      'an account’s balance',
      "UPDATE ledger_accounts SET balance = balance + 1 WHERE code = '4000'",
      { what: 'account-state', account: '4000' },
    ],
    [
      'a pending amount',
      "UPDATE ledger_accounts SET pending_credit = 0 WHERE code = '1150.test'",
      { what: 'pending', account: '1150.test' },
    ],
    ['a hold', 'UPDATE ledger_holds SET posted = posted + 1', { what: 'pending' }],
    ['a day’s sum', 'UPDATE ledger_days SET debit = debit + 1 WHERE debit > 0', { what: 'day-sums' }],
    [
      'a row after the last seal',
      'UPDATE ledger_postings SET amount = amount + 1 WHERE chapter = 1 AND place = 102 - 64',
      { what: 'balance', version: '102' },
    ],
    [
      'an entry without postings',
      'INSERT INTO ledger_entries SELECT effective_at, recorded_at, workspace_id, gen_random_uuid(), gen_random_uuid(), actor, kind FROM ledger_entries LIMIT 1',
      { what: 'entry-alone' },
    ],
  ])('finds %s', async (_, statement, fault) => {
    const { ctx } = await books()
    await tamper(ctx, statement)
    expect((await verifyBooks(ctx)).faults).toContainEqual(expect.objectContaining(fault))
  })

  test('a chain that was made again from changed rows misses the head that was noted', async () => {
    const { ctx } = await books()
    const { head } = await verifyBooks(ctx)
    await tamper(ctx, 'DELETE FROM ledger_seals')
    await tamper(ctx, 'DELETE FROM ledger_sealed')
    await tamper(ctx, 'DELETE FROM ledger_days')
    await tamper(ctx, "UPDATE ledger_entries SET memo = 'as I like'")
    await sealBooks(ctx)
    expect(await verifyBooks(ctx)).toMatchObject({ faults: [] })
    expect(await verifyBooks(ctx, head)).toMatchObject({ faults: [{ what: 'head-missing', seal: 2 }] })
  })

  test('sealing at once from several sides seals once', async () => {
    const { ctx } = await books()
    const sealed = await Promise.all(Array.from({ length: 5 }, () => sealBooks(ctx)))
    expect(sealed.reduce((total, count) => total + count)).toBe(6)
    expect(await verifyBooks(ctx)).toMatchObject({ faults: [], seals: 3, unsealedPostings: 0 })
  })
})
