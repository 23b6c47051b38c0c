import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { makeMember } from '../../../test/support/workspace.ts'
import {
  createProduct,
  createVersion,
  publishProduct,
  publishVersion,
  receiveFile,
  updateProduct,
} from '../catalog/index.ts'
import { listOrderRights } from './index.ts'

const SIZE = 600_000
const LIMIT = 2

let services: TestServices
let shop: Shop
let productId: string

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
  const { id } = await createProduct(shop.ctx, {
    title: { ar: 'خط', en: 'Font' },
    prices: [{ mode: 'free', currency: 'SAR' }],
    settings: { downloadLimit: LIMIT },
  })
  const file = await receiveFile(shop.ctx, { name: 'font.otf', body: Readable.from([Buffer.alloc(SIZE, 7)]) })
  await createVersion(shop.ctx, id, { fileIds: [file.id] })
  await publishProduct(shop.ctx, id)
  productId = id
})

/** A delivered order, and a way to make fresh links to its file. */
async function delivered() {
  const { order } = await shop.order([{ productId }])
  await services.drain()
  const look = async () => {
    const [right] = await listOrderRights(shop.buyer, [order.id])
    const [file] = right?.files ?? []
    if (right === undefined || file === undefined) throw new Error('nothing was delivered')
    return { ...file, entitlementId: right.entitlementId }
  }
  return { order, look }
}

const ask = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  shop.app.request(url, { headers, method })

async function fetched(url: string, headers: Record<string, string> = {}) {
  const answer = await ask(url, headers)
  return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength }
}

describe('the limit of downloads', () => {
  test('counts the ranges of one download once, and the file fetched again with the same link again', async () => {
    const { look } = await delivered()
    const { url } = await look()
    for (const range of ['bytes=0-199999', 'bytes=200000-399999', 'bytes=400000-'])
      expect(await fetched(url, { range })).toEqual({ status: 206, bytes: 200_000 })
    expect((await ask(url, { range: `bytes=${SIZE}-` })).status).toBe(416)
    expect(await look()).toMatchObject({ downloadsLeft: 1, downloadLimit: LIMIT })
    expect(await fetched(url)).toEqual({ status: 200, bytes: SIZE })
    expect((await look()).downloadsLeft).toBe(0)
    expect((await ask(url)).status).toBe(403)
    expect((await ask((await look()).url)).status).toBe(403)
  })

  test('holds for requests that come at once, with one link and with several', async () => {
    const { look } = await delivered()
    const urls = [(await look()).url, (await look()).url, (await look()).url]
    const all = await Promise.all([...urls, ...urls, ...urls].map((url) => fetched(url)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(LIMIT)
    expect(all.reduce((sum, { status, bytes }) => sum + (status === 200 ? bytes : 0), 0)).toBe(LIMIT * SIZE)
  })

  test('forgives what did not go out because the reader broke off, and lets the rest be fetched', async () => {
    const { look } = await delivered()
    const { url } = await look()
    const broken = (await ask(url)).body?.getReader()
    const first = await broken?.read()
    await broken?.cancel()
    const [sent] = await eventually(async () => {
      const found = await shop.query<{ sent: bigint }>(
        sql`SELECT sent_bytes AS sent FROM downloads WHERE workspace_id = ${shop.workspaceId} ORDER BY id DESC LIMIT 1`,
      )
      return (found[0]?.sent ?? 0n) < BigInt(SIZE) ? found : undefined
    })
    expect(Number(sent?.sent)).toBeGreaterThanOrEqual(first?.value?.byteLength ?? SIZE)
    const rest = await fetched(url, { range: `bytes=${first?.value?.byteLength ?? 0}-` })
    expect(rest.status).toBe(206)
    expect((await look()).downloadsLeft).toBe(1)
  })

  test('is not touched by a question about the file', async () => {
    const { look } = await delivered()
    const { url } = await look()
    for (let asked = 0; asked < 5; asked++) {
      const answer = await ask(url, {}, 'HEAD')
      expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(SIZE)])
    }
    expect((await look()).downloadsLeft).toBe(LIMIT)
  })

  test('ends with a page that says so in the reader’s language, with the store’s name', async () => {
    const { look } = await delivered()
    const { url } = await look()
    for (let time = 0; time < LIMIT; time++) await fetched(url)
    const page = async (language: string) => {
      const answer = await ask(url, { 'accept-language': language })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([403, 'no-store'])
      return answer.text()
    }
    expect(await page('ar')).toContain('نفدت مرات التنزيل')
    const english = await page('en')
    expect(english).toContain('All downloads are used')
    expect(english).toContain(`/en/${shop.slug}/-/purchases`)
  })

  test('is begun anew by the seller, and by nobody else', async () => {
    const { order, look } = await delivered()
    const { url, entitlementId } = await look()
    for (let time = 0; time < LIMIT; time++) await fetched(url)
    const reset = (headers: Record<string, string>, right = entitlementId) =>
      shop.app.request(`/api/v1/orders/${order.id}/entitlements/${right}/downloads/reset`, {
        method: 'POST',
        headers,
      })
    const analyst = await makeMember(services, shop.workspaceId, { role: 'analyst' })
    const other = await makeShop(services)
    expect((await reset(analyst.headers)).status).toBe(403)
    expect((await reset(other.headers)).status).toBe(404)
    expect((await reset(shop.headers, services.ids.next())).status).toBe(404)
    expect((await ask(url)).status).toBe(403)
    expect((await reset(shop.headers)).status).toBe(204)
    expect((await reset(shop.headers)).status).toBe(204)
    expect((await look()).downloadsLeft).toBe(LIMIT)
    for (let time = 0; time < LIMIT; time++) expect((await fetched(url)).status).toBe(200)
    expect((await ask(url)).status).toBe(403)
  })

  test('that was lowered leaves nothing to those who had more', async () => {
    const { look } = await delivered()
    const { url } = await look()
    await fetched(url)
    await updateProduct(shop.ctx, productId, { settings: { downloadLimit: 1 } })
    expect((await look()).downloadsLeft).toBe(0)
    expect((await ask(url)).status).toBe(403)
    await updateProduct(shop.ctx, productId, { settings: { downloadLimit: LIMIT } })
    expect((await fetched(url)).status).toBe(200)
  })
})

