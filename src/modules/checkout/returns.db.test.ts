import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'
import { makeMember } from '../../../test/support/workspace.ts'
import { DomainError } from '../../platform/errors.ts'
import { getProduct, setStock } from '../catalog/index.ts'
import { listOrderRights } from '../fulfilment/index.ts'
import { confirmPayment, getOrder, getOrderByKey, listOrders, refundOrder, retryPayment } from './index.ts'
import { settleMismatch } from './operations/settle-mismatch.ts'
import type { PlacedOrder } from './index.ts'

let services: TestServices
let shop: Shop
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock })
  shop = await makeShop(services)
})

const free = { mode: 'free', currency: 'SAR' } as const

async function slugOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof DomainError) return error.slug
    throw error
  }
  return 'nothing'
}

async function paid(items: { productId: string; quantity?: number }[]): Promise<PlacedOrder> {
  const placed = await shop.order(items)
  await shop.act(placed.order, { action: 'pay' })
  await confirmPayment(shop.buyer, { orderId: placed.order.id })
  return placed
}

describe('copies of a refunded line', () => {
  const stock = async (id: string) => (await getProduct(shop.ctx, id)).stock

  test('can be sold again, once, however the money went back', async () => {
    const productId = await shop.product([fixed('1150')], 3)
    const { order } = await paid([{ productId, quantity: 2 }])
    expect(await stock(productId)).toMatchObject({ sold: 2, left: 1 })
    const part = { amount: '1000', currency: 'SAR' as const }
    await refundOrder(shop.ctx, order.id, { amount: part })
    expect(await stock(productId)).toMatchObject({ sold: 2, left: 1 })
    await refundOrder(shop.ctx, order.id, {})
    expect(await stock(productId)).toMatchObject({ sold: 0, left: 3 })
    expect((await getOrder(shop.ctx, order.id)).lines).toMatchObject([{ stocked: false }])
  })

  test('stay sold if the seller says so, and where the count began after the sale', async () => {
    const kept = await shop.product([fixed('1150')], 3)
    const first = await paid([{ productId: kept }])
    await refundOrder(shop.ctx, first.order.id, { restock: false })
    expect(await stock(kept)).toMatchObject({ sold: 1, left: 2 })
    const recounted = await shop.product([fixed('1150')], 3)
    const second = await paid([{ productId: recounted }])
    clock.advance(1000)
    await setStock(shop.ctx, recounted, { limit: null })
    await setStock(shop.ctx, recounted, { limit: 1 })
    const third = await paid([{ productId: recounted }])
    await refundOrder(shop.ctx, second.order.id, {})
    expect(await stock(recounted)).toMatchObject({ sold: 1, left: 0 })
    await refundOrder(shop.ctx, third.order.id, {})
    expect(await stock(recounted)).toMatchObject({ sold: 0, left: 1 })
  })

  test('are never sold twice in a race of refunds and buyers', async () => {
    const productId = await shop.product([fixed('1150')], 5)
    const orders = []
    for (let nth = 0; nth < 5; nth++) orders.push((await paid([{ productId }])).order)
    const buy = async () => (await slugOf(shop.order([{ productId }]))) === 'nothing'
    const [bought] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, buy)),
      // Twice each: the second is refused, whichever that is.
      Promise.allSettled(
        [...orders.slice(0, 3), ...orders.slice(0, 3)].map(({ id }) => refundOrder(shop.ctx, id, {})),
      ),
    ])
    const later = [await buy(), await buy(), await buy(), await buy()]
    expect([...bought, ...later].filter(Boolean)).toHaveLength(3)
    expect(await stock(productId)).toEqual({ limit: 5, sold: 2, reserved: 3, left: 0 })
  })
})

