import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { mailedKey } from '../../../test/support/mailed-key.ts'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { makeMember } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import { confirmPayment, refundOrder } from '../checkout/index.ts'
import { listOrderRights } from './index.ts'

let services: TestServices
let shop: Shop
let other: Shop
let productId: string
const clock = standingClock(new Date().toISOString())

beforeAll(async () => {
  services = await testServices({ clock, env: { PUBLIC_URL: 'https://store.example' } })
  shop = await makeShop(services)
  other = await makeShop(services)
  productId = await shop.product([{ mode: 'free', currency: 'SAR' }])
})

/** An order of the free product, delivered. */
async function delivered(email = 'buyer@example.com') {
  const placed = await shop.order([{ productId }], { email })
  await services.drain()
  const [right] = await listOrderRights(shop.buyer, [placed.order.id])
  const [file] = right?.files ?? []
  if (right === undefined || file === undefined) throw new Error('nothing was delivered')
  return { ...placed, right, file }
}

const fetchFile = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await shop.app.request(url, { headers })
  return { status: answer.status, headers: answer.headers, bytes: (await answer.arrayBuffer()).byteLength }
}

describe('a download link', () => {
  test('gives the file to be saved, never to be shown, and to be kept by nobody', async () => {
    const { file } = await delivered()
    const { status, headers } = await fetchFile(file.url)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  test('is worth nothing with any part of it exchanged, in another store, or when its time is over', async () => {
    const first = await delivered()
    const second = await delivered('second@example.com')
    const url = new URL(first.file.url, 'https://store.example')
    const changed = (change: (changing: URL) => void) => {
      const copy = new URL(url)
      change(copy)
      return copy.pathname + copy.search
    }
    const forged = [
      changed((one) => (one.pathname = one.pathname.replace(shop.workspaceId, other.workspaceId))),
      changed(
        (one) => (one.pathname = one.pathname.replace(first.right.entitlementId, second.right.entitlementId)),
      ),
      changed((one) => one.searchParams.set('expires', '9999999999')),
      changed((one) => one.searchParams.set('link', services.ids.next())),
      changed((one) => one.searchParams.set('signature', 'A'.repeat(43))),
    ]
    for (const one of forged) expect((await fetchFile(one)).status).toBe(403)
    expect((await fetchFile(first.file.url)).status).toBe(200)
    clock.advance(3_601_000)
    expect((await fetchFile(first.file.url)).status).toBe(403)
  })

  test('ends with the refund, also one that was made before', async () => {
    const paid = await shop.product()
    const { order } = await shop.order([{ productId: paid }], { email: 'refunded@example.com' })
    await shop.act(order, { action: 'pay', delivery: 'once' })
    const back = await shop.app.request(`/ar/${shop.slug}/-/orders/${order.id}/return?key=x`)
    expect(back.status).toBe(404)
    await confirmPayment(shop.buyer, { orderId: order.id })
    await services.drain()
    const [right] = await listOrderRights(shop.buyer, [order.id])
    const url = right?.files[0]?.url ?? ''
    expect((await fetchFile(url)).status).toBe(200)
    await refundOrder(shop.ctx, order.id, { reason: '' })
    await services.drain()
    expect((await fetchFile(url)).status).toBe(403)
    expect((await listOrderRights(shop.buyer, [order.id]))[0]).toMatchObject({ active: false, files: [] })
  })
})

describe("an order's key", () => {
  test('opens that order and no other, and in its own store only', async () => {
    const mine = await delivered('mine@example.com')
    const theirs = await delivered('theirs@example.com')
    const ask = async (slug: string, orderId: string, key: string) => {
      const paths = ['', '/entitlements', '/documents/invoice'].map(
        (part) => `/api/v1/stores/${slug}/orders/${orderId}${part}?key=${encodeURIComponent(key)}`,
      )
      paths.push(`/ar/${slug}/-/orders/${orderId}?key=${encodeURIComponent(key)}`)
      return Promise.all(paths.map(async (path) => (await shop.app.request(path)).status))
    }
    expect((await ask(shop.slug, mine.order.id, mine.key))[0]).toBe(200)
    for (const key of [mine.key, '', `${theirs.key}x`, theirs.key.slice(1), theirs.key.toLowerCase()])
      expect(await ask(shop.slug, theirs.order.id, key)).toEqual([404, 404, 404, 404])
    const [order, , invoice, page] = await ask(other.slug, mine.order.id, mine.key)
    expect([order, invoice, page]).toEqual([404, 404, 404])
  })
})

describe('the link to one’s purchases', () => {
  const ask = (email: string, at: Shop = shop) =>
    at.app.request(`/ar/${at.slug}/-/purchases`, { method: 'POST', body: new URLSearchParams({ email }) })

  async function mailedToken(email: string): Promise<string> {
    await delivered(email)
    await ask(email)
    await services.drain()
    return mailedKey(services, shop, email)
  }

  const enter = (token: string, at: Shop = shop) =>
    at.app.request(`/ar/${at.slug}/-/purchases/enter`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    })

  test('answers the same to an address that never bought, and mails it nothing', async () => {
    const [known, unknown] = [await ask('buyer@example.com'), await ask('nobody@example.com')]
    expect([known.status, known.headers.get('location')]).toEqual([
      unknown.status,
      unknown.headers.get('location'),
    ])
    await services.drain()
    const mails = await shop.query(sql`SELECT id FROM messages
      WHERE workspace_id = ${shop.workspaceId} AND to_email = 'nobody@example.com'`)
    expect(mails).toEqual([])
  })

  test('is used up by the button, not by looking; works once, in its store, for half an hour', async () => {
    const token = await mailedToken('magic@example.com')
    expect(token).not.toBe('')
    for (let look = 0; look < 3; look++) {
      const page = await shop.app.request(`/ar/${shop.slug}/-/purchases/enter?token=${token}`)
      expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null])
    }
    expect((await enter(token, other)).status).toBe(403)
    expect((await enter(token)).status).toBe(303)
    expect((await enter(token)).status).toBe(403)
    const late = await mailedToken('late@example.com')
    clock.advance(31 * 60_000)
    expect((await enter(late)).status).toBe(403)
  })

  test('is read in the outbox by nobody, whatever their role', async () => {
    const token = await mailedToken('outbox@example.com')
    const list = (await (
      await shop.app.request('/api/v1/messages?limit=100', { headers: shop.headers })
    ).json()) as {
      items: { id: string; kind: string; to: { email: string } }[]
    }
    const [link] = list.items.filter(
      ({ kind, to }) => kind === 'purchases-link' && to.email === 'outbox@example.com',
    )
    for (const path of ['', '/page']) {
      const text = await (
        await shop.app.request(`/api/v1/messages/${link?.id ?? ''}${path}`, { headers: shop.headers })
      ).text()
      expect(text).toContain('purchases/enter?token=••••')
      expect(text).not.toContain(token)
    }
    const [kept] = await shop.query<{ html: string; text: string }>(
      sql`SELECT html, text FROM messages WHERE workspace_id = ${shop.workspaceId} AND id = ${link?.id ?? ''}`,
    )
    expect(JSON.stringify(kept)).not.toContain(token)
    expect((await enter(token)).status).toBe(303)
  })

  test('comes once for a request that is repeated under one key', async () => {
    await delivered('repeated@example.com')
    const post = async (key: string) =>
      shop.app.request(`/api/v1/stores/${shop.slug}/purchases/link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ email: 'repeated@example.com', locale: 'ar' }),
      })
    expect((await Promise.all(['one', 'one', 'two'].map(post))).map(({ status }) => status)).toEqual([
      202, 202, 202,
    ])
    await services.drain()
    const [mails] = await shop.query<{ count: bigint }>(
      sql`SELECT count(*) FROM messages WHERE workspace_id = ${shop.workspaceId} AND kind = 'purchases-link'
          AND to_email = 'repeated@example.com'`,
    )
    expect(mails).toEqual({ count: 2n })
  })

  test('is kept only as a hash', async () => {
    const token = await mailedToken('hash@example.com')
    const kept = await shop.query<{ token_hash: string }>(
      sql`SELECT token_hash FROM buyer_links WHERE workspace_id = ${shop.workspaceId} AND email = 'hash@example.com'`,
    )
    expect(kept).toEqual([{ token_hash: createHash('sha256').update(token).digest('base64url') }])
  })

  test('lets a browser in by a cookie that is of this very host and store, and that nobody can make up', async () => {
    const answer = await enter(await mailedToken('cookie@example.com'))
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-buyer-[0-9a-f]{12}=/)
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag)
    expect(cookie).not.toContain('Domain')
    const [pair = ''] = cookie.split(';')
    const see = async (at: Shop, sent: string) => {
      const page = await at.app.request(`/ar/${at.slug}/-/purchases`, { headers: { cookie: sent } })
      expect(page.headers.get('cache-control')).toBe('no-store')
      return (await page.text()).includes('cookie@example.com')
    }
    expect(await see(shop, pair)).toBe(true)
    const session = pair.slice(pair.indexOf('=') + 1)
    expect(await see(other, `__Host-buyer-${other.workspaceId.slice(-12)}=${session}`)).toBe(false)
    const body = Buffer.from(JSON.stringify(['cookie@example.com', 9_999_999_999])).toString('base64url')
    const name = pair.slice(0, pair.indexOf('='))
    for (const made of [`${body}.${session.split('.')[1] ?? ''}`, `${body}.`, body, '.', ''])
      expect(await see(shop, `${name}=${made}`)).toBe(false)
    clock.advance(31 * 86_400_000)
    expect(await see(shop, pair)).toBe(false)
  })
})

describe('who may look at what a buyer got', () => {
  test('nobody without the right to orders, and nobody of another workspace', async () => {
    const { order } = await delivered('rights@example.com')
    const path = `/api/v1/orders/${order.id}/entitlements`
    const editor = await makeMember(services, shop.workspaceId, { role: 'editor' })
    const app = createApp(services)
    expect((await app.request(path)).status).toBe(401)
    expect((await app.request(path, { headers: editor.headers })).status).toBe(403)
    const foreign = await app.request(path, { headers: other.headers })
    expect(JSON.stringify(await foreign.json())).not.toContain('entitlementId')
    const seen = await app.request(path, { headers: shop.headers })
    expect(seen.status).toBe(200)
    // A right to orders is none to what was sold: the links are the buyer's, and each counts as one of their downloads.
    const text = await seen.text()
    expect(text).toContain('guide.pdf')
    expect(text).not.toMatch(/signature|\/files\//)
  })
})
