import { sql } from 'drizzle-orm'
import type { Ctx } from '../../src/platform/ctx.ts'
import { rows, transaction } from '../../src/platform/database/transaction.ts'
import { postEntry, postWithCommit, type NewEntry } from '../../src/modules/ledger/index.ts'
import { sealBooks } from '../../src/modules/ledger/operations/seal-books.ts'
import type { Figure } from '../ledger.ts'
import type { Bench } from './open-bench.ts'

const CLIENTS = 16
const ACCOUNTS = 50
const STREAMS = 20
const MINIMUM_SINGLE = 2_500
const SHARE_OF_MACHINE = 0.6

type Pair = () => readonly [string, string]
let keys = 0

const codes = Array.from({ length: ACCOUNTS }, (_, at) => `1100.a${String(at).padStart(2, '0')}`)
const pick = (limit: number) => Math.floor(Math.random() * limit)

const anyPair: Pair = () => {
  const from = pick(ACCOUNTS)
  const to = (from + 1 + pick(ACCOUNTS - 1)) % ACCOUNTS
  return [codes[from] ?? '', codes[to] ?? '']
}

const hotPair: Pair = () => [codes[0] ?? '', codes[1] ?? '']

/** An entry as a sale makes it: two postings, a source, a stream. */
function entryOn(ctx: Ctx, pair: Pair): NewEntry {
  const [from, to] = pair()
  const currency = 'SAR'
  return {
    key: `sale/${keys++}`,
    kind: 'sale',
    effectiveAt: ctx.clock.now(),
    source: { kind: 'order', id: ctx.ids.next() },
    postings: [
      { account: to, currency, amountMinor: 1999n },
      { account: from, currency, amountMinor: -1999n, stream: { kind: 'product', id: `p${pick(STREAMS)}` } },
    ],
  }
}

/** As a sale posts: the ledger's statement goes with the commit. Throws unless all are posted. */
const post = (ctx: Ctx, entries: readonly NewEntry[]): Promise<void> =>
  transaction(ctx, (tx) => postWithCommit(tx, entries))

/** As the API posts what is asked for alone: each caller waits until its own entry is durable. */
async function postAlone(ctx: Ctx): Promise<void> {
  const { outcome } = await postEntry(ctx, entryOn(ctx, anyPair))
  if (outcome !== 'posted') throw new Error(`an entry was ${outcome}`)
}

const postBatch = (ctx: Ctx, size: number, pair: Pair) =>
  post(
    ctx,
    Array.from({ length: size }, () => entryOn(ctx, pair)),
  )

