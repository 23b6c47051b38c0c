import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { postEntries } from './operations/post-entries.ts'
import type { NewEntry, NewPosting, PostOutcome } from './schema.ts'

let services: TestServices
let key = 0

beforeAll(async () => {
  services = await testServices()
})

function newBooks(): Ctx {
  return systemCtx(services, services.ids.next())
}

function post(ctx: Ctx, ...entries: NewEntry[]): Promise<PostOutcome[]> {
  return transaction(ctx, (tx) => postEntries(tx, entries))
}

function entry(postings: NewPosting[], more: Partial<NewEntry> = {}): NewEntry {
  return { key: `k${key++}`, kind: 'test', postings, ...more }
}

function move(from: string, to: string, amountMinor: bigint, more: Partial<NewEntry> = {}): NewEntry {
  const currency = 'SAR'
  return entry(
    [
      { account: to, currency, amountMinor },
      { account: from, currency, amountMinor: -amountMinor },
    ],
    more,
  )
}

async function balances(ctx: Ctx): Promise<Record<string, string>> {
  const found = await transaction(ctx, (tx) =>
    rows<{ code: string; balance: bigint; version: bigint }>(
      tx,
      sql`SELECT code, balance, version FROM ledger_accounts WHERE workspace_id = ${tx.workspaceId} ORDER BY code`,
    ),
  )
  return Object.fromEntries(found.map(({ code, balance, version }) => [code, `${balance} v${version}`]))
}

const outcomesOf = (outcomes: PostOutcome[]) => outcomes.map(({ outcome }) => outcome)

describe('posting', () => {
  test('opens accounts and moves them; the same again is the same entry', async () => {
    const ctx = newBooks()
    const sale = entry(
      [
        { account: '1150.test', currency: 'SAR', amountMinor: 115n },
        { account: '4000', currency: 'SAR', amountMinor: -60n, stream: { kind: 'product', id: 'a' } },
        { account: '4000', currency: 'SAR', amountMinor: -40n, stream: { kind: 'product', id: 'b' } },
        { account: '2200', currency: 'SAR', amountMinor: -15n },
      ],
      { source: { kind: 'order', id: services.ids.next() } },
    )
    const [first] = await post(ctx, sale)
    expect(first?.outcome).toBe('posted')
    expect(await post(ctx, sale)).toEqual([{ ...first, outcome: 'replayed' }])
    expect(await balances(ctx)).toEqual({ '1150.test': '115 v1', '2200': '-15 v1', '4000': '-100 v2' })
    const other = { ...sale, postings: sale.postings.toReversed() }
    expect(outcomesOf(await post(ctx, other))).toEqual(['key-reuse'])
  })

  test('a batch is its sequence: floors, keys and guards are decided one after the other', async () => {
    const ctx = newBooks()
    const twice = move('3000', '1100', 7n)
    const outcomes = await post(
      ctx,
      move('1100', '2100', 5n),
      move('2100', '1100', 100n),
      move('1100', '2100', 60n),
      move('1100', '2100', 50n),
      twice,
      twice,
      move('3000', '1100', 1n, { guards: [{ account: '1100', currency: 'SAR', ifVersion: 99n }] }),
      move('3000', '1100', 1n, { guards: [{ account: '1100', currency: 'SAR', ifVersion: 3n }] }),
      move('1100', '3000', 40n, { guards: [{ account: '1100', currency: 'SAR', minBalanceMinor: 9n }] }),
      move('1100', '3000', 39n, { guards: [{ account: '1100', currency: 'SAR', minBalanceMinor: 9n }] }),
    )
    expect(outcomesOf(outcomes)).toEqual([
      'insufficient-funds',
      'posted',
      'posted',
      'insufficient-funds',
      'posted',
      'replayed',
      'version-conflict',
      'posted',
      'insufficient-funds',
      'posted',
    ])
    expect(await balances(ctx)).toEqual({ '1100': '9 v5', '2100': '-40 v2', '3000': '31 v3' })
  })

  test('what is refused says why and leaves no trace', async () => {
    const ctx = newBooks()
    await post(ctx, move('2100', '1100', 100n))
    const before = await balances(ctx)
    const [refused] = await post(ctx, move('1100', '2100', 101n))
    expect(refused).toEqual({
      outcome: 'insufficient-funds',
      account: '2100',
      currency: 'SAR',
      available: 100n,
    })
    const huge = 2n ** 63n - 1n
    expect(outcomesOf(await post(ctx, move('3000', '1100', huge)))).toEqual(['out-of-range'])
    expect(outcomesOf(await post(ctx, move('3000', '1100', huge + 1n)))).toEqual(['out-of-range'])
    expect(await balances(ctx)).toEqual({ ...before, '3000': '0 v0' })
    await expect(post(ctx, entry([{ account: '1100', currency: 'SAR', amountMinor: 1n }]))).rejects.toThrow(
      'assertion',
    )
    await expect(post(ctx, move('9999', '1100', 1n))).rejects.toThrow('assertion')
    await expect(post(ctx, move('1999', '1100', 1n))).rejects.toThrow('unknown-account')
  })

  test('amounts just below 2^53 and 2^63 are exact', async () => {
    const ctx = newBooks()
    await post(ctx, move('3000', '1100', 2n ** 53n + 1n), move('3000', '1000', 2n ** 63n - 2n - 2n ** 53n))
    expect(await balances(ctx)).toMatchObject({
      '3000': `-${2n ** 63n - 1n} v2`,
      '1100': `${2n ** 53n + 1n} v1`,
    })
  })
})