describe('a new edition', () => {
  const publishNext = async () => {
    const body = Readable.from([Buffer.alloc(SIZE, 8)])
    const file = await receiveFile(shop.ctx, { name: 'font-2.otf', body })
    const { id } = await createVersion(shop.ctx, productId, { fileIds: [file.id] })
    return { publish: () => publishVersion(shop.ctx, { productId, versionId: id }), fileId: file.id, id }
  }

  test('breaks no download under way, and leaves the earlier one to its buyers', async () => {
    const { order, look } = await delivered()
    const before = await look()
    expect((await fetched(before.url, { range: 'bytes=0-199999' })).status).toBe(206)
    const next = await publishNext()
    const unpublished = before.url.replace(before.id, next.fileId)
    expect((await ask(unpublished)).status).toBe(403)
    await next.publish()
    expect(await fetched(before.url, { range: 'bytes=200000-' })).toEqual({ status: 206, bytes: 400_000 })
    const [right] = await listOrderRights(shop.buyer, [order.id])
    expect([right?.version?.number, right?.files.map(({ name }) => name)]).toEqual([2, ['font-2.otf']])
    expect(right?.earlierVersions).toMatchObject([
      { number: 1, files: [{ name: 'font.otf', downloadsLeft: LIMIT - 1 }] },
    ])
    const again = right?.earlierVersions[0]?.files[0]?.url ?? ''
    expect(await fetched(again)).toEqual({ status: 200, bytes: SIZE })
    const seller = await shop.app.request(`/api/v1/orders/${order.id}/entitlements`, {
      headers: shop.headers,
    })
    expect(await seller.text()).not.toContain('signature=')
  })

  test('folds the earlier ones away on the page of the order', async () => {
    const { order, key } = await shop.order([{ productId }])
    await services.drain()
    for (const [language, words] of [
      ['ar', 'الإصدارات السابقة'],
      ['en', 'Earlier versions'],
    ]) {
      const page = await shop.app.request(`/${language}/${shop.slug}/-/orders/${order.id}?key=${key}`)
      const text = await page.text()
      expect(text.indexOf('font-2.otf')).toBeGreaterThan(0)
      expect(text.indexOf(words ?? '')).toBeGreaterThan(text.indexOf('font-2.otf'))
      expect(text.lastIndexOf('font.otf')).toBeGreaterThan(text.indexOf(words ?? ''))
    }
  })
})

async function eventually<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it did not come')
}
