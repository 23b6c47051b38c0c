import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { createVersion, publishVersion } from '../../src/modules/catalog/index.ts'
import { receiveFile } from '../../src/modules/catalog/operations/receive-file.ts'
import { confirmPayment, getOrder, refundOrder } from '../../src/modules/checkout/index.ts'
import { listOrderRights } from '../../src/modules/fulfilment/operations/list-order-rights.ts'
import { redeemDownload } from '../../src/modules/fulfilment/operations/redeem-download.ts'
import { signDownloadLink } from '../../src/modules/fulfilment/operations/sign-download-link.ts'
import { verifyBooks } from '../../src/modules/ledger/index.ts'
import { makeHouse, type House } from '../matrix/house.ts'
import { testServices, type TestServices } from '../support/services.ts'
import { fixed } from '../support/shop.ts'

// What has gone wrong in programs like this one, each as a test. Those that another file holds are named in docs/security.md.

let services: TestServices
let app: ReturnType<typeof createApp>
let mine: House
let theirs: House

beforeAll(async () => {
  services = await testServices()
  app = createApp(services)
  mine = await makeHouse(services)
  theirs = await makeHouse(services)
}, 120_000)

const post = (path: string, headers: Record<string, string>, body: unknown = {}) =>
  app.request(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    body: JSON.stringify(body),
  })

test('a seller takes no purchase away from another seller’s buyer (Gumroad, CVE-2026-59805)', async () => {
  const stranger = await theirs.session('owner')
  const order = mine.thing('order')
  for (const path of [
    `/orders/${order}/refunds`,
    `/orders/${order}/cancel`,
    `/orders/${order}/receipt`,
    `/orders/${order}/entitlements/${mine.thing('entitlement')}/downloads/reset`,
    `/orders/${theirs.thing('order')}/entitlements/${mine.thing('entitlement')}/downloads/reset`,
  ])
    expect((await post(path, stranger)).status).toBe(404)
  expect(await getOrder(mine.ctx, order)).toMatchObject({ status: 'paid' })
  const [right] = await mine.query<{ revoked_at: Date | null }>(
    sql`SELECT revoked_at FROM entitlements WHERE workspace_id = ${mine.workspaceId} AND id = ${mine.thing('entitlement')}`,
  )
  expect(right?.revoked_at).toBeNull()
})

test('what a buyer can see opens nothing that is the seller’s', async () => {
  const key = mine.thing('order-key')
  const seen = await app.request(`/api/v1/stores/${mine.slug}/orders/${mine.thing('order')}?key=${key}`)
  const told = JSON.stringify(await seen.json())
  // Every id that the buyer was told, at every door of the seller's that takes an id.
  const ids = [...new Set(told.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))]
  expect(ids.length).toBeGreaterThan(1)
  for (const id of ids) {
    for (const place of [
      'orders',
      'products',
      'files',
      'messages',
      'ledger/entries',
      'privacy/requests',
      'webhook-deliveries',
    ]) {
      const answer = await app.request(`/api/v1/${place}/${id}?key=${key}`, { headers: mine.buyerCookie })
      expect(`${place} ${answer.status}`).toBe(`${place} 401`)
    }
  }
  // Nor is anything told that is between the seller and the provider.
  expect(told).not.toMatch(/providerReference|provider_reference|feeMinor|ipAddress|"actor/)
})

test('a link for one product gives no file of another, even well signed', async () => {
  const [right] = await listOrderRights(mine.ctx, [mine.thing('order')])
  const entitlementId = mine.thing('entitlement')
  const good = right?.files[0]?.id ?? ''
  const redeem = (fileId: string) => {
    const { path, expiresAt } = signDownloadLink(mine.ctx, { entitlementId, fileId, sizeBytes: 10n })
    const query = new URL(path, 'http://x').searchParams
    const [linkId = '', signature = ''] = ['link', 'signature'].map((name) => query.get(name) ?? '')
    const end = expiresAt.getTime() / 1000
    const link = { workspaceId: mine.workspaceId, entitlementId, fileId, linkId, expiresAt: end }
    return redeemDownload(mine.ctx, { link, signature, head: true, rangeIfCurrent: () => undefined })
  }
  expect((await redeem(good)).file.fileId).toBe(good)
  await expect(redeem(mine.thing('image'))).rejects.toMatchObject({ slug: 'not-found' })
  await expect(redeem(theirs.thing('file'))).rejects.toMatchObject({ slug: 'not-found' })
})

