import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { DomainError } from '../../platform/errors.ts'
import { setPrices, unpublishProduct, getProduct } from '../catalog/index.ts'
import {
  confirmPayment,
  createCart,
  getCart,
  getOrder,
  getOrderByKey,
  placeOrder,
  retryPayment,
  updateCart,
  cancelOrder,
} from './index.ts'
import { confirmReturn } from './operations/confirm-return.ts'
import { sweepStore } from './operations/sweep-payments.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'

let services: TestServices
let shop: Shop
// The queue goes by the database's clock, so the standing one begins now.
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock })
  shop = await makeShop(services)
})

async function problem(work: Promise<unknown>): Promise<DomainError> {
  try {
    await work
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const count = async (table: 'orders' | 'payments' | 'order_lines') => {
  const [row] = await shop.query<{ count: bigint }>(
    sql`SELECT count(*) FROM ${sql.raw(table)} WHERE workspace_id = ${shop.workspaceId}`,
  )
  return row?.count
}

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

describe('a purchase', () => {
  test('takes an order from cart to paid, with its money in the ledger', async () => {
    const own = await makeShop(services)
    const productId = await own.product()
    const placed = await own.order([{ productId, quantity: 2 }])
    expect(placed.order).toMatchObject({
      status: 'pending',
      net: { amount: '20000' },
      tax: { amount: '3000' },
      total: { amount: '23000', currency: 'SAR' },
      payment: { status: 'started', provider: 'test' },
    })
    expect(placed.order.payment?.url).toMatch(/\/pay\/test\//)
    await own.act(placed.order, { action: 'pay' })
    expect(await confirmPayment(own.buyer, { orderId: placed.order.id })).toEqual(['capture'])
    const order = await getOrderByKey(own.buyer, placed.order.id, placed.key)
    expect(order).toMatchObject({ status: 'paid', payment: { status: 'captured', url: null } })
    expect(await paidEvents(order.id)).toBe(1n)
    expect(await own.balances()).toEqual({ '1150.test SAR': 23000n, '2200 SAR': -3000n, '4000 SAR': -20000n })
  })

  test.each([
    ['SAR', '11500', '11500'],
    ['KWD', '1999', '1999'],
    ['JPY', '500', '500'],
  ] as const)('works in %s', async (currency, price, total) => {
    const productId = await shop.product([fixed(price, currency)])
    const { order } = await shop.order([{ productId }], { currency })
    expect(order.total).toEqual({ amount: total, currency })
    await shop.act(order, { action: 'pay' })
    expect(await confirmPayment(shop.buyer, { orderId: order.id })).toEqual(['capture'])
  })

  test('of something free is paid at once, without a payment', async () => {
    const productId = await shop.product([{ mode: 'free', currency: 'SAR' }], 3)
    const { order } = await shop.order([{ productId }])
    expect(order).toMatchObject({ status: 'paid', payment: null, total: { amount: '0' } })
    expect(await paidEvents(order.id)).toBe(1n)
    expect((await getProduct(shop.ctx, productId)).stock).toMatchObject({ sold: 1, reserved: 0 })
  })

  test('is captured once, however many confirm it at once', async () => {
    const own = await makeShop(services)
    const productId = await own.product(undefined, 5)
    const { order } = await own.order([{ productId }])
    await own.act(order, { action: 'pay' })
    const verdicts = await Promise.all(
      Array.from({ length: 12 }, () => confirmPayment(own.buyer, { orderId: order.id })),
    )
    expect(verdicts.flat().filter((verdict) => verdict === 'capture')).toHaveLength(1)
    expect(await paidEvents(order.id)).toBe(1n)
    expect((await own.balances())['1150.test SAR']).toBe(11500n)
    expect((await getProduct(own.ctx, productId)).stock).toMatchObject({ sold: 1, reserved: 0 })
  })
})

describe('placing an order twice', () => {
  test('gives the same order, with and without a key, also at once', async () => {
    const productId = await shop.product(undefined, 50)
    const cart = await createCart(shop.buyer, { items: [{ productId, quantity: 1 }] })
    const wish = {
      cartId: cart.id,
      email: 'Twice@Example.com',
      name: 'سارة',
      locale: 'ar' as const,
      expectedTotal: cart.total,
    }
    const placed = await Promise.all([
      ...Array.from({ length: 6 }, () => placeOrder(shop.buyer, wish, 'key-1')),
      ...Array.from({ length: 6 }, () => placeOrder(shop.buyer, wish)),
    ])
    expect(new Set(placed.map(({ order }) => order.id)).size).toBe(1)
    expect(new Set(placed.map(({ order }) => order.payment?.url)).size).toBe(1)
    expect((await getProduct(shop.ctx, productId)).stock).toMatchObject({ reserved: 1 })
  })

  test('with a key that was used for something else is refused', async () => {
    const productId = await shop.product()
    await shop.order([{ productId }], { email: 'key@example.com', key: 'mine' })
    const again = await problem(shop.order([{ productId }], { email: 'key@example.com', key: 'mine' }))
    expect(again).toMatchObject({ slug: 'idempotency-key-reuse', status: 409 })
    await expect(
      shop.order([{ productId }], { email: 'other@example.com', key: 'mine' }),
    ).resolves.toBeDefined()
  })

  test('as somebody else is refused, and tells nothing', async () => {
    const productId = await shop.product()
    const cart = await createCart(shop.buyer, { items: [{ productId, quantity: 1 }] })
    const wish = {
      cartId: cart.id,
      email: 'a@example.com',
      name: 'A',
      locale: 'en' as const,
      expectedTotal: cart.total,
    }
    await placeOrder(shop.buyer, wish)
    expect(await problem(placeOrder(shop.buyer, { ...wish, email: 'b@example.com' }))).toMatchObject({
      slug: 'cart-ordered',
      fields: {},
    })
    expect(await problem(updateCart(shop.buyer, cart.id, { items: [] }))).toMatchObject({
      slug: 'cart-ordered',
    })
  })
})

describe('a cart that has become stale', () => {
  test('is refused with the new total, and nothing is written', async () => {
    const productId = await shop.product([fixed('1000')])
    const cart = await createCart(shop.buyer, { items: [{ productId, quantity: 1 }] })
    await setPrices(shop.ctx, productId, { prices: [fixed('1200')] })
    const before = [await count('orders'), await count('payments'), await count('order_lines')]
    const wish = {
      cartId: cart.id,
      email: 'a@example.com',
      name: 'A',
      locale: 'en' as const,
      expectedTotal: cart.total,
    }
    expect(await problem(placeOrder(shop.buyer, wish))).toMatchObject({
      slug: 'price-changed',
      fields: { amount: '1200', currency: 'SAR' },
    })
    expect([await count('orders'), await count('payments'), await count('order_lines')]).toEqual(before)
    const shown = await getCart(shop.buyer, cart.id)
    await expect(placeOrder(shop.buyer, { ...wish, expectedTotal: shown.total })).resolves.toBeDefined()
  })

  test('is refused in another currency than the buyer saw', async () => {
    const productId = await shop.product([fixed('1000')])
    const refused = await problem(
      shop.order([{ productId }], { expected: { amount: '1000', currency: 'KWD' } }),
    )
    expect(refused).toMatchObject({ slug: 'price-changed' })
  })

  test('names what can no longer be bought', async () => {
    const productId = await shop.product()
    const cart = await createCart(shop.buyer, { items: [{ productId, quantity: 1 }] })
    await unpublishProduct(shop.ctx, productId)
    expect((await getCart(shop.buyer, cart.id)).issues).toMatchObject([{ productId, reason: 'unavailable' }])
    const wish = {
      cartId: cart.id,
      email: 'a@example.com',
      name: 'A',
      locale: 'en' as const,
      expectedTotal: cart.total,
    }
    expect(await problem(placeOrder(shop.buyer, wish))).toMatchObject({
      slug: 'item-unavailable',
      fields: { productId, reason: 'unavailable' },
    })
  })

  test('is refused when it is empty, unknown, or another store’s', async () => {
    const cart = await createCart(shop.buyer, { items: [] })
    const wish = {
      cartId: cart.id,
      email: 'a@example.com',
      name: 'A',
      locale: 'en' as const,
      expectedTotal: cart.total,
    }
    expect(await problem(placeOrder(shop.buyer, wish))).toMatchObject({ slug: 'cart-empty' })
    const other = await makeShop(services)
    expect(await problem(placeOrder(other.buyer, wish))).toMatchObject({ slug: 'not-found' })
    expect(await problem(getCart(other.buyer, cart.id))).toMatchObject({ slug: 'not-found' })
  })
})

test('100 buyers of 10 copies get 10 orders; the rest are told the product and pay nothing', async () => {
  const own = await makeShop(services)
  const productId = await own.product(undefined, 10)
  const carts = await Promise.all(
    Array.from({ length: 100 }, () => createCart(own.buyer, { items: [{ productId, quantity: 1 }] })),
  )
  const ends = await Promise.allSettled(
    carts.map((cart, nth) =>
      placeOrder(own.buyer, {
        cartId: cart.id,
        email: `buyer-${nth}@example.com`,
        name: 'A',
        locale: 'en',
        expectedTotal: cart.total,
      }),
    ),
  )
  const placed = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value.order] : []))
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as DomainError] : []))
  expect(placed).toHaveLength(10)
  expect(new Set(refused.map(({ slug }) => slug))).toEqual(new Set(['sold-out']))
  expect(refused[0]?.fields).toMatchObject({ productId, left: 0 })
  expect(refused[0]?.fields['product']).toMatch(/^دليل/)
  for (const order of placed) await own.act(order, { action: 'pay' })
  await Promise.all(placed.map((order) => confirmPayment(own.buyer, { orderId: order.id })))
  const [written] = await own.query<{ orders: bigint; payments: bigint }>(
    sql`SELECT (SELECT count(*) FROM orders WHERE workspace_id = ${own.workspaceId}) AS orders,
          (SELECT count(*) FROM payments WHERE workspace_id = ${own.workspaceId}) AS payments`,
  )
  expect(written).toEqual({ orders: 10n, payments: 10n })
  expect((await getProduct(own.ctx, productId)).stock).toMatchObject({ sold: 10, reserved: 0 })
  expect((await own.balances())['1150.test SAR']).toBe(115000n)
})