/** Runs `work` from `clients` callers for a time; how many a second were done. */
async function rate(clients: number, seconds: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  const end = start + seconds * 1000
  let done = 0
  const client = async () => {
    while (performance.now() < end) {
      await work()
      done++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return done / ((performance.now() - start) / 1000)
}

/** What the machine does by itself: one row changed, one added, in a transaction, through the same pool and driver. */
async function openReference({ admin }: Bench): Promise<(ctx: Ctx) => Promise<void>> {
  await admin.query(`
    CREATE TABLE bench_accounts (id int PRIMARY KEY, balance bigint NOT NULL);
    INSERT INTO bench_accounts SELECT at, 0 FROM generate_series(1, 1000) at;
    CREATE TABLE bench_postings (id uuid PRIMARY KEY, account int NOT NULL, amount bigint NOT NULL);
    GRANT ALL ON bench_accounts, bench_postings TO rafid_app`)
  return (ctx) =>
    transaction(ctx, async (tx) => {
      const account = 1 + pick(1000)
      await rows(tx, sql`UPDATE bench_accounts SET balance = balance + ${1} WHERE id = ${account}`)
      await rows(
        tx,
        sql`INSERT INTO bench_postings (id, account, amount) VALUES (${ctx.ids.next()}, ${account}, ${1})`,
      )
    })
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/**
 * `single`: entries of two postings that nothing else hangs on, 16 callers, each waiting for its own to be durable (the ledger
 * gives those who come together one commit). `single-in-transaction`: as a sale posts, each in a transaction of its own.
 * Both and the machine take turns, so that whatever else the machine does falls on all.
 */
async function single(bench: Bench, seconds: number): Promise<Figure[]> {
  const reference = await openReference(bench)
  const { ctx } = bench
  const inTransaction = () => post(ctx, [entryOn(ctx, anyPair)])
  await postBatch(ctx, 2_000, anyPair)
  await rate(CLIENTS, 1, () => postAlone(ctx))
  await rate(CLIENTS, 2, inTransaction)
  await rate(CLIENTS, 1, () => reference(ctx))
  const [alone, within, machine]: [number[], number[], number[]] = [[], [], []]
  for (let turn = 0; turn < 5; turn++) {
    machine.push(await rate(CLIENTS, seconds / 5, () => reference(ctx)))
    alone.push(await rate(CLIENTS, seconds / 5, () => postAlone(ctx)))
    within.push(await rate(CLIENTS, seconds / 5, inTransaction))
  }
  const must = Math.max(MINIMUM_SINGLE, SHARE_OF_MACHINE * median(machine))
  return [
    { name: 'single', value: median(alone), unit: 'entries/s', reference: must },
    { name: 'single-in-transaction', value: median(within), unit: 'entries/s', reference: MINIMUM_SINGLE },
    { name: 'machine', value: median(machine), unit: 'transactions/s', reference: median(machine) },
  ]
}

async function perSecond(bench: Bench, seconds: number, size: number, pair: Pair): Promise<number> {
  const ctx = bench.newBooks()
  await postBatch(ctx, 200, pair)
  const clients = size >= 1_000 ? 4 : CLIENTS
  await rate(clients, 1, () => postBatch(ctx, size, pair))
  const turns: number[] = []
  for (let turn = 0; turn < 3; turn++) {
    turns.push(size * (await rate(clients, seconds / 3, () => postBatch(ctx, size, pair))))
  }
  return median(turns)
}

/** Cases that post; each returns its figures. */
export const postingCases: Readonly<Record<string, (bench: Bench, seconds: number) => Promise<Figure[]>>> = {
  single,
  hot: async (bench, seconds) => {
    const value = await perSecond(bench, seconds, 1, hotPair)
    return [{ name: 'hot', value, unit: 'entries/s', reference: 700 }]
  },
  'hot-batch': async (bench, seconds) => {
    const value = await perSecond(bench, seconds, 100, hotPair)
    return [{ name: 'hot-batch', value, unit: 'entries/s', reference: 15_000 }]
  },
  batch: async (bench, seconds) => {
    const value = await perSecond(bench, seconds, 1_000, anyPair)
    return [{ name: 'batch', value, unit: 'entries/s', reference: 25_000 }]
  },
}

/**
 * Fills the books up to `entries` and compares what a posting costs (one client, one entry a transaction) near 1,000 and at
 * the end; then weighs the tables and their indexes. Entries come half one by one and half in batches at first, since both
 * lay out indexes differently, and in batches after that.
 */
export async function measureGrowth(bench: Bench, entries: number): Promise<Figure[]> {
  bench.ctx = bench.newBooks()
  const { ctx, small, admin } = bench
  const cost = async (on: Ctx) => {
    const times: number[] = []
    for (let at = 0; at < 1_500; at++) {
      const start = performance.now()
      await post(on, [entryOn(on, anyPair)])
      if (at >= 200) times.push(performance.now() - start)
    }
    return median(times)
  }
  await postBatch(small, 1_000, anyPair)
  const count = async () =>
    Number(
      (
        await admin.query('SELECT count(*) AS n FROM ledger_entries WHERE workspace_id = $1', [
          ctx.workspaceId,
        ])
      ).rows[0].n,
    )
  await postBatch(ctx, 1_000, anyPair)
  const missing = entries - (await count())
  let left = missing
  const fill = async () => {
    while (left > 0) {
      const size = Math.min(1_000, left)
      left -= size
      await postBatch(ctx, size, anyPair)
    }
  }
  await Promise.all(Array.from({ length: 3 }, fill))
  await admin.query('ANALYZE ledger_entries, ledger_postings, ledger_accounts')
  // In turns, so that whatever else the machine does falls on both.
  const costs = { small: [await cost(small)], large: [await cost(ctx)] }
  for (let turn = 0; turn < 4; turn++) {
    costs.small.push(await cost(small))
    costs.large.push(await cost(ctx))
  }
  const growth = median(costs.large) / median(costs.small)
  const start = performance.now()
  const sealed = await sealBooks(ctx)
  const sealRate = sealed / ((performance.now() - start) / 1000)
  const { entries: held, bytes } = await weigh(bench)
  for (let at = 0; at < 30; at++) await postBatch(small, 1_000, anyPair)
  const after = await weigh(bench)
  return [
    { name: 'growth', value: growth, unit: '×', reference: 1.25, atMost: true },
    { name: 'bytes', value: bytes / held, unit: 'bytes/entry', reference: 600, atMost: true },
    // Between other workspaces an index grows in its middle, where PostgreSQL leaves half of each page free.
    {
      name: 'bytes-older',
      value: (after.bytes - bytes) / (after.entries - held),
      unit: 'bytes/entry',
      reference: 600,
      atMost: true,
    },
    { name: 'sealing', value: sealRate, unit: 'postings/s', reference: 10_000 },
  ]
}

/** All of the ledger's tables with their indexes, and how many entries they hold. */
async function weigh({ admin }: Bench): Promise<{ entries: number; bytes: number }> {
  const { rows: found } = await admin.query<{ entries: number; bytes: number }>(`
    SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'ledger\\_%' AND relkind = 'r')::float8 AS bytes,
      (SELECT count(*) FROM ledger_entries)::float8 AS entries`)
  return found[0] ?? { entries: Number.NaN, bytes: Number.NaN }
}
