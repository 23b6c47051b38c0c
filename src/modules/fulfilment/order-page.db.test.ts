import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'
import { createApp } from '../../app.ts'
import type { MailTransport, SendOutcome } from '../../platform/mail/transport.ts'
import { cancelOrder, confirmPayment, type PlacedOrder } from '../checkout/index.ts'

let services: TestServices
let shop: Shop
let answer: SendOutcome = { outcome: 'sent' }
const mail: MailTransport = { send: () => Promise.resolve(answer), close: () => undefined }

beforeAll(async () => {
  services = await testServices({ mail })
  shop = await makeShop(services)
})

async function paid(own = shop): Promise<PlacedOrder> {
  const placed = await own.order([{ productId: await own.product([fixed('1150')]) }])
  await own.act(placed.order, { action: 'pay' })
  await confirmPayment(own.buyer, { orderId: placed.order.id })
  return placed
}

async function page({ url }: PlacedOrder, language = 'ar', app = shop.app): Promise<string> {
  const { pathname, search } = new URL(url)
  return (await app.request(pathname.replace('/ar/', `/${language}/`) + search)).text()
}

describe('the page of a paid order says of its mail', () => {
  test('that it is on its way, and that it went, once it did', async () => {
    answer = { outcome: 'sent' }
    const placed = await paid()
    expect(await page(placed)).toContain('الروابط والإيصال في طريقها إلى')
    await services.drain()
    expect(await page(placed)).toContain('أرسلنا الروابط والإيصال إلى')
    expect(await page(placed, 'en')).toContain('We sent the links and the receipt to')
  })

  test('that it may not have arrived, where the mail server refused it', async () => {
    answer = { outcome: 'refused', permanent: true, reason: 'no such box' }
    const placed = await paid()
    await services.drain()
    expect(await page(placed)).toContain('لم نتأكد من وصول الرسالة')
    expect(await page(placed, 'en')).not.toContain('on their way')
  })

  test('nothing that is not true where there is no mail server: neither here nor on the way here', async () => {
    const unsent = { ...services, mail: undefined }
    const own = await makeShop(unsent)
    const placed = await paid(own)
    for (const language of ['ar', 'en']) {
      const texts = [
        await page(placed, language, own.app),
        await (await own.app.request(`/${language}/${own.slug}/-/purchases`)).text(),
      ]
      for (const text of texts) {
        expect(text).toContain(
          language === 'ar' ? 'البريد بعد' : /its mail yet|send mail yet/.exec(text)?.[0],
        )
        expect(text).not.toMatch(/on their way|on its way|في طريقها|أرسلنا/)
      }
      expect(texts[1]).not.toContain('name="email"')
    }
    expect(await (await createApp(services).request(`/ar/${own.slug}/-/purchases`)).text()).toContain(
      'name="email"',
    )
  })
})

test('the page of an order that cost nothing offers its receipt, and does not wait for an invoice', async () => {
  const placed = await shop.order([{ productId: await shop.product([{ mode: 'free', currency: 'SAR' }]) }])
  expect(await page(placed)).toContain('نجهّز ملفاتك الآن')
  expect(await page(placed)).not.toContain('وصل الدفع')
  await services.drain()
  const text = await page(placed, 'en')
  expect(text).toContain(`/orders/${placed.order.id}/documents/receipt?key=`)
  expect(text).toContain('this order has no invoice')
  expect(text).not.toContain('being issued')
  const [mail] = await shop.query<{ text: string; html: string }>(
    sql`SELECT text, html FROM messages WHERE workspace_id = ${shop.workspaceId} AND related_id = ${placed.order.id}`,
  )
  expect(mail?.html).toContain('طلبك جاهز')
  expect(mail?.text).toContain('/documents/receipt?key=')
  expect(mail?.text).not.toMatch(/وصلتنا دفعتك|الفاتورة|دفعة تجريبية/)
})

test('the page of an order that was paid with another amount asks for no second payment', async () => {
  const placed = await shop.order([{ productId: await shop.product([fixed('1150')]) }])
  await shop.act(placed.order, { action: 'pay', amountMinor: '900' })
  await confirmPayment(shop.buyer, { orderId: placed.order.id })
  const text = await page(placed, 'en')
  expect(text).toContain('Another amount arrived')
  expect(text).not.toContain('/payments?')
})

test('the page of an order whose buyer went back from the payment does not blame the provider', async () => {
  const placed = await shop.order([{ productId: await shop.product([fixed('1150')]) }])
  await shop.act(placed.order, { action: 'cancel' })
  await confirmPayment(shop.buyer, { orderId: placed.order.id })
  const text = await page(placed, 'en')
  expect(text).toContain('The payment was cancelled')
  expect(text).toContain('/payments?')
  expect(text).not.toContain('did not accept')
  expect(await page(placed)).toContain('أُلغيت عملية الدفع')
})

test('the page of an order that the seller cancelled says so, and that money which came all the same goes back', async () => {
  const placed = await shop.order([{ productId: await shop.product([fixed('1150')]) }])
  await cancelOrder(shop.ctx, placed.order.id)
  expect(await page(placed, 'en')).toContain('The store cancelled this order')
  expect(await page(placed)).toContain('ألغى المتجر هذا الطلب')
  expect(await page(placed)).not.toContain('/payments?')
  await shop.act(placed.order, { action: 'pay' })
  await confirmPayment(shop.buyer, { orderId: placed.order.id })
  const text = await page(placed, 'en')
  expect(text).toContain('back the way it came')
  expect(text).not.toContain('Nothing was charged')
})
