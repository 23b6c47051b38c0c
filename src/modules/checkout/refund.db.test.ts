import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember } from '../../../test/support/workspace.ts'
import { DomainError } from '../../platform/errors.ts'
import { confirmPayment, getDocument, getOrder, refundOrder, type Order } from './index.ts'
import { sweepStore } from './operations/sweep-payments.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'

let services: TestServices
let shop: Shop
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock })
  shop = await makeShop(services)
})

async function paidOrder(own: Shop, prices: string[]): Promise<Order> {
  const products = await Promise.all(prices.map((price) => own.product([fixed(price)])))
  const { order } = await own.order(products.map((productId, nth) => ({ productId, quantity: nth + 1 })))
  await own.act(order, { action: 'pay' })
  await confirmPayment(own.buyer, { orderId: order.id })
  return order
}

const sar = (amount: number | bigint) => ({ amount: String(amount), currency: 'SAR' as const })

async function slugOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof DomainError) return error.slug
    throw error
  }
  return 'nothing'
}

const fault = (own: Shop, call: 'refund', times = 1) =>
  own.app.request('/api/v1/test-provider/faults', {
    method: 'POST',
    headers: own.headers,
    body: JSON.stringify({ call, times }),
  })

const refundEvents = async (orderId: string) => {
  const { rows } = await services.database.pool.query<{ input: unknown }>(
    `SELECT input FROM (
       SELECT id, payload::jsonb AS input FROM pgboss.event WHERE name = 'order.refunded'
       UNION ALL SELECT j.id, i.input FROM pgboss.job j, jsonb_array_elements(j.data->'inputs') i(input)
       WHERE j.name = 'issue-credit-note'
     ) published WHERE input->>'orderId' = $1 ORDER BY id`,
    [orderId],
  )
  return rows.map(({ input }) => input)
}

describe('a refund', () => {
  test('of the whole order reverses the sale to the last unit', async () => {
    const own = await makeShop(services)
    const order = await paidOrder(own, ['999', '1001'])
    const refund = await refundOrder(own.ctx, order.id, { reason: 'لم يعجبه' })
    expect(refund).toMatchObject({ status: 'done', total: order.total, tax: order.tax, net: order.net })
    expect(await own.balances()).toEqual({})
    expect(await getOrder(own.ctx, order.id)).toMatchObject({ status: 'refunded', refunded: order.total })
    expect(await refundEvents(order.id)).toMatchObject([
      {
        whole: true,
        lines: [
          { line: 1, whole: true },
          { line: 2, whole: true },
        ],
      },
    ])
    expect(await slugOf(refundOrder(own.ctx, order.id, { reason: '' }))).toBe('refund-too-much')
  })

  test('of a line leaves the others, and says which line is whole', async () => {
    const order = await paidOrder(shop, ['1150', '2300'])
    await refundOrder(shop.ctx, order.id, { lines: [{ line: 2, amount: sar(1000) }], reason: '' })
    await refundOrder(shop.ctx, order.id, { lines: [{ line: 2 }], reason: '' })
    expect(await refundEvents(order.id)).toMatchObject([
      { whole: false, lines: [{ line: 2, totalMinor: '1000', whole: false }] },
      { whole: false, lines: [{ line: 2, totalMinor: '3600', whole: true }] },
    ])
    expect(await getOrder(shop.ctx, order.id)).toMatchObject({
      status: 'partially-refunded',
      refunded: { amount: '4600' },
    })
  })

  test('is refused for more than is left, another currency, an unknown line, and an unpaid order', async () => {
    const order = await paidOrder(shop, ['1150'])
    const reason = ''
    expect(await slugOf(refundOrder(shop.ctx, order.id, { amount: sar(1151), reason }))).toBe(
      'refund-too-much',
    )
    expect(
      await slugOf(refundOrder(shop.ctx, order.id, { amount: { amount: '1', currency: 'KWD' }, reason })),
    ).toBe('currency-mismatch')
    expect(await slugOf(refundOrder(shop.ctx, order.id, { lines: [{ line: 7 }], reason }))).toBe('not-found')
    const productId = await shop.product()
    const unpaid = await shop.order([{ productId }])
    expect(await slugOf(refundOrder(shop.ctx, unpaid.order.id, { reason }))).toBe('order-not-paid')
  })

  test('needs the right, and the order’s own workspace', async () => {
    const order = await paidOrder(shop, ['1150'])
    const support = await makeMember(services, shop.workspaceId, { role: 'support' })
    expect(await slugOf(refundOrder(support.ctx, order.id, { reason: '' }))).toBe('not-allowed')
    expect(await slugOf(refundOrder(shop.buyer, order.id, { reason: '' }))).toBe('not-signed-in')
    const other = await makeShop(services)
    expect(await slugOf(refundOrder(other.ctx, order.id, { reason: '' }))).toBe('not-found')
  })

  test('under one key happens once', async () => {
    const order = await paidOrder(shop, ['1150'])
    const wish = { amount: sar(100), reason: '', idempotencyKey: 'once' }
    const refunds = await Promise.all([1, 2, 3, 4].map(() => refundOrder(shop.ctx, order.id, wish)))
    expect(new Set(refunds.map(({ id }) => id)).size).toBe(1)
    expect(await getOrder(shop.ctx, order.id)).toMatchObject({ refunded: { amount: '100' } })
    expect(await slugOf(refundOrder(shop.ctx, order.id, { ...wish, amount: sar(101) }))).toBe(
      'idempotency-key-reuse',
    )
  })
})

