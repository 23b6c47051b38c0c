import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'

/** Asks the API as the owner of the store. @throws with what the server says when that is no success */
export type Send = <Answer>(method: string, path: string, body?: object | string) => Promise<Answer>

type Made = { id: string }

/** Signs the owner in, without a screen. */
export async function sendAs(
  browser: Browser,
  url: string,
  owner: { email: string; password: string },
): Promise<Send> {
  const { request } = await browser.newContext({ locale: 'en' })
  const send: Send = async <Answer>(method: string, path: string, body?: object | string) => {
    const answer = await request.fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        origin: url,
        'idempotency-key': randomUUID(),
        'content-type':
          typeof body === 'string' ? 'text/csv' : body instanceof Buffer ? 'image/jpeg' : 'application/json',
      },
      ...(body === undefined ? {} : { data: body }),
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    const text = await answer.text()
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }
  await send('POST', '/auth/sign-in', owner)
  return send
}

const money = (amount: number) => ({ amount: String(amount), currency: 'KWD' })
const month = '2026-01'
const file = `Date,Kind,Description,Amount,Currency,Fee,Payer,ID
2026-01-05,sale,دليل القوالب,40.00,KWD,4.00,سلمى,U-1
2026-01-06,refund,دليل القوالب,40.00,KWD,4.00,سلمى,U-1
`

/** Gives the screens that a first sale leaves empty something to show; every name is one that walk-screens.ts knows. */
export async function fillScreens(send: Send): Promise<void> {
  await send('POST', '/webhook-endpoints', { url: 'https://hooks.example.com/rafid' })
  const { id: streamId } = await send<Made>('POST', '/streams', {
    kind: 'service',
    name: 'دليل الخدمات',
    currency: 'KWD',
  })
  await send('POST', `/streams/${streamId}/entries`, {
    kind: 'income',
    amount: money(125_000),
    on: `${month}-15`,
    note: 'دليل يناير',
  })
  await send('PUT', '/living-costs', {
    items: [{ step: 'roof', label: 'سكن سلمى', amount: money(300_000) }],
  })
  await send('POST', `/stream-imports?name=${encodeURIComponent('دليل.csv')}`, file)
  const { id: planId } = await send<Made>('POST', '/plans', {
    name: 'دليل السنة',
    currency: 'KWD',
    firstMonth: month,
    months: 12,
    money: money(500_000),
    monthlyMoney: money(20_000),
    hoursPerMonth: 40,
    hourlyWage: money(4_000),
    taxShare: 0,
    rates: [{ currency: 'USD', rate: 0.307 }],
    ladder: [{ name: 'سكن سلمى', amount: money(300_000) }],
    streams: [
      {
        key: 'guides',
        name: 'دليل رقمي',
        model: 'digital-product',
        currency: 'KWD',
        startMonth: 0,
        outlay: money(100_000),
        monthlyCost: money(5_000),
        buildHours: 80,
        upkeepHours: 6,
        feeShare: 0.05,
      },
    ],
  })
  await send('POST', `/plans/${planId}/projections`, { seed: 27, paths: 500 })
}

/** The addresses of the products that `fillShelf` puts up. */
export type Shelf = Record<'long' | 'free' | 'soldOut', string>

const long = {
  ar: 'دليل الميزانية المنزلية الكامل لمن يعمل بالقطعة ولا يعرف دخله في الشهر القادم، مع جداول ExtraordinarilyLongSpreadsheetName',
  en: 'The complete home budget guide for those who work by the piece and do not know what next month brings, with tables',
}
const words = {
  ar: '## ما فيه\n\n- جدول [للمصاريف](https://example.com)\n- `=SUM(A1:A9)`\n\n> كلمة طويلة',
  en: '## What is in it\n\n- A [table](https://example.com)\n- `=SUM(A1:A9)`\n\n> A quotation',
}

/**
 * Puts up what is hard on a page: a cover, a very long name, a price to choose, something free, something that is sold out. The
 * store sells in `currency` and has a file.
 */
export async function fillShelf(send: Send, currency = 'KWD'): Promise<Shelf> {
  const price = (amount: number) => ({ ...money(amount), currency })
  const { items } = await send<{ items: Made[] }>('GET', '/files?limit=1')
  const fileId = items[0]?.id
  const jpeg = await sharp({
    create: { width: 1200, height: 600, channels: 3, background: { r: 138, g: 47, b: 29 } },
  })
    .jpeg()
    .toBuffer()
  const picture = await send<Made>('POST', '/files?name=cover.jpg', jpeg)
  await send('PUT', '/store/cover', { fileId: picture.id })
  const put = async (product: object) => {
    const { id, slug } = await send<Made & { slug: string }>('POST', '/products', product)
    const version = await send<Made>('POST', `/products/${id}/versions`, { fileIds: [fileId] })
    await send('POST', `/products/${id}/versions/${version.id}/publish`, {})
    await send('POST', `/products/${id}/publish`)
    return { id, slug }
  }
  const first = await put({
    title: long,
    summary: long,
    description: words,
    forWhom: words,
    refundPolicy: words,
    faq: [{ question: long, answer: words }],
    prices: [{ mode: 'chosen', minimum: price(2_000), suggested: price(5_000) }],
  })
  await send('POST', `/products/${first.id}/pictures`, { fileId: picture.id })
  const free = await put({
    title: { ar: 'دليل مجاني', en: 'A free guide' },
    prices: [{ mode: 'free', currency }],
  })
  const soldOut = await put({
    title: { ar: 'دليل نفد', en: '' },
    prices: [{ mode: 'fixed', price: price(9_000) }],
    stockLimit: 0,
  })
  await untilCovered(send)
  return { long: first.slug, free: free.slug, soldOut: soldOut.slug }
}

/** The sizes of a picture are made in the background. */
async function untilCovered(send: Send): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const { cover } = await send<{ cover: { status: string } | null }>('GET', '/store')
    if (cover?.status === 'ready') return
    if (performance.now() > deadline) throw new Error(`the cover is ${cover?.status ?? 'not there'}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
