import { inflateRawSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestCluster } from '../../../test/support/cluster.ts'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'
import { makeMember } from '../../../test/support/workspace.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { ERASED } from '../../platform/personal-data.ts'
import { confirmPayment, getOrder, listOrders, refundOrder } from '../checkout/index.ts'
import { requestPurchases } from '../fulfilment/operations/request-purchases.ts'
import { verifyBooks } from '../ledger/index.ts'
import { askOwnExport, askPrivacy } from './operations/ask.ts'
import { forgetOld } from './operations/apply-retention.ts'
import { eraseBuyer } from './operations/erase-buyer.ts'
import { makeArchive } from './operations/make-archive.ts'
import { orSayFailed } from './operations/say-failed.ts'
import { getOwnExport, getRequest, openArchive, openOwnArchive } from './operations/read-requests.ts'
import { PERSONAL_TABLES } from './operations/registry.ts'

const DAY_MS = 86_400_000
const EMAIL = 'shahd.marker@example.com'
const NAME = 'شهد المرقومة'

let services: TestServices
let shop: Shop
let other: Shop
let everything: pg.Client
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock })
  const cluster = JSON.parse(process.env['TEST_CLUSTER'] ?? '{}') as TestCluster
  const { host, passwords } = cluster
  everything = new pg.Client({
    host,
    user: 'postgres',
    password: passwords.postgres,
    database: services.test.name,
  })
  await everything.connect()
  shop = await makeShop(services)
  other = await makeShop(services)
  for (const one of [shop, other]) await buy(one)
})

afterAll(() => everything.end())