describe('a payment', () => {
  test('that was declined can be tried again, once', async () => {
    const productId = await shop.product()
    const { order, key } = await shop.order([{ productId }])
    await shop.act(order, { action: 'decline' })
    await confirmReturn(shop.buyer, order.id, key)
    expect(await getOrderByKey(shop.buyer, order.id, key)).toMatchObject({
      status: 'pending',
      payment: { status: 'declined', declineReason: 'declined' },
    })
    const tries = await Promise.all([1, 2, 3].map(() => retryPayment(shop.buyer, { orderId: order.id, key })))
    expect(new Set(tries.map(({ id }) => id)).size).toBe(1)
    await shop.act({ ...order, payment: tries[0] ?? null }, { action: 'pay' })
    await confirmReturn(shop.buyer, order.id, key)
    const paid = await getOrderByKey(shop.buyer, order.id, key)
    expect(paid).toMatchObject({ status: 'paid', payment: { id: tries[0]?.id } })
    expect(await problem(retryPayment(shop.buyer, { orderId: order.id, key }))).toMatchObject({
      slug: 'order-not-payable',
    })
  })

  test('of another amount is not taken, and the seller sees it', async () => {
    const productId = await shop.product()
    const { order } = await shop.order([{ productId }])
    await shop.act(order, { action: 'pay', amountMinor: '1' })
    expect(await confirmPayment(shop.buyer, { orderId: order.id })).toEqual(['mismatch'])
    const story = await getOrder(shop.ctx, order.id)
    expect(story.status).toBe('pending')
    expect(story.timeline.map(({ kind }) => kind)).toContain('payment-mismatch')
    expect(await paidEvents(order.id)).toBe(0n)
  })

  test('that settles later keeps its stock until it does', async () => {
    const own = await makeShop(services)
    const productId = await own.product(undefined, 1)
    const { order } = await own.order([{ productId }])
    await own.act(order, { action: 'delay', settleSeconds: 3600 })
    expect(await confirmPayment(own.buyer, { orderId: order.id })).toEqual(['process'])
    clock.advance(40 * 60_000)
    await sweepStore(own.buyer)
    expect(await getOrder(own.ctx, order.id)).toMatchObject({
      status: 'pending',
      payment: { status: 'processing' },
    })
    clock.advance(30 * 60_000)
    await sweepStore(own.buyer)
    expect(await getOrder(own.ctx, order.id)).toMatchObject({ status: 'paid' })
    expect((await getProduct(own.ctx, productId)).stock).toMatchObject({ sold: 1, reserved: 0 })
  })

  test('for somebody without the order’s key cannot be tried or confirmed', async () => {
    const productId = await shop.product()
    const { order } = await shop.order([{ productId }])
    expect(await problem(retryPayment(shop.buyer, { orderId: order.id, key: 'x'.repeat(32) }))).toMatchObject(
      { slug: 'not-found' },
    )
    expect(await problem(confirmReturn(shop.buyer, order.id, ''))).toMatchObject({ slug: 'not-found' })
    expect(await problem(getOrderByKey(shop.buyer, order.id, 'wrong'))).toMatchObject({ slug: 'not-found' })
  })
})