describe('what cost nothing', () => {
  test('in a paid order ends with it, and not before', async () => {
    const [costly, gift, limited] = [
      await shop.product(),
      await shop.product([free]),
      await shop.product([free], 2),
    ]
    const { order } = await paid([{ productId: costly }, { productId: gift }, { productId: limited }])
    await services.drain()
    const active = async () => (await listOrderRights(shop.buyer, [order.id])).map((right) => right.active)
    const part = { amount: '100', currency: 'SAR' as const }
    await refundOrder(shop.ctx, order.id, { amount: part })
    await services.drain()
    expect(await active()).toEqual([true, true, true])
    await refundOrder(shop.ctx, order.id, {})
    await services.drain()
    expect(await active()).toEqual([false, false, false])
    expect((await getProduct(shop.ctx, limited)).stock).toMatchObject({ sold: 0 })
  })

  test('has a receipt of its own series and no invoice, whose numbers stay without gaps', async () => {
    const own = await makeShop(services)
    const [costly, gift, anyPrice] = [
      await own.product(),
      await own.product([free]),
      await own.product([{ mode: 'chosen', minimum: { amount: '0', currency: 'SAR' } }]),
    ]
    const nothing = await own.order([{ productId: gift }, { productId: anyPrice }])
    const sold = await own.order([{ productId: costly }, { productId: gift }])
    await own.act(sold.order, { action: 'pay' })
    await confirmPayment(own.buyer, { orderId: sold.order.id })
    await services.drain()
    const papers = async (id: string) => (await getOrder(own.ctx, id)).documents.map(({ number }) => number)
    expect(await papers(nothing.order.id)).toEqual([])
    const paper = (order: PlacedOrder, kind: string, key = order.key) =>
      own.app.request(`/api/v1/stores/${own.slug}/orders/${order.order.id}/documents/${kind}?key=${key}`)
    expect((await paper(nothing, 'invoice')).status).toBe(404)
    expect((await paper(sold, 'receipt')).status).toBe(404)
    expect((await paper(nothing, 'receipt', sold.key)).status).toBe(404)
    const [first, again] = [await paper(nothing, 'receipt'), await paper(nothing, 'receipt')]
    expect([first.status, again.status]).toEqual([200, 200])
    const year = String(clock.now().getUTCFullYear())
    expect(first.headers.get('content-disposition')).toContain(`RCP-${year}-00001`)
    expect(Buffer.from(await first.arrayBuffer()).equals(Buffer.from(await again.arrayBuffer()))).toBe(true)
    expect(await papers(nothing.order.id)).toEqual([`RCP-${year}-00001`])
    expect(await papers(sold.order.id)).toEqual([`INV-${year}-00001`])
    expect(await own.balances()).toMatchObject({ '1150.test SAR': 11_500n })
  })
})