describe('money that is asked for from several sides at once', () => {
  const paid = async () => {
    const productId = await mine.product([fixed('5000')])
    const { order } = await mine.order([{ productId }], { email: 'race@example.com' })
    await mine.act(order, { action: 'pay' })
    return order
  }

  test('is given back once, whoever gives it back (a refund during a dispute that debits twice)', async () => {
    const order = await paid()
    await confirmPayment(mine.buyer, { orderId: order.id })
    const before = await mine.balances()
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () =>
        refundOrder(mine.ctx, order.id, { idempotencyKey: crypto.randomUUID() }),
      ),
    )
    await services.drain()
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const after = await mine.balances()
    expect((after['1150.test SAR'] ?? 0n) - (before['1150.test SAR'] ?? 0n)).toBe(-5000n)
    expect((await verifyBooks(mine.ctx)).faults).toEqual([])
  })

  test('is taken once, whether the browser or the provider says so first (Medusa #13301)', async () => {
    const order = await paid()
    const before = (await mine.balances())['1150.test SAR'] ?? 0n
    const page = `/ar/${mine.slug}/-/orders/${order.id}/return?key=${new URL(order.payment?.url ?? '', 'http://x').searchParams.get('key') ?? ''}`
    await Promise.all([
      ...Array.from({ length: 6 }, () => confirmPayment(mine.buyer, { orderId: order.id })),
      ...Array.from({ length: 3 }, () => app.request(page)),
    ])
    await services.drain()
    expect(((await mine.balances())['1150.test SAR'] ?? 0n) - before).toBe(5000n)
    const [granted] = await mine.query<{ count: bigint }>(
      sql`SELECT count(*) FROM entitlements WHERE workspace_id = ${mine.workspaceId} AND order_id = ${order.id}`,
    )
    expect(granted?.count).toBe(1n)
  })
})

test('no address of a file leads out of its folder (Vendure, CVE-2024-48914)', async () => {
  const up = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '....//', '..%252f', '%c0%ae%c0%ae/']
  const bases = [
    '/assets/',
    '/assets/storefront/',
    '/dashboard/',
    '/dashboard/assets/',
    `/media/${mine.workspaceId}/${mine.thing('picture')}/`,
    '/media/og/ar/',
    '/files/',
    '/api/v1/uploads/',
  ]
  const faults: string[] = []
  for (const base of bases) {
    for (const step of up) {
      for (const target of ['package.json', 'secrets.json', 'etc/passwd', 'src/main.ts', '.git/config']) {
        const answer = await app.request(`${base}${step.repeat(6)}${target}`)
        const text = await answer.text()
        if (/"dependencies"|root:x:0|import \{|repositoryformatversion/.test(text))
          faults.push(`${base}${step}${target}`)
        if (answer.status >= 500) faults.push(`${base}${step}${target}: ${answer.status}`)
      }
    }
  }
  expect(faults).toEqual([])
})

/** Which things a list shows, in its order. */
function shownBy(text: string): string {
  const { items, ...other } = JSON.parse(text) as { items?: Record<string, unknown>[] }
  if (items === undefined) throw new Error(`is no list: ${JSON.stringify(other)}`)
  return items.map((item) => String(item['id'] ?? item['email'] ?? item['userId'])).join()
}

describe('SQL that is put where a word belongs', () => {
  const words = [
    "ar'; DROP TABLE orders; --",
    "en' OR '1'='1",
    'ar) UNION SELECT email FROM users --',
    "'||(SELECT password FROM accounts LIMIT 1)||'",
    '1; SELECT pg_sleep(5)',
  ]

  test('as a language is no language (CVE-2026-40887)', async () => {
    for (const word of words) {
      const begun = Date.now()
      for (const [path, headers] of [
        [`/ar/${mine.slug}`, { 'accept-language': word }],
        [`/docs/api?lang=${encodeURIComponent(word)}`, {}],
        [`/${encodeURIComponent(word)}/${mine.slug}`, {}],
        [`/api/v1/stores/${mine.slug}/products?query=${encodeURIComponent(word)}`, {}],
      ] as const) {
        const answer = await app.request(path, { headers })
        expect(answer.status).toBeLessThan(500)
        expect(await answer.text()).not.toContain(mine.owner.email)
      }
      expect(Date.now() - begun).toBeLessThan(4000)
    }
    expect(await getOrder(mine.ctx, mine.thing('order'))).toMatchObject({ status: 'paid' })
  })

  test('as an order, a filter, a field or a cursor is not asked (Ghost, CVE-2026-26980)', async () => {
    const owner = await mine.session('owner')
    for (const list of [
      'orders',
      'products',
      'messages',
      'customers',
      'audit-events',
      'members',
      'tokens',
      'ledger/entries',
    ]) {
      const plain = shownBy(await (await app.request(`/api/v1/${list}`, { headers: owner })).text())
      for (const word of words) {
        for (const name of ['order', 'sort', 'orderBy', 'filter', 'fields', 'include', 'where']) {
          const answer = await app.request(
            `/api/v1/${list}?${new URLSearchParams({ [name]: word }).toString()}`,
            { headers: owner },
          )
          // Some refuse a word that they do not know; the others do not hear it.
          const answered = await answer.text()
          if (answer.status === 422) continue
          expect(`${list} ${name} ${shownBy(answered) === plain}`).toBe(`${list} ${name} true`)
        }
        const cursor = Buffer.from(JSON.stringify([word])).toString('base64url')
        for (const after of [word, cursor])
          expect(
            (await app.request(`/api/v1/${list}?after=${encodeURIComponent(after)}`, { headers: owner }))
              .status,
          ).toBeLessThan(500)
      }
    }
  })
})

