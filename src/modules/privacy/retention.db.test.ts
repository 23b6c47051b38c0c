import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { registry } from '../../app.ts'
import { directoryTransaction, rows } from '../../platform/database/transaction.ts'
import { ERASED } from '../../platform/personal-data.ts'
import { daysKept, RETENTION } from '../../platform/retention.ts'
import { cancelOrder, createCart, getCart, getOrderByKey } from '../checkout/index.ts'
import { KEPT_MS } from '../webhooks/rules/backoff.ts'
import { forgetOfPeople, forgetOld } from './operations/apply-retention.ts'

const DAY_MS = 24 * 3_600_000

let services: TestServices
let shop: Shop
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock })
  shop = await makeShop(services)
})

test('carts and keys are forgotten when their time is over, orders never, and nothing of another store', async () => {
  const other = await makeShop(services)
  const productId = await shop.product()
  const old = await createCart(shop.buyer, { items: [] })
  const theirs = await createCart(other.buyer, { items: [] })
  const placed = await shop.order([{ productId }], { key: 'k-1' })
  await shop.query(
    sql`INSERT INTO carts (workspace_id, id, currency, items, created_at, updated_at)
        SELECT ${shop.workspaceId}, gen_random_uuid(), 'SAR', '[]', ${clock.now()}, ${clock.now()}
        FROM generate_series(1, 2300)`,
  )
  expect(await forgetOld(shop.ctx)).toEqual({})

  clock.advance(31 * DAY_MS)
  expect(await forgetOld(shop.ctx)).toEqual({ 'Answers to repeated requests': 1 })

  clock.advance(60 * DAY_MS)
  const fresh = await createCart(shop.buyer, { items: [] })
  expect(await forgetOld(shop.ctx)).toEqual({ Carts: 2302 })
  expect(await forgetOld(shop.ctx)).toEqual({})
  await expect(getCart(shop.buyer, old.id)).rejects.toMatchObject({ slug: 'not-found' })
  expect((await getCart(shop.buyer, fresh.id)).id).toBe(fresh.id)
  expect((await getCart(other.buyer, theirs.id)).id).toBe(theirs.id)
  expect((await getOrderByKey(shop.buyer, placed.order.id, placed.key)).number).toBe(placed.order.number)
})

test('who gave an order up is forgotten after ninety days; who paid, and who still may, is not', async () => {
  const own = await makeShop(services)
  const productId = await own.product()
  const givenUp = await own.order([{ productId }], { email: 'gone@example.com' })
  const waiting = await own.order([{ productId }], { email: 'waiting@example.com' })
  await cancelOrder(own.ctx, givenUp.order.id)
  const emails = async () =>
    (
      await own.query<{ email: string }>(
        sql`SELECT email FROM orders WHERE workspace_id = ${own.workspaceId} ORDER BY id`,
      )
    ).map(({ email }) => email)
  clock.advance(89 * DAY_MS)
  await forgetOld(own.ctx)
  expect(await emails()).toEqual(['gone@example.com', 'waiting@example.com'])
  clock.advance(2 * DAY_MS)
  await forgetOld(own.ctx)
  expect(await emails()).toEqual([ERASED.email, 'waiting@example.com'])
  expect((await getOrderByKey(own.buyer, givenUp.order.id, givenUp.key)).status).toBe('cancelled')
  expect((await getOrderByKey(own.buyer, waiting.order.id, waiting.key)).number).toBe(waiting.order.number)
})

test('sessions and proofs of people go when they have ended for long enough', async () => {
  const at = (days: number) => new Date(clock.now().getTime() + days * DAY_MS)
  const count = (tx: Parameters<Parameters<typeof directoryTransaction>[1]>[0]) =>
    rows<{ token: string }>(
      { tx },
      sql`SELECT token FROM sessions WHERE token LIKE 'of-test-%' ORDER BY token`,
    )
  await directoryTransaction(shop.ctx, (tx) =>
    rows(
      { tx },
      sql`INSERT INTO sessions (id, user_id, token, expires_at, created_at, updated_at)
          SELECT gen_random_uuid(), ${shop.owner.userId}, 'of-test-' || n, ends, ${at(-90)}, ${at(-90)}
          FROM unnest(ARRAY[1, 2, 3], ${sql.param([at(-31), at(-29), at(1)])}::timestamptz[]) AS one (n, ends)`,
    ),
  )
  expect(await forgetOfPeople(shop.ctx)).toMatchObject({ Sessions: 1 })
  const left = await directoryTransaction(shop.ctx, count)
  expect(left.map(({ token }) => token)).toEqual(['of-test-2', 'of-test-3'])
})

describe('the table of retention', () => {
  test('names tables and columns that exist, and every one of its statements runs', async () => {
    // A statement about a column that is not there would throw here.
    await forgetOld(shop.ctx)
    await forgetOfPeople(shop.ctx)
    const { rows: found } = await services.database.pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    )
    const there = new Set(found.map(({ name }) => name))
    expect(RETENTION.filter(({ table }) => !there.has(table)).map(({ table }) => table)).toEqual([])
  })

  test('says of webhooks what their own sweeper does', () => {
    expect(daysKept('webhook_messages') * DAY_MS).toBe(KEPT_MS)
  })

  test('is carried out: by its own job every night, or by one that exists', () => {
    const jobs = new Map(registry.jobs.map((job) => [job.name, job]))
    expect(jobs.get('keep-data')?.cron).toBe('20 3 * * *')
    const idle = RETENTION.filter(
      ({ days, sweep, by }) =>
        days !== undefined && sweep === undefined && jobs.get(by ?? '')?.cron === undefined,
    )
    expect(idle).toEqual([])
  })
})
