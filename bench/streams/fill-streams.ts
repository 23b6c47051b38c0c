import { sql } from 'drizzle-orm'
import type { Ctx } from '../../src/platform/ctx.ts'
import { rows, transaction } from '../../src/platform/database/transaction.ts'
import type { CurrencyCode } from '../../src/shared/currencies.ts'
import { setRates } from '../../src/modules/ledger/operations/set-rates.ts'
import { sealBooks } from '../../src/modules/ledger/operations/seal-books.ts'
import { createStream } from '../../src/modules/streams/operations/create-stream.ts'
import { recordStreamMoney } from '../../src/modules/streams/operations/record-money.ts'
import { newStreamSchema, type StreamMoney } from '../../src/modules/streams/schema.ts'
import type { Bench } from '../ledger/open-bench.ts'

/** The months over which everything is spread. */
export const STREAMS_RANGE = { from: '2023-01', to: '2025-12' } as const

const STREAMS = 50
const DAYS = 1096
const BATCH = 1_000
/** Postings that no seal covers yet, as in the minutes after an import. */
const UNSEALED = 2_000
const CURRENCIES = ['SAR', 'USD', 'EUR'] as const

/** A workspace with postings, and the net of each currency that was posted to it. */
export type Filled = { readonly ctx: Ctx; readonly posted: ReadonlyMap<string, bigint> }

const dayAt = (at: number) => new Date(Date.UTC(2023, 0, 1 + at)).toISOString().slice(0, 10)

/** Makes a workspace of 50 streams with so many postings (two an entry), hours, and a rate for every day. */
export async function fillStreams(bench: Bench, postings: number): Promise<Filled> {
  const ctx = bench.newBooks()
  await bench.admin.query(`INSERT INTO workspaces (id, name, created_at) VALUES ($1, 'bench', now())`, [
    ctx.workspaceId,
  ])
  const ids = await makeStreams(ctx)
  await enterRates(ctx)
  const posted = new Map<string, bigint>()
  const entries = postings / 2
  const sealed = entries - UNSEALED / 2
  await post(ctx, { ids, from: 0, before: sealed, posted })
  await sealBooks(ctx)
  await post(ctx, { ids, from: sealed, before: entries, posted })
  await bench.admin.query('ANALYZE')
  return { ctx, posted }
}

async function makeStreams(ctx: Ctx): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < STREAMS; at++) {
    const input = newStreamSchema.parse({ kind: 'platform', name: `Stream ${at}`, currency: 'SAR' })
    ids.push((await createStream(ctx, input)).id)
  }
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`INSERT INTO stream_hours (workspace_id, id, stream_id, user_id, purpose, day, minutes, note, created_at)
          SELECT ${tx.workspaceId}, gen_random_uuid(), s.id, NULL, CASE WHEN d % 9 = 0 THEN 'building' ELSE 'upkeep' END,
            '2023-01-01'::date + d, 40, '', ${ctx.clock.now()}
          FROM streams s, generate_series(0, ${DAYS - 1}, 5) d WHERE s.workspace_id = ${tx.workspaceId}`,
    ),
  )
  return ids
}

async function enterRates(ctx: Ctx): Promise<void> {
  const rates = Array.from({ length: DAYS }, (_, at) => at).flatMap((at) => [
    { base: 'USD', quote: 'SAR', day: dayAt(at), numerator: 375n, denominator: 100n, source: 'entered' },
    {
      base: 'EUR',
      quote: 'SAR',
      day: dayAt(at),
      numerator: 4_000n + BigInt(at % 90),
      denominator: 1_000n,
      source: 'entered',
    },
  ])
  await setRates(ctx, rates, 'entered')
}

type Part = { ids: readonly string[]; from: number; before: number; posted: Map<string, bigint> }

async function post(ctx: Ctx, { ids, from, before, posted }: Part): Promise<void> {
  for (let at = from; at < before; at += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, before - at) }, (_, nth) => itemAt(at + nth, ids))
    const outcomes = await transaction(ctx, (tx) => recordStreamMoney(tx, items))
    if (outcomes.some(({ outcome }) => outcome !== 'posted')) throw new Error('an entry was refused')
    for (const { currency, kind, amountMinor } of items)
      posted.set(currency, (posted.get(currency) ?? 0n) + (kind === 'income' ? amountMinor : -amountMinor))
  }
}

/** The same places in either workspace: every stream on every day, in the currency that it earns in. */
function itemAt(at: number, ids: readonly string[]): StreamMoney {
  const stream = at % STREAMS
  const day = Math.floor(at / STREAMS) % DAYS
  const currency: CurrencyCode = CURRENCIES[stream % CURRENCIES.length] ?? 'SAR'
  return {
    streamId: ids[stream] ?? '',
    kind: (stream + day) % 5 === 4 ? 'cost' : 'income',
    amountMinor: BigInt(1_000 + (at % 977)),
    currency,
    on: dayAt(day),
    key: `bench/${at}`,
  }
}
