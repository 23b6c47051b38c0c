import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { createCart } from './index.ts'

let services: TestServices
let shop: Shop
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock, env: { RATE_LIMITS: 'on' } })
  shop = await makeShop(services)
})

const json = { 'content-type': 'application/json' }

async function order(change: Record<string, unknown> = {}, key = services.ids.next()) {
  const { cartId, ...rest } = change
  const body = {
    email: 'buyer@example.com',
    name: 'ليان العتيبي',
    locale: 'ar',
    expectedTotal: { amount: '0', currency: 'SAR' },
    ...rest,
    cartId,
  }
  const answer = await shop.app.request(`/api/v1/stores/${shop.slug}/orders`, {
    method: 'POST',
    headers: { ...json, 'idempotency-key': key },
    body: JSON.stringify(body),
  })
  return { status: answer.status, problem: (await answer.json()) as Record<string, unknown> }
}

const cartOf = async (productId: string) =>
  (await createCart(shop.buyer, { currency: 'SAR', items: [{ productId, quantity: 1 }] })).id

describe('free orders in the name of somebody else', () => {
  test('send that address ten mails an hour and no more; others are not held up', async () => {
    const free = await shop.product([{ mode: 'free', currency: 'SAR' }])
    const victim = { email: 'victim@example.com' }
    for (let nth = 0; nth < 10; nth++)
      expect((await order({ ...victim, cartId: await cartOf(free) })).status).toBe(201)
    const refused = await order({ ...victim, cartId: await cartOf(free) })
    expect(refused).toMatchObject({ status: 429, problem: { type: '/docs/problems#rate-limited' } })
    expect((await order({ email: 'other@example.com', cartId: await cartOf(free) })).status).toBe(201)
    clock.advance(3_601_000)
    expect((await order({ ...victim, cartId: await cartOf(free) })).status).toBe(201)
  })
})

describe('what a buyer calls themselves', () => {
  test('is one line, so that it can be no second line of a mail', async () => {
    const free = await shop.product([{ mode: 'free', currency: 'SAR' }])
    const cartId = await cartOf(free)
    for (const name of [
      'A\r\nBcc: all@example.com',
      'A\n\nYour account is closed: http://evil.example',
      'A\tB',
    ]) {
      const { status, problem } = await order({ cartId, name })
      expect(status).toBe(422)
      expect(problem).toMatchObject({ errors: [{ pointer: '/name' }] })
    }
  })
})

describe('the idempotency key of another buyer', () => {
  test('opens nothing: neither the order nor its key is told', async () => {
    const free = await shop.product([{ mode: 'free', currency: 'SAR' }])
    const cartId = await cartOf(free)
    const key = services.ids.next()
    expect((await order({ cartId, email: 'first@example.com' }, key)).status).toBe(201)
    const own = await order({ cartId: await cartOf(free), email: 'second@example.com' }, key)
    expect(own.status).toBe(201)
    expect(JSON.stringify(own.problem)).not.toContain('first@example.com')
    const pried = await order({ cartId, email: 'second@example.com' }, key)
    expect(pried.status).toBe(409)
    expect(JSON.stringify(pried.problem)).not.toContain('first@example.com')
    const guessed = await order({ cartId, email: 'first@example.com', name: 'Other' }, services.ids.next())
    expect(guessed).toMatchObject({ status: 409, problem: { type: '/docs/problems#cart-ordered' } })
  })
})

describe('a form with a total that no page wrote', () => {
  test.each(['007', '00', '-1', '1e3', ''])('%s leads back to the cart', async (total) => {
    const cartId = await cartOf(await shop.product())
    const answer = await shop.app.request(`/ar/${shop.slug}/-/checkout`, {
      method: 'POST',
      body: new URLSearchParams({
        cart: cartId,
        key: services.ids.next(),
        email: 'a@example.com',
        name: 'A',
        total,
        currency: 'SAR',
      }),
    })
    expect(answer.status).toBe(303)
    const [placed] = await shop.query<{ count: bigint }>(
      sql`SELECT count(*) FROM carts WHERE workspace_id = ${shop.workspaceId} AND id = ${cartId} AND order_id IS NOT NULL`,
    )
    expect(placed?.count).toBe(0n)
  })
})

describe('a cart that holds all that a cart can', () => {
  test('says so to whoever puts in one more product', async () => {
    const one = await shop.product()
    const items = Array.from({ length: 50 }, () => ({ productId: services.ids.next(), quantity: 1 }))
    const { id } = await createCart(shop.buyer, { currency: 'SAR', items })
    const headers = { cookie: `cart=${shop.slug}:${id}:50` }
    const add = { method: 'POST', headers, body: new URLSearchParams({ add: one }) }
    const answer = await shop.app.request(`/en/${shop.slug}/-/cart`, add)
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/en/${shop.slug}/-/cart?did=cart-full`,
    ])
    const page = await shop.app.request(answer.headers.get('location') ?? '', { headers })
    expect(await page.text()).toContain('50 different products')
  })
})

describe('the test provider', () => {
  test('answers what is no JSON, no action, or no payment as the caller’s mistake', async () => {
    const { order } = await shop.order([{ productId: await shop.product() }])
    const url = new URL(order.payment?.url ?? '').pathname
    const steer = async (path: string, body: string) =>
      (await shop.app.request(`${path}/steer`, { method: 'POST', headers: json, body })).status
    for (const body of ['{', '', 'null', '[]', '{"action":"refund"}', '{"action":"pay","amountMinor":"-5"}'])
      expect(await steer(url, body)).toBe(422)
    const elsewhere = url.replace(shop.workspaceId, services.ids.next())
    expect(await steer(elsewhere, '{"action":"pay"}')).toBe(404)
    expect(await steer(`/pay/test/${shop.workspaceId}/${order.id}`, '{"action":"pay"}')).toBe(404)
  })

  test('steers nothing of a store that takes no test payments', async () => {
    const own = await makeShop(services)
    const { order } = await own.order([{ productId: await own.product() }])
    await own.query(sql`UPDATE stores SET providers = '{}' WHERE workspace_id = ${own.workspaceId}`)
    // The store is remembered for a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const url = new URL(order.payment?.url ?? '').pathname
    const statuses = await Promise.all([
      own.app.request(url),
      own.app.request(url, { method: 'POST', body: new URLSearchParams({ action: 'pay' }) }),
      own.app.request(`${url}/steer`, { method: 'POST', headers: json, body: '{"action":"pay"}' }),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(await own.balances()).toEqual({})
  })
})
