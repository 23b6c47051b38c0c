import { serve, type ServerType } from '@hono/node-server'
import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { createApp } from '../../app.ts'
import { getOrder, type Order } from './index.ts'
import { signMessage, verifyMessage } from './providers/test/signature.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'

const PORT = 21_000 + (process.pid % 9_000)
const ORIGIN = `http://127.0.0.1:${PORT}`

let services: TestServices
let server: ServerType
let shop: Shop

beforeAll(async () => {
  services = await testServices({ env: { PORT: String(PORT), PUBLIC_URL: ORIGIN } })
  shop = await makeShop(services)
  await new Promise<void>((resolve) => {
    server = serve({ fetch: createApp(services).fetch, port: PORT, hostname: '127.0.0.1' }, () => resolve())
  })
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

const paymentUrl = (order: Order) => order.payment?.url ?? ''

async function newOrder(own = shop): Promise<{ order: Order; key: string }> {
  return own.order([{ productId: await own.product() }])
}

function press(order: Order, action: string): Promise<Response> {
  return fetch(paymentUrl(order), {
    method: 'POST',
    body: new URLSearchParams({ action }),
    redirect: 'manual',
  })
}

function steer(order: Order, scenario: object): Promise<Response> {
  return fetch(`${paymentUrl(order)}/steer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(scenario),
  })
}

const events = (own: Shop, reference: string) =>
  own.query<{ outcome: string | null; handled: boolean }>(
    sql`SELECT outcome, handled_at IS NOT NULL AS handled FROM payment_events
        WHERE workspace_id = ${own.workspaceId} AND reference = ${reference} ORDER BY received_at`,
  )

async function orderFetchFaults(times: number): Promise<void> {
  await fetch(`${ORIGIN}/api/v1/test-provider/faults`, {
    method: 'POST',
    headers: shop.headers,
    body: JSON.stringify({ call: 'fetch', times }),
  })
}

const referenceOf = (order: Order) => paymentUrl(order).split('/').at(-1) ?? ''

const statusOf = async (order: Order, own = shop) => (await getOrder(own.ctx, order.id)).status

const paidEvents = async (orderId: string) => {
  const { rows } = await services.database.pool.query<{ count: bigint }>(
    `SELECT count(*) FROM (
       SELECT payload::jsonb AS paid FROM pgboss.event WHERE name = 'order.paid'
       UNION ALL SELECT jsonb_array_elements(data->'inputs') FROM pgboss.job WHERE name = 'fulfil-order'
     ) published WHERE paid->>'orderId' = $1`,
    [orderId],
  )
  return rows[0]?.count
}

describe('the payment page', () => {
  test.each(['ar', 'en'])('says in %s that no money moves, and works without a script', async (lang) => {
    const { order } = await newOrder()
    const page = await fetch(`${paymentUrl(order)}?lang=${lang}`)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain(lang === 'ar' ? 'لا تنتقل أي أموال هنا' : 'No money moves here')
    expect(html).toContain(`dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`)
    expect(html).not.toContain('<script')
    const style = /href="(\/assets\/pay-test[^"]+)"/.exec(html)?.[1] ?? ''
    expect((await fetch(ORIGIN + style)).headers.get('content-type')).toContain('text/css')
  })

  test('takes a payment, sends the buyer back, and their return shows it paid', async () => {
    const { order } = await newOrder()
    const pressed = await press(order, 'pay')
    expect(pressed.status).toBe(303)
    const back = pressed.headers.get('location') ?? ''
    expect(back).toMatch(new RegExp(`/ar/${shop.slug}/-/orders/${order.id}/return\\?key=`))
    const returned = await fetch(back, { redirect: 'manual' })
    expect(returned.status).toBe(303)
    expect(returned.headers.get('location')).toMatch(
      new RegExp(`^/ar/${shop.slug}/-/orders/${order.id}\\?key=`),
    )
    expect(await statusOf(order)).toBe('paid')
  })

  test('asks for 3-D Secure first, when that is chosen', async () => {
    const { order } = await newOrder()
    const challenge = await press(order, 'challenge')
    expect(challenge.headers.get('location')).toBe(new URL(paymentUrl(order)).pathname)
    expect(await (await fetch(`${paymentUrl(order)}?lang=en`)).text()).toContain('Confirm this payment')
    await press(order, 'pay')
    await services.drain()
    expect(await statusOf(order)).toBe('paid')
  })

  test('changes nothing once it is settled', async () => {
    const { order } = await newOrder()
    await press(order, 'decline')
    await press(order, 'pay')
    await services.drain()
    expect(await getOrder(shop.ctx, order.id)).toMatchObject({
      status: 'pending',
      payment: { status: 'declined' },
    })
  })

  test('is not there for a store that takes no test payments, an unknown payment, or nonsense', async () => {
    const own = await makeShop(services)
    const { order } = await newOrder(own)
    expect((await fetch(paymentUrl(order).slice(0, -4) + '0000')).status).toBe(404)
    expect((await fetch(`${ORIGIN}/pay/test/x/y`)).status).toBe(404)
    expect((await press(order, 'steal')).status).toBe(422)
    const { order: other } = await newOrder(own)
    await own.query(sql`UPDATE stores SET providers = '{}' WHERE workspace_id = ${own.workspaceId}`)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect((await steer(other, { action: 'pay' })).status).toBe(404)
  })
})

describe('the provider’s messages', () => {
  test('settle an order whose buyer never comes back', async () => {
    const { order } = await newOrder()
    await press(order, 'pay')
    expect(await statusOf(order)).toBe('pending')
    await services.drain()
    expect(await statusOf(order)).toBe('paid')
    expect(await events(shop, referenceOf(order))).toEqual([{ outcome: 'capture', handled: true }])
  })

  test('twice, and in the wrong order, do the work once', async () => {
    for (const delivery of ['twice', 'reversed']) {
      const { order } = await newOrder()
      await steer(order, { action: 'pay', delivery })
      await services.drain()
      if (delivery === 'reversed') {
        await new Promise((resolve) => setTimeout(resolve, 1_200))
        await services.drain()
      }
      expect(await statusOf(order)).toBe('paid')
      expect(await paidEvents(order.id)).toBe(1n)
      const kept = await events(shop, referenceOf(order))
      expect(kept.map(({ outcome }) => outcome)).toEqual(
        delivery === 'twice' ? ['capture'] : ['capture', 'ignore'],
      )
    }
  })

  test('cut off by a crash, are gone on with when they come again, or by a job', async () => {
    const { order } = await newOrder()
    await steer(order, { action: 'pay', delivery: 'lost' })
    const reference = referenceOf(order)
    // What a server leaves that dies after it has written the message down.
    await shop.query(
      sql`INSERT INTO payment_events (workspace_id, provider, event_id, reference, payload, received_at)
          VALUES (${shop.workspaceId}, 'test', ${`${reference}-paid`}, ${reference}, '', now())`,
    )
    const body = JSON.stringify({ type: 'payment.paid', data: { payment: reference, status: 'paid' } })
    const secret = createHmac('sha256', services.secrets.key('test-provider'))
      .update(shop.workspaceId)
      .digest()
    const headers = signMessage(secret, { id: `${reference}-paid`, at: new Date(), body })
    await orderFetchFaults(1)
    const deliver = () =>
      fetch(`${ORIGIN}/api/v1/webhooks/test/${shop.workspaceId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
    expect((await deliver()).status).toBe(204)
    expect(await statusOf(order)).toBe('pending')
    expect((await deliver()).status).toBe(204)
    expect(await statusOf(order)).toBe('paid')
    await services.drain()
    expect(await events(shop, reference)).toEqual([{ outcome: 'capture', handled: true }])
    expect(await paidEvents(order.id)).toBe(1n)

    const second = (await newOrder()).order
    await steer(second, { action: 'pay' })
    await orderFetchFaults(1)
    await services.drain()
    expect(await statusOf(second)).toBe('paid')
  })

  test('late ones come when they come', async () => {
    const { order } = await newOrder()
    await steer(order, { action: 'pay', delivery: 'late', lateSeconds: 1 })
    await services.drain()
    expect(await statusOf(order)).toBe('pending')
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await services.drain()
    expect(await statusOf(order)).toBe('paid')
  })

  test('of a decline leave the order open for another try', async () => {
    const { order } = await newOrder()
    await press(order, 'decline')
    await services.drain()
    expect(await getOrder(shop.ctx, order.id)).toMatchObject({
      status: 'pending',
      payment: { status: 'declined' },
    })
  })
})

describe('a message is refused and changes nothing', () => {
  const secret = (workspaceId: string) =>
    createHmac('sha256', services.secrets.key('test-provider')).update(workspaceId).digest()

  async function send(order: Order, change: { headers?: Record<string, string>; body?: string } = {}) {
    const body = JSON.stringify({
      type: 'payment.paid',
      data: { payment: referenceOf(order), status: 'paid' },
    })
    const signed = signMessage(secret(shop.workspaceId), { id: 'evt-1', at: new Date(), body })
    return fetch(`${ORIGIN}/api/v1/webhooks/test/${shop.workspaceId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed, ...change.headers },
      body: change.body ?? body,
    })
  }

  test.each<[string, { headers?: Record<string, string>; body?: string }]>([
    ['unsigned', { headers: { 'webhook-signature': '' } }],
    [
      'signed by somebody else',
      { headers: { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` } },
    ],
    ['changed on its way', { body: '{"type":"payment.paid","data":{"payment":"0190","status":"paid"}}' }],
    ['of another time', { headers: { 'webhook-timestamp': '1700000000' } }],
    ['under another id', { headers: { 'webhook-id': 'evt-2' } }],
  ])('when it is %s', async (_name, change) => {
    const { order } = await newOrder()
    const before = await shop.query(
      sql`SELECT count(*) FROM payment_events WHERE workspace_id = ${shop.workspaceId}`,
    )
    const answer = await send(order, change)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ type: '/docs/problems#webhook-unverified' })
    expect(
      await shop.query(sql`SELECT count(*) FROM payment_events WHERE workspace_id = ${shop.workspaceId}`),
    ).toEqual(before)
    expect(await statusOf(order)).toBe('pending')
  })

  test('when it is well signed, but says what is not true', async () => {
    const { order } = await newOrder()
    expect((await send(order, {})).status).toBe(204)
    expect(await statusOf(order)).toBe('pending')
  })

  test('when the payment is unknown; it is written down', async () => {
    const unknown = services.ids.next()
    const body = JSON.stringify({ type: 'payment.paid', data: { payment: unknown } })
    const answer = await fetch(`${ORIGIN}/api/v1/webhooks/test/${shop.workspaceId}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signMessage(secret(shop.workspaceId), { id: 'evt-unknown', at: new Date(), body }),
      },
      body,
    })
    expect(answer.status).toBe(204)
    expect(await events(shop, unknown)).toEqual([{ outcome: 'unknown-payment', handled: true }])
  })

  test('when it is for an unknown provider, or too long', async () => {
    const post = (path: string, body: string) =>
      fetch(`${ORIGIN}/api/v1/webhooks/${path}`, { method: 'POST', body })
    expect((await post(`nobody/${shop.workspaceId}`, '{}')).status).toBe(404)
    expect((await post(`test/${shop.workspaceId}`, 'x'.repeat(70_000))).status).toBe(413)
  })

  test('for another workspace’s secret', () => {
    const body = '{}'
    const headers = new Headers(signMessage(secret('a'), { id: 'evt', at: new Date(), body }))
    expect(verifyMessage(secret('a'), { headers, body, now: new Date() })).toBe('evt')
    expect(verifyMessage(secret('b'), { headers, body, now: new Date() })).toBeUndefined()
  })
})
