import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barePlan, bareStream } from '../../../test/support/plans.ts'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { createStream, recordStreamMoney } from '../streams/index.ts'
import { newStreamSchema } from '../streams/schema.ts'
import { endThreads } from './operations/run-scenario.ts'
import type { DescribedModel, Plan, PlanInput, Projection, WhatIfAnswer } from './schema.ts'

let services: TestServices
let shop: Shop

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
}, 60_000)

afterAll(() => endThreads())

async function ask<Answer>(method: string, path: string, body?: unknown, language = 'en') {
  const answer = await shop.app.request(`/api/v1${path}`, {
    method,
    headers: { ...shop.headers, 'accept-language': language },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as Answer }
}

const plan = (change: Partial<PlanInput> = {}) =>
  barePlan([bareStream('digital-product', { outlay: { amount: '10000', currency: 'USD' } })], {
    months: 24,
    money: { amount: '20000', currency: 'USD' },
    ladder: [{ name: 'Roof', amount: { amount: '20000', currency: 'USD' } }],
    ...change,
  })

test('a plan is written, changed from its version, and removed', async () => {
  const made = await ask<Plan>('POST', '/plans', plan())
  expect(made).toMatchObject({ status: 201, body: { version: 1, input: { name: 'A plan' } } })
  const { id } = made.body
  const changed = { version: 1, input: plan({ name: 'Another' }) }
  expect(await ask('PUT', `/plans/${id}`, changed)).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await ask('PUT', `/plans/${id}`, changed)).toMatchObject({ status: 409 })
  const stranger = plan({ streams: [bareStream('course', { streamId: services.ids.next() })] })
  expect(await ask('POST', '/plans', stranger)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/streams/0/streamId' }] },
  })
  expect((await ask('DELETE', `/plans/${id}`)).status).toBe(204)
  expect((await ask('GET', `/plans/${id}`)).status).toBe(404)
})

test('a projection keeps its seed and its plan, and can be made again to the same figures', async () => {
  const { body: kept } = await ask<Plan>('POST', '/plans', plan())
  const first = await ask<Projection>('POST', `/plans/${kept.id}/projections`, { paths: 1000 })
  expect(first.status).toBe(201)
  const { seed, figures, story } = first.body
  const again = await ask<Projection>('POST', `/plans/${kept.id}/projections`, { paths: 1000, seed })
  expect(again.body.figures).toEqual(figures)
  expect(figures.streams).toHaveLength(1)
  expect(figures.steps[0]).toHaveLength(24)
  expect(story.length).toBeGreaterThan(3)
  await ask('PUT', `/plans/${kept.id}`, { version: 1, input: plan({ name: 'Later' }) })
  const read = await ask<Projection>('GET', `/projections/${first.body.id}`, undefined, 'ar')
  expect(read.body).toMatchObject({ name: 'A plan', seed, figures })
  expect(read.body.story[0]).toMatch(/^من كل مئة/)
  const listed = await ask<{ items: { id: string }[] }>('GET', `/plans/${kept.id}/projections`)
  expect(listed.body.items.map(({ id }) => id)).toEqual([again.body.id, first.body.id])
  for (const locale of ['ar', 'en'] as const) {
    const query = `locale=${locale}&calendar=${locale === 'ar' ? 'hijri' : 'gregorian'}&numerals=arab`
    const pdf = await ask<string>('GET', `/projections/${first.body.id}/pdf?${query}`)
    expect(pdf.status).toBe(200)
    expect(pdf.body.slice(0, 5)).toBe('%PDF-')
  }
}, 30_000)

test('what nobody has reliable data of must be set first, and a rate is never assumed', async () => {
  const wanting = plan({ streams: [bareStream('dropshipping'), bareStream('e-book', { currency: 'EUR' })] })
  const refused = await ask<{ errors: { pointer: string; detail: string }[] }>('POST', '/what-if', {
    input: wanting,
  })
  expect(refused.status).toBe(409)
  expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual([
    '/streams/0/values/success',
    '/streams/0/values/margin',
    '/streams/1/currency',
    '/streams/1/values/level',
  ])
  expect(refused.body.errors[0]?.detail).toContain('no reliable data')
})

test('while somebody drags, the same luck answers', async () => {
  const first = await ask<WhatIfAnswer>('POST', '/what-if', { input: plan(), seed: 5 })
  expect(first).toMatchObject({ status: 200, body: { seed: 5, figures: { paths: 2000 } } })
  const more = await ask<WhatIfAnswer>('POST', '/what-if', {
    input: plan({ hoursPerMonth: 0, streams: [bareStream('digital-product', { buildHours: 10 })] }),
    seed: 5,
  })
  expect(more.body.figures.plan.zero).toBe(1)
  expect(first.body.figures.plan.zero).toBeLessThan(1)
})

test('every assumption says where it comes from, in both languages', async () => {
  for (const language of ['ar', 'en']) {
    const { body } = await ask<{ items: DescribedModel[] }>('GET', '/stream-models', undefined, language)
    expect(body.items).toHaveLength(15)
    for (const { id, parameters } of body.items) {
      for (const { name, evidence, source, value, note } of parameters) {
        expect([id, name, note === '']).toEqual([id, name, false])
        expect([id, name, source !== null]).toEqual([
          id,
          name,
          evidence === 'published' || evidence === 'fitted',
        ])
        if (evidence === 'none') expect([id, name, value]).toEqual([id, name, null])
      }
    }
  }
})

test('own history takes over, and one sees by how much', async () => {
  const stream = await createStream(
    shop.ctx,
    newStreamSchema.parse({ name: 'Guides', kind: 'platform', currency: 'USD' }),
  )
  const now = services.clock.now()
  const months = Array.from({ length: 10 }, (_, nth) => nth + 1)
  await transaction(shop.ctx, (tx) =>
    recordStreamMoney(
      tx,
      months.map((back) => ({
        streamId: stream.id,
        kind: 'income',
        amountMinor: 30_000n + BigInt(back) * 500n,
        currency: 'USD',
        on: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 10)).toISOString().slice(0, 10),
        key: `month-${back}`,
      })),
    ),
  )
  const input = plan({ streams: [bareStream('digital-product', { streamId: stream.id })] })
  const { body } = await ask<WhatIfAnswer>('POST', '/what-if', { input })
  const [own] = body.history
  expect(own).toMatchObject({ key: 'digital-product', months: 10, active: 10 })
  expect(own?.weight).toBeGreaterThan(0.9)
  expect(own?.ownLevel).toBeGreaterThan(30_000)
  expect(Math.abs((own?.level ?? 0) / (own?.ownLevel ?? 1) - 1)).toBeLessThan(0.1)
  // It may end at once; else it goes on.
  expect(body.figures.plan.zero).toBeLessThan(0.05)
  expect(body.figures.plan.monthly.p50[0]).toBeGreaterThan(15_000)
})

test('another workspace sees none of it', async () => {
  const stranger = await makeShop(services)
  const { body } = await ask<Plan>('POST', '/plans', plan())
  const answer = await stranger.app.request(`/api/v1/plans/${body.id}`, { headers: stranger.headers })
  expect(answer.status).toBe(404)
  const seen = await stranger.query(sql`SELECT 1 FROM plans WHERE workspace_id = ${stranger.workspaceId}`)
  expect(seen).toHaveLength(0)
})