describe('an order that is not paid in time', () => {
  test('waits a day for a provider that has lost its payment, and then gives its stock back', async () => {
    const own = await makeShop(services)
    const productId = await own.product([fixed('11500')], 1)
    const { order } = await own.order([{ productId }])
    await own.query(
      sql`UPDATE payments SET provider_reference = ${services.ids.next()}
          WHERE workspace_id = ${own.workspaceId} AND order_id = ${order.id}`,
    )
    clock.advance(31 * 60_000)
    await sweepStore(own.ctx)
    expect((await getOrder(own.ctx, order.id)).status).toBe('pending')
    expect((await getProduct(own.ctx, productId)).stock?.left).toBe(0)
    clock.advance(24 * 3_600_000)
    await sweepStore(own.ctx)
    expect((await getOrder(own.ctx, order.id)).status).toBe('cancelled')
    expect((await getProduct(own.ctx, productId)).stock?.left).toBe(1)
    await own.order([{ productId }])
  })

  test('gives its stock back; the provider was asked first', async () => {
    const own = await makeShop(services)
    const productId = await own.product(undefined, 2)
    const late = await own.order([{ productId }])
    const paid = await own.order([{ productId }])
    await own.act(paid.order, { action: 'pay' })
    clock.advance(31 * 60_000)
    await sweepStore(own.buyer)
    expect(await getOrder(own.ctx, late.order.id)).toMatchObject({
      status: 'cancelled',
      payment: { status: 'cancelled' },
    })
    expect(await getOrder(own.ctx, paid.order.id)).toMatchObject({ status: 'paid' })
    expect((await getProduct(own.ctx, productId)).stock).toMatchObject({ sold: 1, reserved: 0 })
  })

  test('is sold after all when money comes late and a copy is there', async () => {
    const own = await makeShop(services)
    const productId = await own.product(undefined, 1)
    const { order } = await own.order([{ productId }])
    clock.advance(31 * 60_000)
    await sweepStore(own.buyer)
    expect(await getOrder(own.ctx, order.id)).toMatchObject({ status: 'cancelled', cancelReason: 'expired' })
    await own.act(order, { action: 'pay' })
    expect(await confirmPayment(own.buyer, { orderId: order.id })).toEqual(['capture'])
    expect(await getOrder(own.ctx, order.id)).toMatchObject({
      status: 'paid',
      cancelledAt: null,
      cancelReason: null,
    })
    expect((await getProduct(own.ctx, productId)).stock).toMatchObject({ sold: 1, reserved: 0 })
  })

  test('is not sold any more once the seller has cancelled it: the money goes back', async () => {
    const own = await makeShop(services)
    const productId = await own.product(undefined, 1)
    const { order, key } = await own.order([{ productId }])
    await cancelOrder(own.ctx, order.id)
    await expect(retryPayment(own.buyer, { orderId: order.id, key })).rejects.toMatchObject({
      slug: 'order-not-payable',
      fields: { status: 'cancelled' },
    })
    await own.act(order, { action: 'pay' })
    expect(await confirmPayment(own.buyer, { orderId: order.id })).toEqual(['capture'])
    await services.drain()
    expect(await getOrder(own.ctx, order.id)).toMatchObject({
      status: 'cancelled',
      cancelReason: 'seller',
      refunds: [{ kind: 'surplus', status: 'done' }],
    })
    expect(await paidEvents(order.id)).toBe(0n)
    expect((await getProduct(own.ctx, productId)).stock).toMatchObject({ sold: 0, reserved: 0 })
    expect(await own.balances()).toEqual({})
  })

  test('gives late money back when no copy is left', async () => {
    const own = await makeShop(services)
    const productId = await own.product(undefined, 1)
    const first = await own.order([{ productId }])
    clock.advance(31 * 60_000)
    await sweepStore(own.buyer)
    const second = await own.order([{ productId }])
    await own.act(second.order, { action: 'pay' })
    await confirmPayment(own.buyer, { orderId: second.order.id })
    await own.act(first.order, { action: 'pay' })
    expect(await confirmPayment(own.buyer, { orderId: first.order.id })).toEqual(['capture'])
    await services.drain()
    const story = await getOrder(own.ctx, first.order.id)
    expect(story).toMatchObject({
      status: 'cancelled',
      refunds: [{ kind: 'surplus', status: 'done', reason: 'late' }],
    })
    expect(await paidEvents(first.order.id)).toBe(0n)
    expect(await own.balances()).toEqual({ '1150.test SAR': 11500n, '2200 SAR': -1500n, '4000 SAR': -10000n })
  })

  test('gives the second payment of an order back', async () => {
    const own = await makeShop(services)
    const productId = await own.product()
    const { order, key } = await own.order([{ productId }])
    await own.act(order, { action: 'delay', settleSeconds: 60 })
    await own.query(
      sql`UPDATE payments SET status = 'declined' WHERE workspace_id = ${own.workspaceId} AND id = ${order.payment?.id ?? ''}`,
    )
    const again = await retryPayment(own.buyer, { orderId: order.id, key })
    await own.act({ ...order, payment: again }, { action: 'pay' })
    await confirmPayment(own.buyer, { paymentId: again.id })
    clock.advance(61_000)
    expect(await confirmPayment(own.buyer, { paymentId: order.payment?.id ?? '' })).toEqual(['capture'])
    await services.drain()
    expect(await getOrder(own.ctx, order.id)).toMatchObject({
      status: 'paid',
      refunded: { amount: '0' },
      refunds: [{ kind: 'surplus', status: 'done', reason: 'paid-twice' }],
    })
    expect((await own.balances())['1150.test SAR']).toBe(11500n)
  })
})