test('refunds at once never give back more than was paid', async () => {
  const own = await makeShop(services)
  const order = await paidOrder(own, ['1000'])
  const ends = await Promise.allSettled(
    Array.from({ length: 10 }, () => refundOrder(own.ctx, order.id, { amount: sar(300), reason: '' })),
  )
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as DomainError] : []))
  expect(refused.map(({ slug }) => slug)).toEqual(Array.from({ length: 7 }, () => 'refund-too-much'))
  const [books] = await own.query<{ refunded: bigint }>(
    sql`SELECT refunded_minor AS refunded FROM test_payments WHERE workspace_id = ${own.workspaceId}`,
  )
  expect(books).toEqual({ refunded: 900n })
  expect((await own.balances())['1150.test SAR']).toBe(100n)
})

describe('a refund that stops midway', () => {
  test('after the provider has given the money back is finished once by the sweeper', async () => {
    const own = await makeShop(services)
    const order = await paidOrder(own, ['1150'])
    await fault(own, 'refund')
    const refund = await refundOrder(own.ctx, order.id, { reason: '' })
    expect(refund.status).toBe('pending')
    expect((await own.balances())['1150.test SAR']).toBe(1150n)
    clock.advance(61_000)
    await sweepStore(own.buyer)
    expect((await getOrder(own.ctx, order.id)).refunds).toMatchObject([{ status: 'done' }])
    expect(await own.balances()).toEqual({})
    const [books] = await own.query<{ refunded: bigint; count: bigint }>(
      sql`SELECT sum(amount_minor)::int8 AS refunded, count(*) FROM test_refunds WHERE workspace_id = ${own.workspaceId}`,
    )
    expect(books).toEqual({ refunded: 1150n, count: 1n })
  })

  test('because the provider refuses it gives the lines their amounts back', async () => {
    const own = await makeShop(services)
    const order = await paidOrder(own, ['1150', '10'])
    await own.query(
      sql`UPDATE test_payments SET refunded_minor = amount_minor WHERE workspace_id = ${own.workspaceId}`,
    )
    const refund = await refundOrder(own.ctx, order.id, { reason: '' })
    expect(refund).toMatchObject({ status: 'failed', failedReason: 'not-refundable' })
    const story = await getOrder(own.ctx, order.id)
    expect(story).toMatchObject({ status: 'paid', refunded: { amount: '0' } })
    expect(story.lines.map(({ refunded }) => refunded.amount)).toEqual(['0', '0'])
    expect(await refundEvents(order.id)).toEqual([])
  })
})

test('any way of giving an order back in parts ends with every account at zero', async () => {
  const parts = fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 4 })
  const price = fc.integer({ min: 1, max: 99_999 }).map(String)
  await fc.assert(
    fc.asyncProperty(fc.array(price, { minLength: 1, maxLength: 3 }), parts, async (prices, cuts) => {
      const own = await makeShop(services)
      const order = await paidOrder(own, prices)
      let left = BigInt(order.total.amount)
      for (const cut of cuts) {
        const amount = (left * BigInt(cut)) / 1000n
        if (amount === 0n) continue
        await refundOrder(own.ctx, order.id, { amount: sar(amount), reason: '' })
        left -= amount
      }
      await refundOrder(own.ctx, order.id, { reason: '' })
      expect(await own.balances()).toEqual({})
      expect(await getOrder(own.ctx, order.id)).toMatchObject({ status: 'refunded' })
    }),
    { numRuns: 12 },
  )
})

