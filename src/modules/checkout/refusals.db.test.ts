import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'
import { unpublishProduct } from '../catalog/index.ts'
import { cancelOrder, confirmPayment, createCart, type PlacedOrder } from './index.ts'

let services: TestServices
let shop: Shop

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
})

type Refusal = { status: number; type: string; detail: string }

async function post(path: string, body: object, language: string, headers = {}): Promise<Refusal> {
  const answer = await shop.app.request(`/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': language,
      'idempotency-key': services.ids.next(),
      ...headers,
    },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Refusal
}

const placing = (cartId: string, amount: string) => ({
  cartId,
  email: 'buyer@example.com',
  name: 'Layan',
  locale: 'ar',
  expectedTotal: { amount, currency: 'SAR' },
})

describe('an order is refused', () => {
  test('for a product that was withdrawn, by its name, in the API and in the cart', async () => {
    const productId = await shop.product([fixed('1150')])
    const cart = await createCart(shop.buyer, { currency: 'SAR', items: [{ productId, quantity: 1 }] })
    const title = cart.lines[0]?.title
    await unpublishProduct(shop.ctx, productId)
    for (const language of ['ar', 'en'] as const) {
      const refused = await post(`/stores/${shop.slug}/orders`, placing(cart.id, '1150'), language)
      expect(refused.detail).toContain(title?.[language])
    }
    const headers = { cookie: '', 'content-type': 'application/x-www-form-urlencoded' }
    const form = new URLSearchParams({
      cart: cart.id,
      total: '1150',
      currency: 'SAR',
      email: 'buyer@example.com',
      name: 'Layan',
    })
    const answer = await shop.app.request(`/en/${shop.slug}/-/checkout`, {
      method: 'POST',
      headers,
      body: form,
    })
    expect(answer.headers.get('location')).toMatch(/\?did=unavailable$/)
  })

  test('with money in the reader’s language, not in that of the order', async () => {
    const productId = await shop.product([fixed('1150')])
    const cart = await createCart(shop.buyer, { currency: 'SAR', items: [{ productId, quantity: 1 }] })
    const english = await post(`/stores/${shop.slug}/orders`, placing(cart.id, '1'), 'en')
    expect(english.detail).toMatch(/SAR\s*11\.50/)
    expect(english.detail).not.toMatch(/\p{Script=Arabic}/u)
    const arabic = await post(`/stores/${shop.slug}/orders`, placing(cart.id, '1'), 'ar')
    expect(arabic.detail).toMatch(/11[.٫]50/)
    expect(arabic.detail).not.toContain('SAR')
  })
})

describe('another payment is refused with what is true', () => {
  const retry = ({ order, key }: PlacedOrder, language: string) =>
    post(`/stores/${shop.slug}/orders/${order.id}/payments?key=${key}`, {}, language)
  const cases: [string, (placed: PlacedOrder) => Promise<void>, RegExp, RegExp][] = [
    [
      'while one is being processed',
      async ({ order }) => shop.act(order, { action: 'delay', settleSeconds: 60 }),
      /being processed/,
      /قيد المعالجة/,
    ],
    [
      'while another amount is looked into',
      async ({ order }) => shop.act(order, { action: 'pay', amountMinor: '900' }),
      /Another amount/,
      /غير مبلغ الطلب/,
    ],
    ['once it is cancelled', async ({ order }) => cancelOrder(shop.ctx, order.id), /was cancelled/, /أُلغي/],
    ['once it is paid', async ({ order }) => shop.act(order, { action: 'pay' }), /paid already/, /مدفوع/],
  ]
  test.each(cases)('%s', async (_when, happen, english, arabic) => {
    const placed = await shop.order([{ productId: await shop.product([fixed('1150')]) }])
    await happen(placed)
    await confirmPayment(shop.buyer, { orderId: placed.order.id })
    expect((await retry(placed, 'en')).detail).toMatch(english)
    expect((await retry(placed, 'ar')).detail).toMatch(arabic)
  })
})

test('a refund of an order that is not paid is refused for that, and one that is too large with its currency', async () => {
  const unpaid = await shop.order([{ productId: await shop.product([fixed('1150')]) }])
  const refund = (id: string, body: object) => post(`/orders/${id}/refunds`, body, 'en', shop.headers)
  expect((await refund(unpaid.order.id, { reason: '' })).type).toMatch(/order-not-paid$/)
  const free = await shop.order([{ productId: await shop.product([{ mode: 'free', currency: 'SAR' }]) }])
  expect((await refund(free.order.id, { reason: '' })).detail).toMatch(/SAR\s*0\.00/)
})

test('the same key starts another payment once', async () => {
  const placed = await shop.order([{ productId: await shop.product([fixed('1150')]) }])
  await shop.act(placed.order, { action: 'decline' })
  await confirmPayment(shop.buyer, { orderId: placed.order.id })
  const path = `/stores/${shop.slug}/orders/${placed.order.id}/payments?key=${placed.key}`
  const again = async () =>
    (await post(path, {}, 'en', { 'idempotency-key': 'k' })) as unknown as { id: string }
  const first = await again()
  await shop.act(
    { ...placed.order, payment: { ...placed.order.payment, ...first } as never },
    { action: 'decline' },
  )
  await confirmPayment(shop.buyer, { orderId: placed.order.id })
  expect((await again()).id).toBe(first.id)
  expect(first.id).not.toBe(placed.order.payment?.id)
  const other = await post(path, { provider: 'test' }, 'en', { 'idempotency-key': 'k' })
  expect(other.type).toMatch(/idempotency-key-reuse$/)
})
