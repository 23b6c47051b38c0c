import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultyServer } from './server.ts'

type Money = { amount: string; currency: string }

/** A store with one product of which there are `copies`, and its owner's token. */
export type Store = { slug: string; token: string; productId: string; workspaceId: string }

/** One buyer's purchase as far as they know: every step can be repeated with what is remembered here. */
export type Purchase = {
  readonly email: string
  readonly orderKey: string
  readonly refundKey: string
  cart: { id: string; total: Money } | undefined
  order: { id: string; key: string; paymentUrl: string } | undefined
  returnUrl: string | undefined
}

/** A purchase that has not begun. */
export function newPurchase(nth: number): Purchase {
  return {
    email: `buyer-${nth}@example.com`,
    orderKey: randomUUID(),
    refundKey: randomUUID(),
    cart: undefined,
    order: undefined,
    returnUrl: undefined,
  }
}

/** Sets a fresh server up and puts a product on sale, over HTTP. */
export async function openStore(server: FaultyServer, copies: number): Promise<Store> {
  const link = readFileSync(join(server.dataDir, 'setup-link'), 'utf8').trim()
  const { token } = await ask<{ token: string }>(server, '/api/v1/setup', {
    body: {
      token: link.split('#')[1],
      name: 'سلمى الحسن',
      email: 'salma@example.com',
      password: 'a-river-of-many-streams-27',
      storeNameAr: 'مكتبة سلمى',
      storeNameEn: 'Salma’s Library',
      storeSlug: 'salma',
      currency: 'KWD',
      locale: 'ar',
    },
  })
  await ask(server, '/api/v1/store', {
    method: 'PATCH',
    token,
    body: { taxRateBps: 500, pricesIncludeTax: true, legalName: 'مؤسسة سلمى' },
  })
  const upload = await fetch(`${server.url}/api/v1/files?name=guide.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' },
    body: '%PDF-1.7\n%%EOF\n',
  })
  const file = (await upload.json()) as { id: string }
  const product = await ask<{ id: string }>(server, '/api/v1/products', {
    token,
    body: {
      kind: 'download',
      title: { ar: 'دليل', en: 'A guide' },
      prices: [{ mode: 'fixed', price: { amount: '4500', currency: 'KWD' } }],
    },
  })
  await ask(server, `/api/v1/products/${product.id}/stock`, {
    method: 'PUT',
    token,
    body: { limit: copies },
  })
  const version = await ask<{ id: string }>(server, `/api/v1/products/${product.id}/versions`, {
    token,
    body: { fileIds: [file.id] },
  })
  await ask(server, `/api/v1/products/${product.id}/versions/${version.id}/publish`, { token, body: {} })
  await ask(server, `/api/v1/products/${product.id}/publish`, { method: 'POST', token })
  const [found] = await server.query<{ id: string }>('SELECT workspace_id AS id FROM stores')
  return { slug: 'salma', token, productId: product.id, workspaceId: found?.id ?? '' }
}

/** The buyer fills a cart and orders it; what is done already is not done again, what may be done is repeated. */
export async function orderIt(server: FaultyServer, store: Store, purchase: Purchase): Promise<void> {
  purchase.cart ??= await ask(server, `/api/v1/stores/${store.slug}/carts`, {
    body: { currency: 'KWD', items: [{ productId: store.productId, quantity: 1 }] },
  })
  if (purchase.order !== undefined) return
  const { cart } = purchase
  const placed = await ask<{ order: { id: string; payment: { url: string } }; key: string }>(
    server,
    `/api/v1/stores/${store.slug}/orders`,
    {
      headers: { 'idempotency-key': purchase.orderKey },
      body: {
        cartId: cart?.id,
        email: purchase.email,
        name: 'ليان العتيبي',
        locale: 'ar',
        expectedTotal: cart?.total,
      },
    },
  )
  purchase.order = { id: placed.order.id, key: placed.key, paymentUrl: placed.order.payment.url }
}

/** How the provider is to behave: how its message travels, and whether the buyer comes back at all. */
export type Paying = { delivery?: 'once' | 'twice' | 'late' | 'lost' | 'reversed'; lateSeconds?: number }

/** The buyer pays at the provider. */
export async function pay(server: FaultyServer, purchase: Purchase, paying: Paying = {}): Promise<void> {
  const answer = await ask<{ returnUrl: string }>(server, `${purchase.order?.paymentUrl ?? ''}/steer`, {
    body: { action: 'pay', ...paying },
  })
  purchase.returnUrl = answer.returnUrl
}

/** The buyer's browser follows the provider back to the store. */
export async function comeBack(purchase: Purchase): Promise<void> {
  const answer = await fetch(purchase.returnUrl ?? '', { redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`the return answered ${answer.status}`)
}

/** The seller gives everything back. */
export async function refund(server: FaultyServer, store: Store, purchase: Purchase): Promise<void> {
  await ask(server, `/api/v1/orders/${purchase.order?.id ?? ''}/refunds`, {
    token: store.token,
    headers: { 'idempotency-key': purchase.refundKey },
    body: { reason: 'asked' },
  })
}

type Call = { method?: string; token?: string; body?: unknown; headers?: Record<string, string> }

/** One request that must succeed. @throws Error with the answer, or fetch's own when nobody answers. */
export async function ask<Answer>(server: FaultyServer, path: string, call: Call = {}): Promise<Answer> {
  const headers: Record<string, string> = { ...call.headers }
  if (call.token !== undefined) headers['authorization'] = `Bearer ${call.token}`
  if (call.body !== undefined) headers['content-type'] = 'application/json'
  const answer = await fetch(path.startsWith('http') ? path : server.url + path, {
    method: call.method ?? (call.body === undefined ? 'GET' : 'POST'),
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}