describe('papers', () => {
  test('are numbered without gaps, one per order and refund, however often the jobs run', async () => {
    const own = await makeShop(services)
    const orders = []
    for (const price of ['1150', '2300', '345']) orders.push(await paidOrder(own, [price]))
    await services.drain()
    await refundOrder(own.ctx, orders[1]?.id ?? '', { amount: sar(1000), reason: 'جزء' })
    await refundOrder(own.ctx, orders[0]?.id ?? '', { reason: '' })
    await services.drain()
    const numbers = await own.query<{ kind: string; number: number }>(
      sql`SELECT kind, number FROM documents WHERE workspace_id = ${own.workspaceId} ORDER BY kind, number`,
    )
    expect(numbers).toEqual([
      { kind: 'credit-note', number: 1 },
      { kind: 'credit-note', number: 2 },
      { kind: 'invoice', number: 1 },
      { kind: 'invoice', number: 2 },
      { kind: 'invoice', number: 3 },
    ])
    const { documents } = await getOrder(own.ctx, orders[1]?.id ?? '')
    const year = String(clock.now().getUTCFullYear())
    expect(documents.map(({ number }) => number)).toEqual([`INV-${year}-00002`, `CN-${year}-00001`])
    for (const document of documents) {
      const which = { orderId: orders[1]?.id ?? '', documentId: document.id }
      const first = await getDocument(own.ctx, which)
      expect(Buffer.from(first.bytes).subarray(0, 5).toString()).toBe('%PDF-')
      expect(Buffer.from((await getDocument(own.ctx, which)).bytes).equals(Buffer.from(first.bytes))).toBe(
        true,
      )
    }
  })

  test('stay without gaps when many orders are invoiced at once', async () => {
    const own = await makeShop(services)
    const orders = await Promise.all(Array.from({ length: 8 }, () => paidOrder(own, ['1150'])))
    await Promise.all(orders.map(({ id }) => getDocument(own.ctx, { orderId: id, documentId: 'invoice' })))
    await services.drain()
    const numbers = await own.query<{ number: number }>(
      sql`SELECT number FROM documents WHERE workspace_id = ${own.workspaceId} ORDER BY number`,
    )
    expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('reach the buyer once as a receipt in their language, and once as a notice of the refund', async () => {
    const own = await makeShop(services)
    const order = await paidOrder(own, ['1150'])
    await services.drain()
    await services.drain()
    await refundOrder(own.ctx, order.id, { reason: '' })
    await services.drain()
    const mails = await own.query<{ kind: string; locale: string; to: string; html: string }>(
      sql`SELECT kind, locale, to_email AS to, html FROM messages WHERE workspace_id = ${own.workspaceId} ORDER BY id`,
    )
    expect(mails.map(({ kind, locale, to }) => [kind, locale, to])).toEqual([
      ['receipt', 'ar', 'buyer@example.com'],
      ['refund', 'ar', 'buyer@example.com'],
    ])
    expect(mails[0]?.html).toContain(`/-/orders/${order.id}?key=`)
  })

  test('of two refunds are linked each from its own notice', async () => {
    const own = await makeShop(services)
    const order = await paidOrder(own, ['1150'])
    await services.drain()
    for (const amount of [100, 200]) await refundOrder(own.ctx, order.id, { amount: sar(amount), reason: '' })
    await services.drain()
    const mails = await own.query<{ text: string }>(
      sql`SELECT text FROM messages WHERE workspace_id = ${own.workspaceId} AND kind = 'refund' ORDER BY id`,
    )
    const papers = await own.query<{ id: string; amount: string }>(
      sql`SELECT d.id, r.total_minor::text AS amount FROM documents d JOIN refunds r ON r.id = d.refund_id
          WHERE d.workspace_id = ${own.workspaceId} AND d.kind = 'credit-note' ORDER BY r.id`,
    )
    expect(papers.map(({ amount }) => amount)).toEqual(['100', '200'])
    expect(mails.map(({ text }) => /documents\/([^?]+)\?key=/.exec(text)?.[1])).toEqual(
      papers.map(({ id }) => id),
    )
  })
})
