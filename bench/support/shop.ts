import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { createClient, jsonOf, type Client } from './http.ts'
import type { BenchServer } from './server.ts'

/** A store with one product for sale, set up over the API. */
export type Shop = {
  slug: string
  workspaceId: string
  productId: string
  productSlug: string
  currency: string
  totalMinor: string
  token: string
}

const CURRENCY = 'KWD'
const PRICE_MINOR = '4500'
const PICTURES = 3
const PICTURES_MS = 60_000

/** With what the owner of the store signs in. */
export const OWNER = { email: 'salma@example.com', password: randomBytes(18).toString('base64url') }

/** Sets the server up: a store with 5 % tax and one product with a file, words in both languages and pictures. */
export async function openShop(server: BenchServer): Promise<Shop> {
  const http = createClient(server.url, 2)
  try {
    const setup = jsonOf<{ token: string; store: { slug: string } }>(
      await http('/api/v1/setup', { json: owner(server.setupLink) }),
    )
    const headers = { authorization: `Bearer ${setup.token}` }
    const call = async <T>(path: string, json?: unknown, method: 'POST' | 'PATCH' = 'POST') =>
      jsonOf<T>(await http(`/api/v1${path}`, { headers, method, ...(json === undefined ? {} : { json }) }))
    await call('/store', { taxRateBps: 500, pricesIncludeTax: true, legalName: 'مؤسسة الرافد' }, 'PATCH')
    const product = await call<{ id: string; slug: string }>('/products', productOf())
    const fileId = await upload(http, headers, { name: 'guide.pdf', type: 'application/pdf', bytes: pdf() })
    const version = await call<{ id: string }>(`/products/${product.id}/versions`, { fileIds: [fileId] })
    await call(`/products/${product.id}/versions/${version.id}/publish`, {})
    await addPictures(http, headers, product.id)
    await call(`/products/${product.id}/publish`)
    return {
      slug: setup.store.slug,
      workspaceId: await workspaceOf(server),
      productId: product.id,
      productSlug: product.slug,
      currency: CURRENCY,
      totalMinor: PRICE_MINOR,
      token: setup.token,
    }
  } finally {
    http.close()
  }
}

function owner(setupLink: string) {
  return {
    token: setupLink.split('#')[1],
    name: 'سلمى الحسن',
    ...OWNER,
    storeNameAr: 'مكتبة سلمى',
    storeNameEn: 'Salma’s Library',
    storeSlug: 'salma',
    currency: CURRENCY,
    locale: 'ar',
  }
}

function productOf() {
  return {
    kind: 'download',
    title: { ar: 'دليل البيع الأول', en: 'A guide to the first sale' },
    summary: {
      ar: 'من الفكرة إلى أول مشترٍ في ثلاثين يومًا',
      en: 'From the idea to the first buyer in thirty days',
    },
    description: {
      ar: '## ماذا ستتعلّم\n\nدليل عملي لمن يبيع ما يعرفه أول مرة.\n\n- اختيار المشكلة\n- كتابة العرض\n- صفحة بيع صادقة\n\n'.repeat(
        4,
      ),
      en: '## What you will learn\n\nA practical guide for those who sell what they know for the first time.\n\n- Choosing the problem\n- Writing the offer\n- An honest page\n\n'.repeat(
        4,
      ),
    },
    faq: [
      {
        question: { ar: 'هل تصلني التحديثات؟', en: 'Do I get updates?' },
        answer: { ar: 'نعم، كل نسخة جديدة تصلك.', en: 'Yes, each new edition reaches you.' },
      },
    ],
    prices: [{ mode: 'fixed', price: { amount: PRICE_MINOR, currency: CURRENCY } }],
  }
}

type Upload = { name: string; type: string; bytes: Uint8Array }

async function upload(http: Client, headers: Record<string, string>, file: Upload): Promise<string> {
  const answer = await http(`/api/v1/files?name=${encodeURIComponent(file.name)}`, {
    bytes: file.bytes,
    headers: { ...headers, 'content-type': file.type },
  })
  return jsonOf<{ id: string }>(answer).id
}

function pdf(): Uint8Array {
  const head =
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n'
  return Buffer.from(`${head}trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`)
}

/** Adds pictures and waits until all their sizes are made. */
async function addPictures(http: Client, headers: Record<string, string>, productId: string): Promise<void> {
  for (let nth = 1; nth <= PICTURES; nth++) {
    const fileId = await upload(http, headers, {
      name: `${nth}.jpg`,
      type: 'image/jpeg',
      bytes: await picture(nth),
    })
    jsonOf(await http(`/api/v1/products/${productId}/pictures`, { headers, json: { fileId, ...alt } }))
  }
  const deadline = performance.now() + PICTURES_MS
  while (performance.now() < deadline) {
    const { pictures } = jsonOf<{ pictures: { status: string }[] }>(
      await http(`/api/v1/products/${productId}`, { headers }),
    )
    if (pictures.length === PICTURES && pictures.every(({ status }) => status === 'ready')) return
    await sleep(100)
  }
  throw new Error('the pictures were not ready within a minute')
}

const alt = { alt: { ar: 'غلاف الدليل', en: 'Cover of the guide' } }

function picture(nth: number): Promise<Buffer> {
  const background = { r: 40 * nth, g: 120, b: 200 - 40 * nth }
  return sharp({ create: { width: 1600, height: 1200, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

async function workspaceOf(server: BenchServer): Promise<string> {
  const client = await server.connect()
  try {
    const { rows } = await client.query<{ id: string }>('SELECT workspace_id AS id FROM store_directory')
    const [store] = rows
    if (store === undefined) throw new Error('the store is in no directory')
    return store.id
  } finally {
    await client.end()
  }
}