test('no filter tells what it does not show (CVE-2023-31133, CVE-2023-47117)', async () => {
  // Ghost and Label Studio let one ask "does the hash begin with a?"; here nothing but the fields that are meant can be asked.
  const store = `/api/v1/stores/${mine.slug}`
  const plain = await (await app.request(`${store}/products`)).text()
  for (const ask of [
    'filter[author.password][$startsWith]=a',
    'author__password__startswith=a',
    'where={"email":{"$gt":""}}',
    'settings=1',
    'status=draft',
    'archived=true',
    'workspaceId=1',
    'limit=100&fields=*',
  ])
    expect(await (await app.request(`${store}/products?${ask}`)).text()).toBe(plain)
  const owner = await mine.session('owner')
  for (const ask of [
    `search=${mine.thing('order-key')}`,
    'search=%25',
    'search=_',
    `search=${mine.ctx.requestId}`,
  ]) {
    const found = (await (await app.request(`/api/v1/orders?${ask}`, { headers: owner })).json()) as {
      items: unknown[]
    }
    expect(found.items).toEqual([])
  }
  // The public answers have the fields that they are meant to have, and no more.
  const { items } = JSON.parse(plain) as { items: Record<string, unknown>[] }
  for (const key of Object.keys(items[0] ?? {}))
    expect(key).not.toMatch(/settings|workspace|draft|createdBy|storage|revision/i)
})

test('what people write is never a template (CVE-2025-49136)', async () => {
  const planted = '{email} {{7*7}} ${process.env.PATH} <%= 7*7 %> {count, plural, other {49}} #{7*7}'
  const productId = await mine.product([fixed('100')])
  await app.request(`/api/v1/products/${productId}`, {
    method: 'PATCH',
    headers: mine.headers,
    body: JSON.stringify({ title: { ar: planted, en: planted }, description: { ar: planted, en: planted } }),
  })
  const { order } = await mine.order([{ productId }], { email: 'template@example.com' })
  await mine.act(order, { action: 'pay' })
  await confirmPayment(mine.buyer, { orderId: order.id })
  await services.drain()
  const mails = await mine.query<{ text: string; html: string }>(
    sql`SELECT text, html FROM messages WHERE workspace_id = ${mine.workspaceId} AND to_email = 'template@example.com'`,
  )
  expect(mails.length).toBeGreaterThan(0)
  const page = await (await app.request(`/ar/${mine.slug}`)).text()
  const all = [page, ...mails.flatMap(({ text, html }) => [text, html])].join('\n')
  expect(all).toContain('{{7*7}}')
  expect(all).toContain('${process.env.PATH}')
  expect(all).toContain('#{7*7}')
  expect(all).not.toContain(process.env['PATH'] ?? 'nothing')
})

describe('a file that would run where it is shown', () => {
  test('is saved and never shown, whatever it is (upload to execution, CVE-2024-47051)', async () => {
    const productId = mine.thing('spare-product')
    const bodies = {
      'page.html': '<script>alert(1)</script>',
      'shell.php': '<?php system($_GET[0]);',
      'picture.svg': '<svg onload="alert(1)"/>',
      'run.js': 'alert(1)',
    }
    const fileIds: string[] = []
    for (const [name, body] of Object.entries(bodies))
      fileIds.push((await receiveFile(mine.ctx, { name, body: Readable.from([body]) })).id)
    const version = await createVersion(mine.ctx, productId, { fileIds })
    await publishVersion(mine.ctx, { productId, versionId: version.id })
    const { order } = await mine.order([{ productId }], { email: mine.buyerEmail })
    await mine.act(order, { action: 'pay' })
    await confirmPayment(mine.buyer, { orderId: order.id })
    await services.drain()
    const [right] = await listOrderRights(mine.ctx, [order.id])
    expect(right?.files).toHaveLength(4)
    for (const { url } of right?.files ?? []) {
      const { pathname, search } = new URL(url ?? '', services.config.publicUrl)
      const { status, headers } = await app.request(`${pathname}${search}`)
      expect(status).toBe(200)
      expect(headers.get('content-disposition')).toMatch(/^attachment/)
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test('is no picture, whatever it is called (an avatar that is a page, CVE-2023-47115)', async () => {
    for (const name of ['face.html', 'face.png', 'face.png.html', 'face.svg']) {
      const file = await receiveFile(mine.ctx, {
        name,
        body: Readable.from(['<html><script>alert(1)</script>']),
      })
      const answer = await post(`/products/${mine.thing('product')}/pictures`, mine.headers, {
        fileId: file.id,
      })
      expect(`${name} ${answer.status}`).toBe(`${name} 415`)
    }
  })
})
