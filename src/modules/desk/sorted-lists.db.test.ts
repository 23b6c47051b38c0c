import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { listMessages } from '../../platform/mail/read-messages.ts'
import { listProducts, type Product } from '../catalog/index.ts'
import { titleKeys } from '../catalog/rules/title-key.ts'
import { listCustomers, listOrders, type OrderSummary } from '../checkout/index.ts'

const TITLES = ['الأوّل', 'اول', 'ثانٍ', 'مئة قصّة', 'قصة', '']
const DAY_MS = 86_400_000

let services: TestServices
let ctx: Ctx
let many: Ctx

/** Orders of few buyers, amounts and currencies, so that most of them are equal to others in all but their id. */
async function fill(at: Ctx, count: number, buyers: number): Promise<void> {
  const ids = Array.from({ length: count }, () => services.ids.next())
  const now = services.clock.now()
  await transaction(at, (tx) =>
    rows(
      tx,
      sql`INSERT INTO orders (workspace_id, id, number, status, locale, email, buyer_name, currency, net_minor, tax_minor,
            total_minor, tax_rate_bps, prices_include_tax, placed_at, expires_at)
          SELECT ${tx.workspaceId}, id, 'N' || n, 'cancelled', 'ar', 'b' || (n * 7 % ${buyers}::int) || '@example.com', 'B',
            CASE WHEN n % 3 = 0 THEN 'KWD' ELSE 'SAR' END, (n % 4) * 500, 0, (n % 4) * 500, 0, true, ${now}, ${now}
          FROM unnest(${sql.param(ids)}::uuid[]) WITH ORDINALITY AS o (id, n)`,
    ),
  )
}

beforeAll(async () => {
  services = await testServices()
  ctx = (await makeWorkspace(services, { currency: 'SAR' })).ctx
  many = (await makeWorkspace(services, { currency: 'SAR' })).ctx
  await fill(ctx, 48, 9)
  await fill(many, 6_000, 2_000)
  const now = services.clock.now().getTime()
  const made = Array.from({ length: 30 }, (_, at) => ({ id: services.ids.next(), at }))
  await transaction(ctx, async (tx) => {
    for (const { id, at } of made) {
      const title = { ar: TITLES[at % TITLES.length] ?? '', en: at % 2 === 0 ? 'Éclair' : 'basil' }
      const keys = titleKeys(title)
      const changed = new Date(now - (at % 3) * DAY_MS)
      await rows(
        tx,
        sql`INSERT INTO products (workspace_id, id, kind, title_ar, title_en, title_key_ar, title_key_en, slug, created_at,
              updated_at)
            VALUES (${tx.workspaceId}, ${id}, 'download', ${title.ar}, ${title.en}, ${keys.ar}, ${keys.en}, ${id}, ${changed},
              ${changed})`,
      )
    }
  })
}, 60_000)

type Page<Item> = { items: Item[]; next: string | null }