/** A buyer who leaves traces wherever one can: through the API, with a refund, a link, and an order never paid. */
async function buy(at: Shop): Promise<void> {
  const productId = await at.product([fixed('11500')])
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const answer = await at.app.request(`/api/v1/stores/${at.slug}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return (await answer.json()) as { id: string; order: { id: string } } & {
      order: Parameters<Shop['act']>[0]
    }
  }
  for (const pays of [true, false]) {
    const cart = await post('/carts', { currency: 'SAR', items: [{ productId, quantity: 1 }] })
    const { order } = await post('/orders', {
      cartId: cart.id,
      email: EMAIL,
      name: NAME,
      locale: 'ar',
      expectedTotal: { amount: '11500', currency: 'SAR' },
    })
    if (!pays) continue
    await at.act(order, { action: 'pay' })
    await confirmPayment(at.buyer, { orderId: order.id })
    await services.drain()
    await refundOrder(at.ctx, order.id, {
      amount: { amount: '500', currency: 'SAR' },
      reason: `${NAME} asked`,
      idempotencyKey: crypto.randomUUID(),
    })
  }
  await requestPurchases(at.buyer, { email: EMAIL, locale: 'ar' })
  await services.drain()
}

/** The same person, who has just proven who they are; or did so yesterday. */
function proven(ctx: Ctx, agoMs = 0): Ctx {
  return { ...ctx, session: { id: services.ids.next(), openedAt: new Date(clock.now().getTime() - agoMs) } }
}

const systemOf = ({ ctx }: Shop): Ctx => ({ ...ctx, actor: { kind: 'system' } })

/** Where in the whole database a text stands, as `table.column`, queue included. */
async function placesOf(text: string, workspaceId?: string): Promise<string[]> {
  const { rows: columns } = await everything.query<{
    schema: string
    table: string
    column: string
    fenced: boolean
  }>(
    `SELECT c.table_schema AS schema, c.table_name AS table, c.column_name AS column,
            EXISTS (SELECT FROM information_schema.columns w WHERE w.table_schema = c.table_schema
              AND w.table_name = c.table_name AND w.column_name = 'workspace_id') AS fenced
     FROM information_schema.columns c JOIN pg_class t ON t.relname = c.table_name AND t.relkind = 'r'
       AND t.relnamespace = c.table_schema::regnamespace
     WHERE c.table_schema IN ('public', 'pgboss') AND c.data_type IN ('text', 'jsonb', 'json', 'ARRAY', 'character varying', 'inet')`,
  )
  const found: string[] = []
  for (const { schema, table, column, fenced } of columns) {
    const mine = workspaceId === undefined || !fenced ? '' : `AND workspace_id = '${workspaceId}'`
    const whose =
      schema === 'pgboss' && workspaceId !== undefined && column === 'data'
        ? `AND data->>'workspaceId' = '${workspaceId}'`
        : mine
    const { rowCount } = await everything.query(
      `SELECT FROM ${schema}."${table}" WHERE position($1 in "${column}"::text) > 0 ${whose} LIMIT 1`,
      [text],
    )
    if ((rowCount ?? 0) > 0) found.push(`${table}.${column}`)
  }
  return found.toSorted()
}

async function unzip(stream: AsyncIterable<Buffer>): Promise<Map<string, Buffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const files = new Map<string, Buffer>()
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [size, nameLength] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)]
    const name = bytes.toString('utf8', at + 30, at + 30 + nameLength)
    const body = bytes.subarray(at + 30 + nameLength, at + 30 + nameLength + size)
    files.set(name, inflateRawSync(body))
    at += 30 + nameLength + size
  }
  return files
}

const declared = () =>
  new Set(
    PERSONAL_TABLES.flatMap(({ table, columns }) =>
      Object.keys(columns).map((column) => `${table}.${column}`),
    ),
  )

describe('the register of personal data', () => {
  /** Columns by whose names one would take them for somebody's; a table's own words for things are no names of people. */
  const PERSONAL =
    /e_?mail|(^|_)name(_|$)|^ip|_ip$|address|agent|phone|birth|^html$|^body$|payload|^subject$|reply_to|user_id|actor_id|_by$/
  const THINGS = [
    // Names of kinds, accounts, files, products and programs.
    'ledger_chart.name_ar',
    'ledger_chart.name_en',
    'rafid_migrations.name',
  ]

  test('knows every column that looks like a person’s', async () => {
    const { rows } = await everything.query<{ place: string }>(
      `SELECT table_name || '.' || column_name AS place FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'json', 'uuid', 'inet', 'character varying')`,
    )
    const known = declared()
    const unknown = rows
      .map(({ place }) => place)
      .filter(
        (place) => PERSONAL.test(place.split('.')[1] ?? '') && !known.has(place) && !THINGS.includes(place),
      )
    expect(unknown).toEqual([])
  })

  test('names no column that is not there', async () => {
    const { rows } = await everything.query<{ place: string }>(
      `SELECT table_name || '.' || column_name AS place FROM information_schema.columns WHERE table_schema = 'public'`,
    )
    const there = new Set(rows.map(({ place }) => place))
    expect([...declared()].filter((place) => !there.has(place))).toEqual([])
  })

  test('knows every place where a sale leaves its buyer’s name or address', async () => {
    const known = declared()
    const places = new Set([...(await placesOf(EMAIL)), ...(await placesOf(NAME))])
    expect(places.size).toBeGreaterThan(5)
    // The queue is looked through as a whole.
    const queue = /^job_?\w*\.(data|output)$/
    expect([...places].filter((place) => !known.has(place) && !queue.test(place))).toEqual([])
  })
})

describe('an export', () => {
  test('holds all that is kept about a buyer, invoices as PDF, no secret and nothing of another store', async () => {
    const asked = await askPrivacy(proven(shop.ctx), { kind: 'export', email: EMAIL })
    expect(asked).toMatchObject({ status: 'waiting', kind: 'export', email: EMAIL })
    await services.drain()
    const made = await getRequest(shop.ctx, asked.id)
    expect(made).toMatchObject({ status: 'done' })
    expect(made.progress.done).toBe(made.progress.parts)
    const { stream, sizeBytes } = await openArchive(shop.ctx, asked.id)
    const files = await unzip(stream)
    expect(made.sizeBytes).toBe(sizeBytes)
    const names = [...files.keys()]
    const records = [
      'orders',
      'order_lines',
      'payments',
      'refunds',
      'messages',
      'entitlements',
      'buyer_links',
      'documents',
    ]
    expect(names).toEqual(expect.arrayContaining(records.map((name) => `records/${name}.json`)))
    const pdfs = names.filter((name) => name.startsWith('documents/'))
    expect(pdfs.some((name) => name.includes('INV-'))).toBe(true)
    expect(pdfs.some((name) => name.includes('CN-'))).toBe(true)
    for (const name of pdfs) expect(files.get(name)?.subarray(0, 5).toString()).toBe('%PDF-')
    const orders = JSON.parse(files.get('records/orders.json')?.toString() ?? '[]') as { email: string }[]
    expect(orders).toHaveLength(2)
    expect(orders.every(({ email }) => email === EMAIL)).toBe(true)
    const all = [...files.values()].map(String).join('\n')
    expect(all).not.toContain(other.workspaceId)
    expect(all).not.toContain('token_hash')
    expect(files.get('README.txt')?.toString()).toContain(EMAIL)
  })

  test('of one’s own holds profile, sessions and lines of the log, and is nobody else’s', async () => {
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const own = proven(admin.ctx)
    const asked = await askOwnExport(own)
    await services.drain()
    const files = await unzip((await openOwnArchive(own, asked.id)).stream)
    const all = [...files.values()].map(String).join('\n')
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['records/users.json', 'records/members.json', 'records/audit_events.json']),
    )
    expect(all).toContain(admin.email)
    expect(all).not.toContain('"password"')
    expect(all).not.toContain(EMAIL)
    await expect(getOwnExport(shop.ctx, asked.id)).rejects.toMatchObject({ slug: 'not-found' })
    await expect(openArchive(shop.ctx, asked.id)).rejects.toMatchObject({ slug: 'not-found' })
    await expect(askOwnExport(proven(admin.ctx, DAY_MS))).rejects.toMatchObject({
      slug: 'fresh-authentication-required',
    })
  })

  test('is made once and whole, also if its job runs twice', async () => {
    const { id } = await askPrivacy(proven(shop.ctx), { kind: 'export', email: EMAIL })
    await makeArchive(systemOf(shop), id)
    const first = await getRequest(shop.ctx, id)
    await services.drain()
    expect(await getRequest(shop.ctx, id)).toEqual(first)
  })

  test('that could not be put together says so, and is there after the next try', async () => {
    const { id } = await askPrivacy(proven(shop.ctx), { kind: 'export', email: EMAIL })
    const full = { ...services.files, write: () => Promise.reject(new Error('no space left')) }
    await expect(
      orSayFailed(shop.ctx, id, () => makeArchive({ ...systemOf(shop), files: full }, id)),
    ).rejects.toThrow('space')
    expect(await getRequest(shop.ctx, id)).toMatchObject({ status: 'failed' })
    await makeArchive(systemOf(shop), id)
    expect(await getRequest(shop.ctx, id)).toMatchObject({ status: 'done' })
  })

  test('is gone after a week, and so is whom it was about', async () => {
    const { id } = await askPrivacy(proven(other.ctx), { kind: 'export', email: EMAIL })
    await services.drain()
    clock.advance(6 * DAY_MS)
    await forgetOld(other.ctx)
    expect((await openArchive(other.ctx, id)).sizeBytes).toBeGreaterThan(100)
    clock.advance(2 * DAY_MS)
    expect(await forgetOld(other.ctx)).toMatchObject({ archives: 1 })
    await expect(openArchive(other.ctx, id)).rejects.toMatchObject({ slug: 'not-found' })
    expect(await getRequest(other.ctx, id)).toMatchObject({ email: null, expiresAt: null, status: 'done' })
  })
})

describe('an erasure', () => {
  test('wants the address again', async () => {
    const answer = await shop.app.request('/api/v1/privacy/requests', {
      method: 'POST',
      headers: shop.headers,
      body: JSON.stringify({ kind: 'erasure', email: EMAIL, confirm: 'shahd@example.com' }),
    })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/confirm' }] })
  })

  test('leaves the buyer nowhere but in the documents that the law wants kept, and the books as they were', async () => {
    const books = await verifyBooks(shop.ctx)
    const ledgerBefore = await ledgerOf(shop)
    const [before] = (await listOrders(shop.ctx, { search: EMAIL, limit: 10 })).items
    const archive = await askPrivacy(proven(shop.ctx), { kind: 'export', email: EMAIL })
    await services.drain()
    const { id } = await askPrivacy(proven(shop.ctx), { kind: 'erasure', email: EMAIL })
    // On its way when the erasure comes: work that waits knows the buyer too.
    await requestPurchases(shop.buyer, { email: EMAIL, locale: 'ar' })
    await eraseBuyer(systemOf(shop), id)
    await services.drain()
    expect(await getRequest(shop.ctx, id)).toMatchObject({ status: 'done', email: null })
    expect((await getRequest(shop.ctx, id)).rows).toBeGreaterThan(5)

    expect(await placesOf(EMAIL, shop.workspaceId)).toEqual(['documents.data'])
    expect(await placesOf(NAME, shop.workspaceId)).toEqual(['documents.data'])
    await expect(openArchive(shop.ctx, archive.id)).rejects.toMatchObject({ slug: 'not-found' })

    expect(await ledgerOf(shop)).toEqual(ledgerBefore)
    const after = await verifyBooks(shop.ctx)
    expect(after.faults).toEqual([])
    expect(after.sealedPostings + after.unsealedPostings).toBe(books.sealedPostings + books.unsealedPostings)
    const order = await getOrder(shop.ctx, before?.id ?? '')
    expect(order).toMatchObject({ email: ERASED.email, buyerName: ERASED.name, total: before?.total })
    expect((await listOrders(shop.ctx, { search: EMAIL, limit: 10 })).items).toEqual([])
  })

  test('touches nothing in another store', async () => {
    expect((await listOrders(other.ctx, { search: EMAIL, limit: 10 })).items).toHaveLength(2)
    expect(await placesOf(NAME, other.workspaceId)).toEqual(
      expect.arrayContaining(['orders.buyer_name', 'messages.html']),
    )
  })

  test('of somebody whom nobody knows erases nothing, and says so', async () => {
    const { id } = await askPrivacy(proven(shop.ctx), { kind: 'erasure', email: 'nobody@example.com' })
    await services.drain()
    expect(await getRequest(shop.ctx, id)).toMatchObject({ status: 'done', email: null })
    expect((await listOrders(shop.ctx, { limit: 10 })).items.length).toBeGreaterThan(0)
  })
})

/** All that the ledger's tables say, but for the seals that a job makes. */
async function ledgerOf({ workspaceId }: Shop): Promise<Record<string, string>> {
  const { rows: tables } = await everything.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND relname LIKE 'ledger\\_%' AND relname NOT IN ('ledger_seals', 'ledger_sealed', 'ledger_days')`,
  )
  const found: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await everything.query<{ hash: string }>(
      `SELECT md5(coalesce(string_agg(to_jsonb(t)::text, '' ORDER BY to_jsonb(t)::text), '')) AS hash FROM "${name}" t WHERE workspace_id = $1`,
      [workspaceId],
    )
    found[name] = rows[0]?.hash ?? ''
  }
  return found
}
