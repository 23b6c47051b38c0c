import { Readable } from 'node:stream'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { countSoldInStore } from '../checkout/operations/count-sold.ts'
import { refundOrder } from '../checkout/index.ts'
import {
  createProduct,
  getProduct,
  getStore,
  receiveFile,
  removeCover,
  setCover,
  unpublishProduct,
  updateProduct,
  updateStore,
} from './index.ts'
import { resizeCoverJob } from './operations/resize-picture.ts'
import { sweepFiles } from './operations/sweep-files.ts'

let services: TestServices
let shop: Shop

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
})

const page = async (path: string) => (await shop.app.request(`/ar/${shop.slug}${path}`)).text()
const asks = (method: string, path: string, body: unknown) =>
  shop.app.request(`/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const html = async (answer: Response) => ((await answer.json()) as { html: string }).html

async function uploaded(name: string, bytes: Buffer): Promise<string> {
  return (await receiveFile(shop.ctx, { name, body: Readable.from([bytes]) })).id
}

describe('the look of a store', () => {
  test('is worn by all its pages, with a colour that can be read', async () => {
    expect(await page('')).toContain('/site-calm-sans.')
    await updateStore(shop.ctx, { look: { theme: 'folio', face: 'naskh', accent: '#ffd400' } })
    const front = await page('')
    expect(front).toContain('/site-folio-naskh.')
    expect(front).toContain('/naskh-arabic.')
    const [, sheet = ''] = /href="([^"]*accent-folio-ffd400[^"]*)"/.exec(front) ?? []
    expect((await shop.app.request(sheet)).status).toBe(200)
    expect(await page('/-/cart')).toContain('/site-folio-naskh.')
    expect(await page('/nothing-here')).toContain('/site-folio-naskh.')
  })

  test.each(['yellow', '#FFD400', '#fff', '#12345g', '#ffd400;}body{display:none'])(
    'takes no colour but six digits: %s',
    async (accent) => {
      const answer = await asks('PATCH', '/store', { look: { theme: 'calm', face: 'sans', accent } })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('look/accent')
    },
  )

  test('can be looked at before it is saved, which changes nothing', async () => {
    const before = await getStore(shop.ctx)
    const look = { theme: 'gallery', face: 'round', accent: null }
    const answer = await asks('POST', '/store/preview', {
      locale: 'en',
      look,
      tagline: { ar: '', en: 'A tagline' },
    })
    const shown = await html(answer)
    expect(shown).toContain('/site-gallery-round.')
    expect(shown).toContain('A tagline')
    expect(shown).not.toContain('<script')
    expect(await getStore(shop.ctx)).toEqual(before)
  })
})

test('a cover is shown once its sizes are made, is not swept away, and goes when it is taken away', async () => {
  const photo = await sharp({ create: { width: 900, height: 500, channels: 3, background: '#864' } })
    .png()
    .toBuffer()
  const fileId = await uploaded('cover.png', photo)
  const pending = await setCover(shop.ctx, { fileId })
  expect(pending.cover).toMatchObject({ status: 'pending', renditions: [] })
  expect(await page('')).not.toContain('class="cover"')
  const system = systemCtx(services, shop.workspaceId)
  await resizeCoverJob.handler(system, [{ pictureId: pending.cover?.id ?? '' }])
  const ready = await getStore(shop.ctx)
  expect(ready.cover?.status).toBe('ready')
  const url = ready.cover?.renditions[0]?.url ?? ''
  expect(await page('')).toContain(url)
  await sweepFiles({ ...system, clock: { now: () => new Date(Date.now() + 90 * 24 * 3_600_000) } })
  expect((await shop.app.request(url)).status).toBe(200)
  expect((await removeCover(shop.ctx)).cover).toBeNull()
  expect(await page('')).not.toContain('class="cover"')
})

test('a cover is a picture, whatever its file is called', async () => {
  const fileId = await uploaded('cover.png', Buffer.from('%PDF-1.7\n%%EOF\n'))
  await expect(setCover(shop.ctx, { fileId })).rejects.toMatchObject({ slug: 'wrong-file-type' })
})

describe('a product', () => {
  test('has a sample for everybody while it is on sale, and for nobody else’s product', async () => {
    const id = await shop.product()
    const bytes = Buffer.from('%PDF-1.7\nsample\n%%EOF\n')
    const url = `/media/samples/${shop.workspaceId}/${id}`
    expect((await shop.app.request(url)).status).toBe(404)
    await updateProduct(shop.ctx, id, { sampleFileId: await uploaded('الفصل (1).pdf', bytes) })
    const product = await getProduct(shop.ctx, id)
    expect(product.sample?.name).toBe('الفصل (1).pdf')
    expect(await page(`/${encodeURIComponent(product.slug)}`)).toContain(url)
    const answer = await shop.app.request(url)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename\*=UTF-8''%D8%A7[^'"]*%281%29\.pdf$/,
    )
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    const stranger = await makeShop(services)
    expect((await shop.app.request(`/media/samples/${stranger.workspaceId}/${id}`)).status).toBe(404)
    const foreign = updateProduct(stranger.ctx, await stranger.product(), {
      sampleFileId: product.sample?.id ?? '',
    })
    await expect(foreign).rejects.toMatchObject({ status: 422 })
    await unpublishProduct(shop.ctx, id)
    expect((await shop.app.request(url)).status).toBe(404)
  })

  test('says how many copies were sold if its seller wants, and only what is true', async () => {
    const id = await shop.product([fixed('1000')])
    const { slug } = await getProduct(shop.ctx, id)
    const text = () => page(`/${encodeURIComponent(slug)}`)
    const orders = []
    for (let sold = 0; sold < 3; sold++) {
      const placed = await shop.order([{ productId: id }])
      await shop.act(placed.order, { action: 'pay' })
      await shop.app.request(`/ar/${shop.slug}/-/orders/${placed.order.id}/return?key=${placed.key}`)
      orders.push(placed.order.id)
    }
    await countSoldInStore(systemCtx(services, shop.workspaceId))
    expect(await text()).not.toContain('بيعت')
    await updateProduct(shop.ctx, id, { showsSold: true })
    expect(await text()).not.toContain('بيعت')
    await countSoldInStore(systemCtx(services, shop.workspaceId))
    expect(await text()).toContain('بيعت 3 نسخ')
    await refundOrder(shop.ctx, orders[0] ?? '', { reason: '' })
    await countSoldInStore(systemCtx(services, shop.workspaceId))
    expect(await text()).toContain('بيعت نسختان')
  })

  test('can be looked at with words that nobody saved, a draft too, with no script in them', async () => {
    const { id } = await createProduct(shop.ctx, { title: { ar: 'مسودة', en: 'Draft' } })
    const before = await getProduct(shop.ctx, id)
    const answer = await asks('POST', `/products/${id}/preview`, {
      locale: 'ar',
      title: { ar: 'عنوان جديد', en: '' },
      description: { ar: '<script>alert(1)</script> **وصف**', en: '' },
      forWhom: { ar: '- لمن يبدأ', en: '' },
      prices: [{ mode: 'fixed', price: { amount: '4900', currency: 'SAR' } }],
    })
    const shown = await html(answer)
    expect(shown).toContain('عنوان جديد')
    expect(shown).toContain('<strong>وصف</strong>')
    expect(shown).toContain('لمن يبدأ')
    expect(shown).toMatch(/49[.,]00/)
    expect(shown).not.toContain('<script')
    expect(await getProduct(shop.ctx, id)).toEqual(before)
    expect((await shop.app.request(`/ar/${shop.slug}/${encodeURIComponent(before.slug)}`)).status).toBe(404)
    const stranger = await makeShop(services)
    const foreign = await stranger.app.request(`/api/v1/products/${id}/preview`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stranger.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ locale: 'ar' }),
    })
    expect(foreign.status).toBe(404)
  })
})
