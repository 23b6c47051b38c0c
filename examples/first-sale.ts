/**
 * From an empty server to the first sale and back, over HTTP alone:
 *
 *   node examples/first-sale.ts --url http://localhost:4010 --setup-link "$(cat data/setup-link)"
 *
 * Sets the server up, makes a product with a real PDF, buys it as a stranger, pays, downloads, compares the bytes,
 * fetches invoice and receipt, reads the books, refunds, and reads them again. Prints each step with its time and ends
 * with a status other than 0 on the first difference.
 */
import { createHash, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'

type Json = { [name: string]: unknown }
type Money = { amount: string; currency: string }
type Call = {
  method?: string
  token?: string
  body?: unknown
  form?: Record<string, string>
  headers?: Record<string, string>
}

const { values: options } = parseArgs({
  options: { url: { type: 'string', default: 'http://localhost:4010' }, 'setup-link': { type: 'string' } },
})
const server = options.url.replace(/\/$/, '')
const currency = 'KWD'
const price: Money = { amount: '4500', currency }

let done = 0
let began = performance.now()

/** Prints what was done and how long it took. */
function step(what: string): void {
  const now = performance.now()
  done += 1
  console.log(`${String(done).padStart(2)}. ${what} (${Math.round(now - began)} ms)`)
  began = performance.now()
}

/** Ends the program when something is not as it must be. */
function expect(condition: boolean, what: string, seen?: unknown): asserts condition {
  if (condition) return
  console.error(`\nNot as expected: ${what}`, seen ?? '')
  process.exit(1)
}

async function request(path: string, call: Call = {}): Promise<Response> {
  const headers: Record<string, string> = { ...call.headers }
  if (call.token !== undefined) headers['authorization'] = `Bearer ${call.token}`
  let body: string | undefined
  if (call.body !== undefined) {
    headers['content-type'] = 'application/json'
    body = JSON.stringify(call.body)
  } else if (call.form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    body = new URLSearchParams(call.form).toString()
  }
  const url = path.startsWith('http') ? path : server + path
  return fetch(url, {
    method: call.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  })
}

async function json<T = Json>(path: string, call: Call = {}): Promise<T> {
  const response = await request(path, call)
  const text = await response.text()
  expect(
    response.ok,
    `${call.method ?? 'GET or POST'} ${path} answers with success`,
    `${response.status} ${text}`,
  )
  return JSON.parse(text) as T
}

/** Asks again until `found` gives something: work after a sale happens in the background, within a second or so. */
async function until<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(false, `${what} within five seconds`)
}

