import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { createCart, getCart, getOrderByKey } from './index.ts'
import { forgetStale } from './operations/forget-stale.ts'

const DAY_MS = 24 * 3_600_000

let services: TestServices
let shop: Shop
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock })
  shop = await makeShop(services)
})

const keys = async (at: Shop) =>
  (await at.query(sql`SELECT key FROM idempotency_keys WHERE workspace_id = ${at.workspaceId}`)).length

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
  expect(await forgetStale(shop.ctx)).toEqual({ carts: 0, keys: 0 })

  clock.advance(31 * DAY_MS)
  expect(await keys(shop)).toBe(1)
  expect(await forgetStale(shop.ctx)).toEqual({ carts: 0, keys: 1 })

  clock.advance(60 * DAY_MS)
  const fresh = await createCart(shop.buyer, { items: [] })
  expect(await forgetStale(shop.ctx)).toEqual({ carts: 2302, keys: 0 })
  expect(await forgetStale(shop.ctx)).toEqual({ carts: 0, keys: 0 })
  await expect(getCart(shop.buyer, old.id)).rejects.toMatchObject({ slug: 'not-found' })
  expect((await getCart(shop.buyer, fresh.id)).id).toBe(fresh.id)
  expect((await getCart(other.buyer, theirs.id)).id).toBe(theirs.id)
  expect((await getOrderByKey(shop.buyer, placed.order.id, placed.key)).number).toBe(placed.order.number)
})