async function pagesOf<Item>(read: (after: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const seen: Item[] = []
  for (let after: string | undefined; ;) {
    const { items, next } = await read(after)
    seen.push(...items)
    if (next === null) return seen
    after = next
  }
}

const compare = (left: string | bigint, right: string | bigint) => (left < right ? -1 : left > right ? 1 : 0)

/** The same order, found in another way: all at once, and sorted here. */
function sorted<Item>(items: readonly Item[], sort: string, keys: ((item: Item) => string | bigint)[]) {
  const way = sort.startsWith('-') ? -1 : 1
  return items.toSorted(
    (left, right) => way * (keys.map((key) => compare(key(left), key(right))).find((one) => one !== 0) ?? 0),
  )
}

const limits = fc.integer({ min: 1, max: 50 })
const some = { numRuns: 12 }

describe('pages of any size follow each other without a gap or a double, also among equals', () => {
  test('orders, by time and by amount, each currency by itself', async () => {
    const all = (await listOrders(ctx, { limit: 100 })).items
    const keys = {
      placed: [({ id }: OrderSummary) => id],
      total: [
        ({ currency }: OrderSummary) => currency,
        ({ total }: OrderSummary) => BigInt(total.amount),
        ({ id }: OrderSummary) => id,
      ],
    }
    const sorts = fc.constantFrom('-placed', 'placed', '-total', 'total')
    await fc.assert(
      fc.asyncProperty(sorts, limits, async (sort, limit) => {
        const seen = await pagesOf((after) => listOrders(ctx, { sort, limit, after }))
        const wanted = sorted(all, sort, sort.endsWith('total') ? keys.total : keys.placed)
        expect(seen.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
      }),
      some,
    )
  })

  test('products, by title in the reader’s language and by their last change', async () => {
    const all = (await listProducts(ctx, { limit: 100 })).items
    const sorts = fc.constantFrom('made', '-made', 'changed', '-changed', 'title', '-title')
    const locales = fc.constantFrom('ar', 'en')
    await fc.assert(
      fc.asyncProperty(sorts, locales, limits, async (sort, locale, limit) => {
        const reader = { ...ctx, locale }
        const seen = await pagesOf((after) => listProducts(reader, { sort, limit, after }))
        const by = sort.replace('-', '')
        const first = (product: Product) =>
          by === 'title' ? titleKeys(product.title)[locale] : by === 'changed' ? product.updatedAt : ''
        const wanted = sorted(all, sort, [first, ({ id }) => id])
        expect(seen.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
      }),
      some,
    )
  })

  test('customers, by their last order and by address', async () => {
    const orders = sorted((await listOrders(ctx, { limit: 100 })).items, '-placed', [({ id }) => id])
    const last = [...new Set(orders.map(({ email }) => email))]
    const sorts = fc.constantFrom('-last', 'last', 'email', '-email')
    await fc.assert(
      fc.asyncProperty(sorts, limits, async (sort, limit) => {
        const seen = await pagesOf((after) => listCustomers(ctx, { sort, limit, after }))
        const wanted = sort.endsWith('email') ? last.toSorted() : last.toReversed()
        expect(seen.map(({ email }) => email)).toEqual(sort.startsWith('-') ? wanted.toReversed() : wanted)
        const counts = Map.groupBy(orders, ({ email }) => email)
        for (const { email, orders: count } of seen) expect(count).toBe(counts.get(email)?.length)
      }),
      some,
    )
  })
})

test('spellings that people take for one stand together', () => {
  const keys = ['الأوّل', 'الاول', 'الاوّل', 'ÉCLAIR', 'éclair', 'Eclair'].map(
    (ar) => titleKeys({ ar, en: '' }).ar,
  )
  expect(new Set(keys).size).toBe(2)
  expect(titleKeys({ ar: '', en: 'Basil' }).ar).toBe('basil')
})

test('a cursor of another order is refused', async () => {
  const { next } = await listOrders(ctx, { sort: '-total', limit: 5 })
  await expect(listOrders(ctx, { limit: 5, after: next ?? '' })).rejects.toMatchObject({ status: 422 })
  await expect(listMessages(ctx, { limit: 5, after: next ?? '' })).rejects.toMatchObject({ status: 422 })
})

type Counted = { scans: bigint; fetched: bigint }

/** How many orders a reading looks at under row-level security; none may go through the whole table. */
function looksAt(read: (at: Ctx) => Promise<unknown>): Promise<number> {
  return transaction(many, async (tx) => {
    const count = async () => {
      const [found] = await rows<Counted>(
        tx,
        sql`SELECT seq_scan AS scans, coalesce(idx_tup_fetch, 0)::int8 AS fetched FROM pg_stat_xact_user_tables
            WHERE relname = 'orders'`,
      )
      return found ?? { scans: 0n, fetched: 0n }
    }
    const before = await count()
    await read(tx)
    const after = await count()
    expect(after.scans - before.scans, 'scans of the whole table').toBe(0n)
    return Number(after.fetched - before.fetched)
  })
}

test('every order of a list is read from an index, page by page', async () => {
  for (const sort of ['-total', 'total', '-placed', 'placed'] as const) {
    const { next } = await listOrders(many, { sort, limit: 100 })
    const looked = await looksAt((at) => listOrders(at, { sort, limit: 25, after: next ?? '' }))
    expect(looked, sort).toBeLessThan(200)
  }
  for (const sort of ['-last', 'last'] as const) {
    const looked = await looksAt((at) => listCustomers(at, { sort, limit: 25 }))
    // The oldest orders were mostly followed by others of their buyers, and are passed over.
    expect(looked, sort).toBeLessThan(sort === '-last' ? 400 : 12_000)
  }
})