/** A PDF of one page that says hello; small, but real. */
function makePdf(): Uint8Array<ArrayBuffer> {
  const content = 'BT /F1 24 Tf 72 720 Td (The first sale) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let pdf = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = pdf.length
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${pdf.lastIndexOf('xref\n0')}\n%%EOF\n`
  return new TextEncoder().encode(pdf)
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

type TrialBalance = { lines: { code: string; currency: string; debit: Money; credit: Money }[] }

async function balances(token: string): Promise<Map<string, bigint>> {
  const { lines } = await json<TrialBalance>('/api/v1/ledger/reports/trial-balance', { token })
  let sum = 0n
  const byCode = new Map<string, bigint>()
  for (const line of lines.filter((one) => one.currency === currency)) {
    const amount = BigInt(line.debit.amount) - BigInt(line.credit.amount)
    sum += amount
    byCode.set(line.code, amount)
  }
  expect(sum === 0n, 'debits and credits cancel out', sum)
  return byCode
}

// The seller: set-up, product, file, sale.
const setupToken = options['setup-link']?.split('#')[1]?.trim()
expect(setupToken !== undefined, '--setup-link is the link that the server printed')
const setup = await json<{ token: string; store: { slug: string } }>('/api/v1/setup', {
  body: {
    token: setupToken,
    name: 'سلمى الحسن',
    email: 'salma@example.com',
    password: 'a-river-of-many-streams-27',
    storeNameAr: 'مكتبة سلمى',
    storeNameEn: 'Salma’s Library',
    storeSlug: 'salma',
    currency,
    locale: 'ar',
  },
})
const { token } = setup
const store = setup.store.slug
step('The server is set up: owner, workspace, empty store')

await json('/api/v1/store', {
  method: 'PATCH',
  token,
  body: { taxRateBps: 500, pricesIncludeTax: true, legalName: 'مؤسسة سلمى' },
})
const pdf = makePdf()
const upload = await fetch(`${server}/api/v1/files?name=${encodeURIComponent('الدليل.pdf')}`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' },
  body: new Blob([pdf]),
})
expect(upload.ok, 'the file is taken', upload.status)
const file = (await upload.json()) as { id: string }
step(`A PDF of ${pdf.length} bytes is uploaded`)

const product = await json<{ id: string; slug: string }>('/api/v1/products', {
  token,
  body: {
    kind: 'download',
    title: { ar: 'دليل البيع الأول', en: 'A guide to the first sale' },
    summary: { ar: 'من الفكرة إلى أول مشترٍ', en: 'From the idea to the first buyer' },
    prices: [{ mode: 'fixed', price }],
  },
})
const version = await json<{ id: string }>(`/api/v1/products/${product.id}/versions`, {
  token,
  body: { fileIds: [file.id] },
})
await json(`/api/v1/products/${product.id}/versions/${version.id}/publish`, { token, body: {} })
await json(`/api/v1/products/${product.id}/publish`, { method: 'POST', token })
step('The product is for sale')

// A stranger: page, cart, order, payment, file.
const page = await request(`/ar/${store}/${encodeURIComponent(product.slug)}`)
expect(
  page.status === 200 && (await page.text()).includes('دليل البيع الأول'),
  'the product has a page',
  page.status,
)
step('A stranger opens the product’s page')

const cart = await json<{ id: string; total: Money }>(`/api/v1/stores/${store}/carts`, {
  body: { currency, items: [{ productId: product.id, quantity: 1 }] },
})
expect(cart.total.amount === price.amount, 'the cart costs what the product costs', cart.total)
type Order = {
  id: string
  status: string
  net: Money
  tax: Money
  total: Money
  refunded: Money
  documents: { kind: string; number: string }[]
  payment: { url: string }
}
const order = await json<{ order: Order; key: string }>(`/api/v1/stores/${store}/orders`, {
  headers: { 'idempotency-key': randomUUID() },
  body: {
    cartId: cart.id,
    email: 'stranger@example.com',
    name: 'عابر سبيل',
    locale: 'ar',
    expectedTotal: cart.total,
  },
})
step(`An order over ${order.order.total.amount} minor units of ${currency} is placed`)

const paid = await request(order.order.payment.url, { form: { action: 'pay' } })
expect(paid.status === 303, 'the payment page takes the payment', paid.status)
const back = await request(paid.headers.get('location') ?? '')
expect(back.status === 303, 'the buyer comes back', back.status)
const orderPath = `/api/v1/stores/${store}/orders/${order.order.id}`
const key = `key=${order.key}`
const settled = await json<Order>(`${orderPath}?${key}`)
expect(settled.status === 'paid', 'the order is paid', settled.status)
step('The stranger pays and comes back to a paid order')

type Rights = { items: { active: boolean; files: { url: string; name: string }[] }[] }
const link = await until('the download is there', async () => {
  const rights = await json<Rights>(`${orderPath}/entitlements?${key}`)
  return rights.items[0]?.files[0]
})
const download = await request(link.url)
expect(download.status === 200, 'the download link works', download.status)
const bytes = new Uint8Array(await download.arrayBuffer())
expect(sha256(bytes) === sha256(pdf), 'the downloaded bytes are the uploaded ones')
const part = await request(link.url, { headers: { range: 'bytes=0-7' } })
expect(
  part.status === 206 && (await part.text()) === '%PDF-1.4',
  'a range of the file can be fetched',
  part.status,
)
step(`The file is downloaded: ${bytes.length} bytes, equal to the last one`)

const invoice = await until('the invoice is there', async () => {
  const { documents } = await json<Order>(`${orderPath}?${key}`)
  return documents.find((document) => document.kind === 'invoice')
})
const invoicePdf = await request(`${orderPath}/documents/invoice?${key}`)
const invoiceBytes = Buffer.from(await invoicePdf.arrayBuffer())
expect(
  invoicePdf.status === 200 && invoiceBytes.subarray(0, 5).toString() === '%PDF-',
  'the invoice is a PDF',
  invoicePdf.status,
)
step(`Invoice ${invoice.number} is fetched: ${invoiceBytes.length} bytes`)

type Messages = { items: { id: string; kind: string; status: string; to: { email: string } }[] }
const receipt = await until('the receipt is written', async () => {
  const { items } = await json<Messages>('/api/v1/messages', { token })
  return items.find((message) => message.kind === 'receipt' && message.to.email === 'stranger@example.com')
})
step(`The receipt is written (${receipt.status})`)

const books = await balances(token)
expect(books.get('4000') === -BigInt(settled.net.amount), 'revenue is the net amount', [...books])
expect(books.get('2200') === -BigInt(settled.tax.amount), 'tax payable is the tax', [...books])
step('The books balance, and say what was sold')

// The seller changes the buyer's mind for them: all of it goes back.
await json(`/api/v1/orders/${order.order.id}/refunds`, {
  token,
  headers: { 'idempotency-key': randomUUID() },
  body: { reason: 'طلب المشتري' },
})
const refunded = await until('the refund is done', async () => {
  const now = await json<Order>(`${orderPath}?${key}`)
  return now.status === 'refunded' && now.documents.some((document) => document.kind === 'credit-note')
    ? now
    : undefined
})
expect(refunded.refunded.amount === price.amount, 'all was given back', refunded.refunded)
const note = await request(`${orderPath}/documents/credit-note?${key}`)
expect(note.status === 200, 'the credit note can be fetched', note.status)
step('The order is refunded, with a credit note')

const after = await balances(token)
expect(
  [...after.values()].every((amount) => amount === 0n),
  'every account is back at zero',
  [...after],
)
await until('the right is withdrawn', async () => {
  const rights = await json<Rights>(`${orderPath}/entitlements?${key}`)
  return rights.items.every((right) => !right.active) ? true : undefined
})
const closed = await request(link.url)
expect(closed.status === 403, 'the old download link is closed', closed.status)
step('The books are back at zero and the download is closed')

console.log('\nEverything was as it must be.')
