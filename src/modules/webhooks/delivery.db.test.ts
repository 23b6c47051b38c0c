import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TestServices } from '../../../test/support/services.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { deliverDue } from './operations/deliver.ts'
import { sweepWorkspace } from './operations/sweep.ts'
import { startReceiver, type Answer } from '../../../test/support/webhook-receiver.ts'
import type { DeliverySummary } from './schema.ts'
import { makeWorld, webhookServices, type World } from '../../../test/support/webhook-world.ts'

const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

let services: TestServices
let clock: Awaited<ReturnType<typeof webhookServices>>['clock']

beforeAll(async () => {
  ;({ services, clock } = await webhookServices())
})

const fails: Answer = (response) => response.writeHead(500).end('not today')
const takes: Answer = (response) => response.writeHead(204).end()

/** Waits by the standing clock until a delivery's next attempt, and makes it. */
async function next(world: World, id: string): Promise<DeliverySummary> {
  const { nextAttemptAt } = await world.delivery(id)
  if (nextAttemptAt === null) throw new Error('nothing is due any more')
  clock.advance(Math.max(0, Date.parse(nextAttemptAt) - clock.now().getTime()))
  await world.deliver()
  return world.delivery(id)
}

describe('a message that is not taken', () => {
  test('is tried ten times over three days under one id, then given up, and every attempt is logged', async () => {
    const world = await makeWorld(services)
    world.receiver.answer = (response, nth) => response.writeHead(500).end(`no ${nth}`)
    const { id: endpointId } = await world.endpoint()
    const began = clock.now().getTime()
    const { id } = await world.sendTest(endpointId)
    await services.drain()
    for (let summary = await world.delivery(id); summary.state === 'waiting';) {
      // A moment too early nothing happens.
      const seen = world.receiver.received.length
      await world.deliver()
      expect(world.receiver.received).toHaveLength(seen)
      summary = { ...summary, ...(await next(world, id)) }
    }
    const delivery = await world.delivery(id)
    expect(delivery).toMatchObject({
      state: 'failed',
      attemptCount: 10,
      lastStatus: 500,
      lastFault: 'status',
    })
    expect(delivery.attempts.map(({ number, answer }) => [number, answer])).toEqual(
      Array.from({ length: 10 }, (_, nth) => [nth + 1, `no ${nth + 1}`]),
    )
    const hours = (Date.parse(delivery.attempts.at(-1)?.at ?? '') - began) / HOUR
    expect(hours).toBeGreaterThan(75.5)
    expect(hours).toBeLessThan(75.6 * 1.2)
    const { received } = world.receiver
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([delivery.messageId]),
    )
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
    expect(new Set(received.map(({ body }) => body))).toEqual(new Set([delivery.body]))
  })

  test.each([
    [
      'a redirect',
      ((response) => response.writeHead(302, { location: '/elsewhere' }).end()) satisfies Answer,
      { lastStatus: 302 },
    ],
    ['a refusal', ((response) => response.writeHead(404).end()) satisfies Answer, { lastStatus: 404 }],
    [
      'a broken connection',
      ((response) => response.destroy()) satisfies Answer,
      { lastStatus: null, lastFault: 'broken-off' },
    ],
  ])('counts as failed after %s', async (_what, answer, seen) => {
    const world = await makeWorld(services)
    world.receiver.answer = answer
    const { id } = await world.sendTest((await world.endpoint()).id)
    await services.drain()
    expect(await world.delivery(id)).toMatchObject({ state: 'waiting', attemptCount: 1, ...seen })
    expect(world.receiver.received.map(({ path }) => path)).toEqual(['/hook'])
  })

  test('waits as long as the endpoint asks for', async () => {
    const world = await makeWorld(services)
    world.receiver.answer = (response) => response.writeHead(429, { 'retry-after': '7200' }).end()
    const { id } = await world.sendTest((await world.endpoint()).id)
    await services.drain()
    const { nextAttemptAt } = await world.delivery(id)
    expect(Date.parse(nextAttemptAt ?? '') - clock.now().getTime()).toBe(7200 * SECOND)
  })

  test('is sent again when a person wants it, and delivered at last', async () => {
    const world = await makeWorld(services)
    world.receiver.answer = fails
    const { id } = await world.sendTest((await world.endpoint()).id)
    await services.drain()
    world.receiver.answer = takes
    expect((await world.call('POST', `/webhook-deliveries/${id}/replay`)).status).toBe(202)
    await services.drain()
    const delivery = await world.delivery(id)
    expect(delivery).toMatchObject({
      state: 'delivered',
      attemptCount: 2,
      nextAttemptAt: null,
      lastFault: null,
    })
    expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 204])
    expect((await world.call('POST', `/webhook-deliveries/${id}/replay`)).status).toBe(202)
    await services.drain()
    expect((await world.delivery(id)).attemptCount).toBe(3)
    expect(new Set(world.receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('is sent again with all that failed since a time', async () => {
    const world = await makeWorld(services)
    world.receiver.answer = fails
    const { id: endpointId } = await world.endpoint()
    const [early, late] = [
      await world.sendTest(endpointId),
      (clock.advance(HOUR), await world.sendTest(endpointId)),
    ]
    for (const { id } of [early, late]) {
      while ((await world.delivery(id)).state === 'waiting') await next(world, id)
    }
    expect((await world.deliveries('&state=failed')).map(({ id }) => id)).toEqual([late.id, early.id])
    world.receiver.answer = takes
    const replay = await world.call('POST', `/webhook-endpoints/${endpointId}/replay-failed`, {
      since: late.createdAt,
    })
    expect(replay).toMatchObject({ status: 200, body: { count: 1, more: false } })
    await services.drain()
    expect((await world.delivery(late.id)).state).toBe('delivered')
    expect((await world.delivery(early.id)).state).toBe('failed')
  })
})

describe('an endpoint', () => {
  test('that is gone is left alone, with its owners told', async () => {
    const world = await makeWorld(services)
    const { id: endpointId } = await world.endpoint()
    await world.call('PATCH', `/webhook-endpoints/${endpointId}`, { enabled: false })
    await world.call('PATCH', `/webhook-endpoints/${endpointId}`, { enabled: true })
    world.receiver.answer = (response) => response.writeHead(410).end()
    const sent = [await world.sendTest(endpointId), await world.sendTest(endpointId)]
    await services.drain()
    expect(await world.state(endpointId)).toMatchObject({ state: 'gone', enabled: false })
    for (const { id } of sent) expect((await world.delivery(id)).lastFault).toMatch(/status|endpoint-gone/)
    await world.shop.product()
    await services.drain()
    expect(await world.deliveries()).toHaveLength(2)
    expect(await mails(world)).toEqual([expect.stringContaining('لم يعد')])
    expect(await world.call('POST', `/webhook-endpoints/${endpointId}/test`, {})).toMatchObject({
      status: 409,
      body: { type: '/docs/problems#webhook-endpoint-stopped' },
    })
  })

  test('that fails for five days is paused, its owners told once, and resumed without loss', async () => {
    const world = await makeWorld(services)
    world.receiver.answer = fails
    const { id: endpointId } = await world.endpoint()
    const first = await world.sendTest(endpointId)
    await services.drain()
    expect((await world.state(endpointId)).failingSince).not.toBeNull()
    clock.advance(5 * DAY - HOUR)
    await world.deliver()
    expect((await world.state(endpointId)).state).toBe('on')
    clock.advance(HOUR)
    await world.deliver()
    expect(await world.state(endpointId)).toMatchObject({ state: 'paused', enabled: false })
    expect(await mails(world)).toEqual([expect.stringContaining('توقّف الإرسال')])
    // What happens meanwhile waits.
    await world.shop.product()
    await services.drain()
    const seen = world.receiver.received.length
    clock.advance(DAY)
    await world.deliver()
    expect(world.receiver.received).toHaveLength(seen)
    world.receiver.answer = takes
    const resumed = await world.call('PATCH', `/webhook-endpoints/${endpointId}`, { enabled: true })
    expect(resumed.body).toMatchObject({ state: 'on', failingSince: null })
    await services.drain()
    const states = (await world.deliveries()).map(({ type, state }) => `${type} ${state}`)
    expect(states.toSorted()).toEqual([
      'product.published delivered',
      'version.published delivered',
      'webhook.test delivered',
    ])
    expect((await world.delivery(first.id)).state).toBe('delivered')
    expect(await mails(world)).toHaveLength(1)
  })

  test('that works again after four days has all its patience back', async () => {
    const world = await makeWorld(services)
    world.receiver.answer = fails
    const { id: endpointId } = await world.endpoint()
    await world.sendTest(endpointId)
    await services.drain()
    clock.advance(4 * DAY)
    world.receiver.answer = takes
    await world.deliver()
    expect(await world.state(endpointId)).toMatchObject({ state: 'on', failingSince: null })
    world.receiver.answer = fails
    await world.sendTest(endpointId)
    await services.drain()
    clock.advance(4 * DAY)
    await world.deliver()
    expect((await world.state(endpointId)).state).toBe('on')
  })

  test('gets a few messages at once, and one at a time while it fails', async () => {
    const world = await makeWorld(services)
    const slowly: Answer = (response) => setTimeout(() => response.writeHead(204).end(), 30)
    world.receiver.answer = slowly
    const { id } = await world.endpoint()
    for (let nth = 0; nth < 30; nth += 1) await world.sendTest(id)
    await services.drain()
    expect(world.receiver.received).toHaveLength(30)
    expect(world.receiver.mostAtOnce).toBe(8)
    world.receiver.answer = fails
    await world.sendTest(id)
    await services.drain()
    world.receiver.mostAtOnce = 0
    world.receiver.answer = (response) => setTimeout(() => response.writeHead(500).end(), 20)
    for (let nth = 0; nth < 5; nth += 1) await world.sendTest(id)
    await services.drain()
    expect(world.receiver.mostAtOnce).toBe(1)
  })

  test('that is slow holds up no other', async () => {
    const [slow, quick] = [await makeWorld(services), await makeWorld(services)]
    slow.receiver.answer = (response) => setTimeout(() => response.writeHead(204).end(), 3_300)
    const slowId = (await slow.endpoint()).id
    await slow.sendTest(slowId)
    await services.drain()
    for (let nth = 0; nth < 3; nth += 1) await slow.sendTest(slowId)
    const lanes = await slow.shop.query<{ name: string }>(
      sql`SELECT DISTINCT name FROM pgboss.job WHERE state = 'created' AND name LIKE 'deliver%'
            AND data ->> 'workspaceId' = ${slow.shop.workspaceId}::text`,
    )
    expect(lanes).toEqual([{ name: 'deliver-slow-webhooks' }])
    const quickId = (await quick.endpoint()).id
    const { id } = await quick.sendTest(quickId)
    const both = Promise.all([slow.deliver(), quick.deliver()])
    await expect.poll(async () => (await quick.delivery(id)).state, { timeout: 1_500 }).toBe('delivered')
    await both
    await services.drain()
    expect(slow.receiver.received).toHaveLength(4)
  })

  test('is delivered to by one job at a time; another goes on if the first one died', async () => {
    const world = await makeWorld(services)
    const { id: endpointId } = await world.endpoint()
    const { shop } = world
    const held: (() => void)[] = []
    world.receiver.answer = (response) => held.push(() => response.writeHead(204).end())
    await world.sendTest(endpointId)
    const first = world.deliver()
    await expect.poll(() => held.length).toBe(1)
    await world.deliver()
    expect(held).toHaveLength(1)
    // The answer never reaches the first: as if its process had been killed, only the lease is left of it.
    await shop.query(
      sql`UPDATE webhook_endpoints SET lease = ${services.ids.next()} WHERE workspace_id = ${shop.workspaceId}`,
    )
    clock.advance(31 * SECOND)
    const second = world.deliver()
    await expect.poll(() => held.length).toBe(2)
    for (const answer of held) answer()
    await Promise.all([first, second])
    const ids = world.receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(1)
    const [delivery] = await world.deliveries()
    expect(delivery?.state).toBe('delivered')
  })
})

describe('the log', () => {
  test('keeps the beginning of answers, whatever they are made of', async () => {
    const world = await makeWorld(services)
    world.receiver.answer = (response) => {
      response.writeHead(500)
      response.end(Buffer.concat([Buffer.from('a\0b'), Buffer.from([0xff, 0xfe]), Buffer.alloc(9_000, 'x')]))
    }
    const { id } = await world.sendTest((await world.endpoint()).id)
    await services.drain()
    const [attempt] = (await world.delivery(id)).attempts
    expect(attempt?.answer).toMatch(/^a\uFFFDb\uFFFD+x+$/)
    expect(attempt?.answer).toHaveLength(2_000)
    expect(attempt?.durationMs).toBeGreaterThanOrEqual(0)
  })

  test('is read page by page, by endpoint and state', async () => {
    const world = await makeWorld(services)
    const other = await startReceiver()
    const [one, two] = [await world.endpoint(), await world.endpoint({ url: other.url })]
    for (let nth = 0; nth < 3; nth += 1) await world.sendTest(one.id)
    await world.sendTest(two.id)
    await services.drain()
    expect(await world.deliveries(`&endpointId=${one.id}`)).toHaveLength(3)
    expect(await world.deliveries(`&endpointId=${two.id}&state=delivered`)).toHaveLength(1)
    expect(await world.deliveries('&state=failed')).toEqual([])
    type Page = { items: DeliverySummary[]; next: string | null }
    const first = (await world.call<Page>('GET', '/webhook-deliveries?limit=3')).body
    const rest = (await world.call<Page>('GET', `/webhook-deliveries?limit=3&after=${first.next ?? ''}`)).body
    const ids = [...first.items, ...rest.items].map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted().toReversed())
    expect(new Set(ids).size).toBe(4)
    expect(rest.next).toBeNull()
    await other.close()
  })

  test('is forgotten after thirty days, with the endpoints and secrets that are no more', async () => {
    const world = await makeWorld(services)
    const [gone, stays] = [await world.endpoint(), await world.endpoint()]
    for (const { id } of [gone, stays]) await world.sendTest(id)
    await world.call('POST', `/webhook-endpoints/${stays.id}/rotate-secret`)
    await services.drain()
    await world.call('DELETE', `/webhook-endpoints/${gone.id}`)
    const ctx = systemCtx(services, world.shop.workspaceId)
    clock.advance(29 * DAY)
    expect(await sweepWorkspace(ctx)).toEqual({ woken: 0, forgotten: 0 })
    await world.sendTest(stays.id)
    await services.drain()
    clock.advance(DAY + 1)
    expect(await sweepWorkspace(ctx)).toEqual({ woken: 0, forgotten: 2 })
    expect(await world.deliveries()).toHaveLength(1)
    const left = await world.shop.query<{ id: string; previous: string | null }>(
      sql`SELECT id, previous_secret AS previous FROM webhook_endpoints WHERE workspace_id = ${world.shop.workspaceId}`,
    )
    expect(left).toEqual([{ id: stays.id, previous: null }])
  })

  test('shows nothing of what a job has lost: the sweeper finds it', async () => {
    const world = await makeWorld(services)
    const { id } = await world.sendTest((await world.endpoint()).id)
    await world.shop.query(
      sql`DELETE FROM pgboss.job WHERE data ->> 'workspaceId' = ${world.shop.workspaceId}::text`,
    )
    await services.drain()
    expect((await world.delivery(id)).state).toBe('waiting')
    clock.advance(61 * SECOND)
    expect(await sweepWorkspace(systemCtx(services, world.shop.workspaceId))).toMatchObject({ woken: 1 })
    await services.drain()
    expect((await world.delivery(id)).state).toBe('delivered')
  })
})

test('a job for an endpoint that is no more, or that nothing waits for, is over at once', async () => {
  const world = await makeWorld(services)
  const ctx = systemCtx(services, world.shop.workspaceId)
  const { id } = await world.endpoint()
  await deliverDue(ctx, { endpointId: id, at: clock.now().toISOString() })
  await deliverDue(ctx, { endpointId: services.ids.next(), at: clock.now().toISOString() })
  expect(world.receiver.received).toEqual([])
})

async function mails({ shop }: World): Promise<string[]> {
  const found = await shop.query<{ subject: string }>(
    sql`SELECT subject FROM messages WHERE workspace_id = ${shop.workspaceId} AND kind LIKE 'webhook-%'`,
  )
  return found.map(({ subject }) => subject)
}