describe('the sweeper', () => {
  const faulty = (own: Shop, call: 'start' | 'fetch' | 'refund', times = 1) =>
    own.app.request('/api/v1/test-provider/faults', {
      method: 'POST',
      headers: own.headers,
      body: JSON.stringify({ call, times }),
    })

  test('goes on with a payment whose start was booked, but whose answer was lost', async () => {
    const own = await makeShop(services)
    const productId = await own.product()
    expect((await faulty(own, 'start')).status).toBe(204)
    expect(await problem(own.order([{ productId }]))).toMatchObject({
      slug: 'provider-unavailable',
      status: 502,
    })
    const [stuck] = await own.query<{ id: string; status: string }>(
      sql`SELECT id, status FROM payments WHERE workspace_id = ${own.workspaceId}`,
    )
    expect(stuck?.status).toBe('created')
    clock.advance(61_000)
    await sweepStore(own.buyer)
    const [found] = await own.query<{ status: string; reference: string }>(
      sql`SELECT status, provider_reference AS reference FROM payments WHERE workspace_id = ${own.workspaceId}`,
    )
    expect(found?.status).toBe('started')
    const [books] = await own.query<{ count: bigint; id: string }>(
      sql`SELECT count(*), min(id::text) AS id FROM test_payments WHERE workspace_id = ${own.workspaceId}`,
    )
    expect(books).toEqual({ count: 1n, id: found?.reference })
  })

  test('settles what nobody told it, also when the provider first fails', async () => {
    const own = await makeShop(services)
    const productId = await own.product()
    const { order } = await own.order([{ productId }])
    await own.act(order, { action: 'pay', delivery: 'lost' })
    await faulty(own, 'fetch')
    clock.advance(61_000)
    await sweepStore(own.buyer)
    expect(await getOrder(own.ctx, order.id)).toMatchObject({ status: 'pending' })
    clock.advance(61_000)
    await sweepStore(own.buyer)
    expect(await getOrder(own.ctx, order.id)).toMatchObject({ status: 'paid' })
  })

  test('asks no more about what is settled', async () => {
    const own = await makeShop(services)
    const productId = await own.product()
    const { order } = await own.order([{ productId }])
    await own.act(order, { action: 'cancel' })
    clock.advance(31 * 60_000)
    await sweepStore(own.buyer)
    await sweepStore(own.buyer)
    clock.advance(24 * 3_600_000)
    expect(await sweepStore(own.buyer)).toEqual({ payments: 0, refunds: 0, orders: 0 })
    expect(await getOrder(own.ctx, order.id)).toMatchObject({ status: 'cancelled' })
  })
})
