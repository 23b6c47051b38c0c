import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TestServices } from '../../../test/support/services.ts'
import { makeMember } from '../../../test/support/workspace.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { announcements as catalogue, unpublishProduct } from '../catalog/index.ts'
import { cancelOrder, confirmPayment, refundOrder } from '../checkout/index.ts'
import { fanOut } from './operations/fan-out.ts'
import { signaturesBy, startReceiver } from '../../../test/support/webhook-receiver.ts'
import type { Endpoint, EndpointWithSecret } from './schema.ts'
import { makeWorld, webhookServices, type World } from '../../../test/support/webhook-world.ts'

const HOUR = 3_600_000

let services: TestServices
let clock: Awaited<ReturnType<typeof webhookServices>>['clock']

beforeAll(async () => {
  ;({ services, clock } = await webhookServices())
})

type Said = { type: string; timestamp: string; test?: true; data: Record<string, unknown> }

const said = ({ receiver }: World) =>
  receiver.received
    .map(({ body }) => JSON.parse(body) as Said)
    .toSorted((one, other) => one.type.localeCompare(other.type))

describe('what happens is told', () => {
  test('sale, refund, product: signed by the specification, to those who asked for it', async () => {
    const world = await makeWorld(services)
    const refunds = await startReceiver()
    const all = await world.endpoint()
    const some = await world.endpoint({ url: refunds.url, eventTypes: ['order.refunded'] })
    const orderId = await world.sell()
    await services.drain()
    await refundOrder(world.shop.ctx, orderId, { reason: '' })
    await services.drain()
    expect(said(world)).toMatchObject([
      { type: 'order.paid', data: { orderId, total: { amount: '11500', currency: 'SAR' } } },
      { type: 'order.refunded', data: { orderId, whole: true, total: { amount: '11500', currency: 'SAR' } } },
      { type: 'product.published' },
      { type: 'version.published', data: { number: 1 } },
    ])
    for (const one of world.receiver.received) {
      expect(signaturesBy(all.secret, one)).toEqual([true])
      expect(one.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'webhook-timestamp': String(Math.floor(clock.now().getTime() / 1000)),
      })
    }
    expect(refunds.received.map((one) => signaturesBy(some.secret, one))).toEqual([[true]])
    expect(refunds.received.map((one) => signaturesBy(all.secret, one))).toEqual([[false]])
    // One message for both, under one id.
    const ids = [...world.receiver.received, ...refunds.received].map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(4)
    await refunds.close()
  })

  test('a declined payment, a cancelled order, a product taken off sale', async () => {
    const world = await makeWorld(services)
    const { shop } = world
    await world.endpoint({ eventTypes: ['payment.failed', 'order.cancelled', 'product.unpublished'] })
    const productId = await shop.product()
    const { order } = await shop.order([{ productId }])
    await shop.act(order, { action: 'decline' })
    await confirmPayment(shop.buyer, { orderId: order.id })
    await cancelOrder(shop.ctx, order.id)
    await unpublishProduct(shop.ctx, productId)
    await services.drain()
    expect(said(world)).toMatchObject([
      { type: 'order.cancelled', data: { orderId: order.id, reason: 'seller' } },
      { type: 'payment.failed', data: { orderId: order.id, amount: { amount: '11500', currency: 'SAR' } } },
      { type: 'product.unpublished', data: { productId, archived: false } },
    ])
  })

  test('what happened before an endpoint was there is not told to it', async () => {
    const world = await makeWorld(services)
    const before = await world.sell()
    clock.advance(1)
    await world.endpoint({ eventTypes: ['order.paid'] })
    clock.advance(1)
    const after = await world.sell()
    await services.drain()
    expect(said(world).map(({ data }) => data['orderId'])).toEqual([after])
    expect(after).not.toBe(before)
  })

  test('where nobody listens a sale costs no job and no row', async () => {
    const traces = async ({ shop }: World) => {
      const [made] = await shop.query<{ jobs: bigint; messages: bigint }>(
        sql`SELECT (SELECT count(*) FROM pgboss.job WHERE name = 'fan-out-webhooks'
                    AND data ->> 'workspaceId' = ${shop.workspaceId}::text) AS jobs,
              (SELECT count(*) FROM webhook_messages WHERE workspace_id = ${shop.workspaceId}) AS messages`,
      )
      return made
    }
    const [silent, off, told] = [
      await makeWorld(services),
      await makeWorld(services),
      await makeWorld(services),
    ]
    await off.endpoint({ enabled: false })
    await told.endpoint({ eventTypes: ['order.paid'] })
    for (const world of [silent, off, told]) await world.sell()
    await services.drain()
    expect(await traces(silent)).toEqual({ jobs: 0n, messages: 0n })
    expect(await traces(off)).toEqual({ jobs: 0n, messages: 0n })
    expect(await traces(told)).toEqual({ jobs: 3n, messages: 1n })
  })

  test('an event that is handed over twice is told once', async () => {
    const world = await makeWorld(services)
    await world.endpoint()
    const version = catalogue.filter(({ type }) => type === 'version.published')
    const event = { event: 'version.published', id: services.ids.next(), payload: version[0]?.example }
    const ctx = systemCtx(services, world.shop.workspaceId)
    await fanOut(ctx, [event, event], version)
    await fanOut(ctx, [event], version)
    await services.drain()
    expect(world.receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([event.id])
  })
})