test('a balance of −2^63 is refused like one of 2^63, by either way of posting', async () => {
  const ctx = newBooks()
  const huge = 2n ** 63n - 1n
  await post(ctx, move('3000', '1100', huge))
  const one = () => move('3000', '1000', 1n)
  expect(outcomesOf(await post(ctx, one()))).toEqual(['out-of-range'])
  expect(outcomesOf(await post(ctx, one(), one()))).toEqual(['out-of-range', 'out-of-range'])
  expect(await balances(ctx)).toMatchObject({ '3000': `-${huge} v1` })
})

describe('concurrency', () => {
  test('first postings to a new account cannot both spend what is there once', async () => {
    const ctx = newBooks()
    await post(ctx, move('2100', '1100', 10n))
    const racing = Array.from({ length: 8 }, (_, at) =>
      post(ctx, move('1100', '2100', 10n), move(`5800.race-${at % 2}`, '1000', 1n)),
    )
    const outcomes = (await Promise.all(racing)).map((pair) => pair[0]?.outcome)
    expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(1)
    expect(await balances(ctx)).toMatchObject({ '2100': '0 v2' })
  })

  test('the same key at once from many callers counts once', async () => {
    const ctx = newBooks()
    const same = move('3000', '1100', 10n)
    const answers = (await Promise.all(Array.from({ length: 12 }, () => post(ctx, same)))).flat()
    expect(answers.filter(({ outcome }) => outcome === 'posted')).toHaveLength(1)
    expect(answers.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(11)
    expect(new Set(answers.map((answer) => ('entryId' in answer ? answer.entryId : '')))).toHaveLength(1)
    expect(await balances(ctx)).toEqual({ '1100': '10 v1', '3000': '-10 v1' })
  })
})

test('a key that comes twice in a call is free for both entries, or taken for both', async () => {
  const ctx = newBooks()
  await post(ctx, move('3000', '1100', 10n), move('2100', '1500', 10n))
  const key = 'twice'
  const others = transaction(ctx, async (tx) => {
    await postEntries(tx, [move('3000', '1100', 5n, { key })])
    // Long enough for the call below to refuse its first entry and wait for an account with its second.
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const outcomes = await post(ctx, move('1500', '2100', 11n, { key }), move('3000', '1100', 6n, { key }))
  await others
  expect(outcomesOf(outcomes)).toEqual(['key-reuse', 'key-reuse'])
})

test('callers that take accounts the other way round wait for each other or run again', async () => {
  const ctx = newBooks()
  await post(ctx, move('3000', '1100', 1n), move('3000', '1000', 1n))
  const both = [
    ['1000', '1100'],
    ['1100', '1000'],
  ].map(([first = '', second = '']) =>
    transaction(ctx, async (tx) => {
      await postEntries(tx, [move('3000', first, 1n)])
      await new Promise((resolve) => setTimeout(resolve, 50))
      await postEntries(tx, [move('3000', second, 1n)])
    }),
  )
  await Promise.all(both)
  expect(await balances(ctx)).toEqual({ '1000': '3 v3', '1100': '3 v3', '3000': '-6 v6' })
})

describe('the fence', () => {
  const run = (ctx: Ctx, statement: ReturnType<typeof sql>) => transaction(ctx, (tx) => rows(tx, statement))

  test.each(['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'])('the serving role may not %s', async (verb) => {
    const ctx = newBooks()
    await post(ctx, move('3000', '1100', 10n))
    for (const table of [
      'accounts',
      'entries',
      'postings',
      'chart',
      'books',
      'holds',
      'seals',
      'days',
      'closings',
    ]) {
      const name = sql.raw(`ledger_${table}`)
      const statement = {
        INSERT: sql`INSERT INTO ${name} DEFAULT VALUES`,
        UPDATE: sql`UPDATE ${name} SET workspace_id = workspace_id`,
        DELETE: sql`DELETE FROM ${name}`,
        TRUNCATE: sql`TRUNCATE ${name}`,
      }[verb]
      await expect(run(ctx, statement ?? sql`SELECT`)).rejects.toThrow(/permission denied/)
    }
  })

  test.each([
    ['does not balance', '{5,-4}', '{1,2}', '{SAR,SAR}'],
    ['balances only across currencies', '{5,-5}', '{1,2}', '{SAR,KWD}'],
    ['has an empty line', '{0,0}', '{1,2}', '{SAR,SAR}'],
    ['has one line', '{5}', '{1}', '{SAR}'],
  ])('the functions themselves refuse an entry that %s', async (_, amounts, lines, currencies) => {
    const ctx = newBooks()
    await post(ctx, move('3000', '1100', 10n))
    const kwd = move('3000', '1100', 10n).postings.map((line) => ({ ...line, currency: 'KWD' }))
    await post(ctx, entry(kwd))
    const before = await balances(ctx)
    await expect(
      run(
        ctx,
        sql`SELECT ledger_post(${ctx.workspaceId}, now(), 1, ${services.ids.next()}, ${services.ids.next()}, 'x', now(), '',
          NULL, '', ${lines === '{1}' ? '{1100}' : '{1100,3000}'}::text[], ${currencies}::text[], ${lines}::int2[],
          ${amounts}::int8[], ${lines === '{1}' ? '{NULL}' : '{NULL,NULL}'}::int4[])`,
      ),
    ).rejects.toMatchObject({ code: '23514' })
    expect(await balances(ctx)).toEqual(before)
  })

  test('a posting into another workspace is refused', async () => {
    const [mine, theirs] = [newBooks(), newBooks()]
    await post(theirs, move('3000', '1100', 10n))
    await expect(
      run(
        mine,
        sql`SELECT ledger_post(${theirs.workspaceId}, now(), 1, ${services.ids.next()}, ${services.ids.next()}, 'x', now(), '',
          NULL, '', '{1100,3000}', '{SAR,SAR}', '{1,2}', '{5,-5}', '{NULL,NULL}')`,
      ),
    ).rejects.toThrow(/another workspace/)
    expect(
      await run(mine, sql`SELECT FROM ledger_accounts WHERE workspace_id = ${theirs.workspaceId}`),
    ).toEqual([])
    expect(await balances(theirs)).toEqual({ '1100': '10 v1', '3000': '-10 v1' })
  })
})