describe('a payment of another amount', () => {
  async function odd(amountMinor = '900') {
    const productId = await shop.product([fixed('1150')])
    const placed = await shop.order([{ productId }])
    await shop.act(placed.order, { action: 'pay', amountMinor })
    expect(await confirmPayment(shop.buyer, { orderId: placed.order.id })).toEqual(['mismatch'])
    const orderId = placed.order.id
    const paymentId = placed.order.payment?.id ?? ''
    const place = (idempotencyKey = services.ids.next()) => ({ orderId, paymentId, idempotencyKey })
    return { ...placed, orderId, paymentId, place }
  }
  const waiting = async () =>
    (await listOrders(shop.ctx, { attention: true, limit: 100 })).items.map(({ id }) => id)
  const kinds = async (id: string) => (await getOrder(shop.ctx, id)).timeline.map(({ kind }) => kind)

  test('captures nothing, and waits for a person in the list, the order and the story', async () => {
    const before = await shop.balances()
    const { orderId, key } = await odd()
    expect(await shop.balances()).toEqual(before)
    expect(await waiting()).toContain(orderId)
    const story = await getOrder(shop.ctx, orderId)
    expect(story).toMatchObject({
      status: 'pending',
      payments: [
        {
          problem: 'mismatch',
          url: null,
          observed: { status: 'paid', amount: '900', currency: 'SAR' },
          problemSettledAt: null,
        },
      ],
    })
    expect(await kinds(orderId)).toContain('payment-mismatch')
    expect((await getOrderByKey(shop.buyer, orderId, key)).payment).toMatchObject({ problem: 'mismatch' })
    expect(await slugOf(retryPayment(shop.buyer, { orderId, key }))).toBe('order-not-payable')
  })

  test('goes back at the provider, once, and the books say so', async () => {
    const before = await shop.balances()
    const { orderId, order, key, place } = await odd()
    const under = place('again')
    await Promise.all([1, 2, 3].map(() => settleMismatch(shop.ctx, under, { action: 'return' })))
    expect(await slugOf(settleMismatch(shop.ctx, place(), { action: 'return' }))).toBe(
      'payment-not-in-question',
    )
    const story = await getOrder(shop.ctx, orderId)
    expect(story.refunds).toMatchObject([
      { kind: 'mismatch', status: 'done', total: { amount: '900', currency: 'SAR' } },
    ])
    expect(story.payments).toMatchObject([{ problem: null, status: 'cancelled' }])
    expect(await kinds(orderId)).toEqual(expect.arrayContaining(['mismatch-settled', 'refund-done']))
    expect(await waiting()).not.toContain(orderId)
    expect(await shop.balances()).toEqual(before)
    const [books] = await shop.query<{ refunded: bigint }>(
      sql`SELECT refunded_minor AS refunded FROM test_payments WHERE workspace_id = ${shop.workspaceId}
          AND idempotency_key = ${order.payment?.id ?? ''}`,
    )
    expect(books).toEqual({ refunded: 900n })
    // What the provider says again is no new question, and the buyer may pay anew.
    expect(await confirmPayment(shop.buyer, { orderId })).toEqual(['mismatch'])
    expect(await waiting()).not.toContain(orderId)
    const next = await retryPayment(shop.buyer, { orderId, key })
    await shop.act({ ...order, payment: next }, { action: 'pay' })
    await confirmPayment(shop.buyer, { orderId })
    expect((await getOrder(shop.ctx, orderId)).status).toBe('paid')
  })

  test('is a question again if the provider refuses to give it back, and the books owe it once', async () => {
    const own = shop
    const { orderId, paymentId, place } = await odd('5000')
    const before = await own.balances()
    await own.query(
      sql`UPDATE test_payments SET status = 'declined' WHERE workspace_id = ${own.workspaceId} AND idempotency_key = ${paymentId}`,
    )
    await settleMismatch(own.ctx, place(), { action: 'return', note: 'أكثر من المطلوب' })
    expect((await getOrder(own.ctx, orderId)).refunds).toMatchObject([{ status: 'failed' }])
    expect(await waiting()).toContain(orderId)
    await own.query(
      sql`UPDATE test_payments SET status = 'paid' WHERE workspace_id = ${own.workspaceId} AND idempotency_key = ${paymentId}`,
    )
    await settleMismatch(own.ctx, place(), { action: 'return' })
    expect((await getOrder(own.ctx, orderId)).refunds).toMatchObject([
      { status: 'failed' },
      { status: 'done' },
    ])
    expect(await own.balances()).toEqual(before)
  })

  test('is settled with a note, which cannot be empty, by those who may refund', async () => {
    const { orderId, place } = await odd()
    const support = await makeMember(services, shop.workspaceId, { role: 'support' })
    expect(await slugOf(settleMismatch(support.ctx, place(), { action: 'note', note: 'x' }))).toBe(
      'not-allowed',
    )
    const { orderId: order, paymentId } = place()
    const post = (body: unknown) =>
      shop.app.request(`/api/v1/orders/${order}/payments/${paymentId}/settle`, {
        method: 'POST',
        headers: { ...shop.headers, 'idempotency-key': services.ids.next() },
        body: JSON.stringify(body),
      })
    expect((await post({ action: 'note', note: ' ' })).status).toBe(422)
    expect((await post({ action: 'note', note: 'أعدته بتحويل مصرفي' })).status).toBe(204)
    expect(await waiting()).not.toContain(orderId)
    const { payments, timeline } = await getOrder(shop.ctx, orderId)
    expect(payments).toMatchObject([{ problemNote: 'أعدته بتحويل مصرفي' }])
    expect(timeline).toContainEqual(
      expect.objectContaining({ kind: 'mismatch-settled', detail: 'أعدته بتحويل مصرفي' }),
    )
    expect((await post({ action: 'return' })).status).toBe(409)
  })

  test('cannot go back while nothing was paid', async () => {
    const { orderId, paymentId, place } = await odd()
    await shop.query(
      sql`UPDATE payments SET observed = '{"status":"processing","amount":"900","currency":"SAR"}'
          WHERE workspace_id = ${shop.workspaceId} AND id = ${paymentId}`,
    )
    expect(await slugOf(settleMismatch(shop.ctx, place(), { action: 'return' }))).toBe(
      'payment-not-in-question',
    )
    expect(await waiting()).toContain(orderId)
  })
})