describe('an endpoint', () => {
  test('is added, read, changed, and removed; its secret is in no other answer', async () => {
    const world = await makeWorld(services)
    const { secret, ...made } = await world.endpoint({ description: ' Warehouse ' })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made).toMatchObject({ description: 'Warehouse', eventTypes: null, enabled: true, state: 'on' })
    expect(await world.state(made.id)).toEqual(made)
    const listed = await world.call<{ items: Endpoint[] }>('GET', '/webhook-endpoints')
    expect(listed.body.items).toEqual([made])
    const path = `/webhook-endpoints/${made.id}`
    const changed = await world.call('PATCH', path, { eventTypes: ['order.paid'], enabled: false })
    expect(changed.body).toMatchObject({ eventTypes: ['order.paid'], state: 'off', description: 'Warehouse' })
    expect((await world.call('DELETE', path)).status).toBe(204)
    expect((await world.call('GET', path)).status).toBe(404)
    expect((await world.call('DELETE', path)).status).toBe(404)
  })

  test('keeps its secret sealed, shows it again to who may, and remembers that it did', async () => {
    const world = await makeWorld(services)
    const { id, secret } = await world.endpoint()
    const kept = await world.shop.query<{ row: string }>(
      sql`SELECT row_to_json(e)::text AS row FROM webhook_endpoints e WHERE workspace_id = ${world.shop.workspaceId}`,
    )
    expect(kept[0]?.row).not.toContain(secret.slice(6, 20))
    const shown = await world.call<EndpointWithSecret>('POST', `/webhook-endpoints/${id}/reveal-secret`)
    expect(shown.body.secret).toBe(secret)
    const log = await world.call<{ items: { action: string }[] }>('GET', `/audit-events?subjectId=${id}`)
    expect(log.body.items.map(({ action }) => action)).toEqual([
      'webhook-endpoint.reveal-secret',
      'webhook-endpoint.create',
    ])
    expect(JSON.stringify(log.body)).not.toContain('whsec_')
  })

  test('signs with both secrets for a day after a change, then with the new one alone', async () => {
    const world = await makeWorld(services)
    const { id, secret: old } = await world.endpoint()
    const { body } = await world.call<EndpointWithSecret>('POST', `/webhook-endpoints/${id}/rotate-secret`)
    expect(body.secret).not.toBe(old)
    expect(Date.parse(body.previousSecretUntil ?? '') - clock.now().getTime()).toBe(24 * HOUR)
    await world.sendTest(id)
    await services.drain()
    clock.advance(24 * HOUR)
    await world.sendTest(id)
    await services.drain()
    const [during, after] = world.receiver.received
    if (during === undefined || after === undefined) throw new Error('nothing came')
    expect(signaturesBy(body.secret, during)).toEqual([true, false])
    expect(signaturesBy(old, during)).toEqual([false, true])
    expect(signaturesBy(body.secret, after)).toEqual([true])
    expect(await world.state(id)).toMatchObject({ previousSecretUntil: null })
  })

  test.each([
    ['http://169.254.169.254/latest', 'محجوزة'],
    ['http://[::ffff:127.0.0.1]/', 'محجوزة'],
    ['ftp://hooks.example/', 'عناوين الويب'],
    ['https://a:b@hooks.example/', 'كلمة المرور'],
    ['hooks.example', 'كاملًا'],
  ])('is not made for %s, and says why in the reader’s language', async (url, words) => {
    const world = await makeWorld(services)
    const refused = await world.shop.app.request('/api/v1/webhook-endpoints', {
      method: 'POST',
      headers: { ...world.shop.headers, 'accept-language': 'ar' },
      body: JSON.stringify({ url }),
    })
    expect(refused.status).toBe(422)
    const { errors } = (await refused.json()) as { errors: { pointer: string; detail: string }[] }
    expect(errors).toMatchObject([{ pointer: '/url', detail: expect.stringContaining(words) as unknown }])
  })

  test('takes no text that could not be kept', async () => {
    const world = await makeWorld(services)
    const { url } = world.receiver
    for (const description of ['half \ud800', 'null \0', 'two\nlines', 'x'.repeat(201)]) {
      const refused = await world.call('POST', '/webhook-endpoints', { url, description })
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/description' }] } })
    }
    const { id } = await world.endpoint()
    for (const when of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
      const replay = await world.call('POST', `/webhook-endpoints/${id}/replay-failed`, { since: when })
      expect(replay).toMatchObject({ status: 200, body: { count: 0 } })
    }
  })

  test('is not told of types that do not exist, and there are twenty at most', async () => {
    const world = await makeWorld(services)
    const { url } = world.receiver
    const unknown = await world.call('POST', '/webhook-endpoints', {
      url,
      eventTypes: ['order.paid', 'order.lost'],
    })
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ pointer: '/eventTypes/1' }] } })
    for (let nth = 0; nth < 20; nth += 1) await world.endpoint()
    expect(await world.call('POST', '/webhook-endpoints', { url })).toMatchObject({
      status: 409,
      body: { type: '/docs/problems#webhook-endpoints-full', most: 20 },
    })
  })

  test('is the business of owners and admins, and of nobody of another workspace', async () => {
    const world = await makeWorld(services)
    const { id } = await world.endpoint()
    const ask = (headers: Record<string, string>, path = `/webhook-endpoints/${id}`) =>
      world.shop.app.request(`/api/v1${path}`, { headers })
    for (const [role, status] of [
      ['admin', 200],
      ['editor', 403],
      ['support', 403],
      ['analyst', 403],
    ] as const) {
      const { headers } = await makeMember(services, world.shop.workspaceId, { role })
      expect({ role, status: (await ask(headers)).status }).toEqual({ role, status })
      expect((await ask(headers, '/webhook-deliveries')).status).toBe(status)
    }
    const stranger = await makeWorld(services)
    expect((await ask(stranger.shop.headers)).status).toBe(404)
    const reader = await makeMember(services, world.shop.workspaceId, {
      role: 'admin',
      rights: ['webhooks:read'],
    })
    const reveal = await world.shop.app.request(`/api/v1/webhook-endpoints/${id}/reveal-secret`, {
      method: 'POST',
      headers: reader.headers,
    })
    expect(reveal.status).toBe(403)
  })
})

test('every type has a documented payload that its own schema accepts', async () => {
  const world = await makeWorld(services)
  const { body } = await world.call<{ items: { type: string; example: unknown }[] }>(
    'GET',
    '/webhook-event-types',
  )
  const document = (await (await world.shop.app.request('/api/v1/openapi.json')).json()) as {
    webhooks: Record<string, { post: { requestBody: { content: Record<string, unknown> } } }>
  }
  expect(Object.keys(document.webhooks)).toEqual(body.items.map(({ type }) => type))
  expect(body.items.map(({ type }) => type)).toContain('order.paid')
  const page = await (await world.shop.app.request('/docs/api?lang=ar')).text()
  for (const { type } of body.items) expect(page).toContain(`id="message-${type}"`)
  expect(page).toContain('&quot;type&quot;: &quot;order.paid&quot;')
  const { announcements: sales } = await import('../checkout/index.ts')
  for (const { type, schema, example } of [...catalogue, ...sales]) {
    expect({ type, parsed: schema.parse(example) }).toEqual({ type, parsed: example })
    expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/)
  }
})
