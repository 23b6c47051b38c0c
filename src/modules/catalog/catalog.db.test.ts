import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import {
  archiveProduct,
  createProduct,
  createVersion,
  findProductPage,
  getProduct,
  getPublicStore,
  getStore,
  latestFiles,
  listProducts,
  listShelf,
  pricesForCart,
  publishProduct,
  publishVersion,
  releaseStock,
  reserveStock,
  searchProducts,
  sellStock,
  setPrices,
  setStock,
  unpublishProduct,
  updateProduct,
  updateStore,
  type CreateProduct,
  type Price,
} from './index.ts'
import { ifUnchanged } from './operations/if-unchanged.ts'
import { receiveFile } from './operations/receive-file.ts'

let services: TestServices
let shop: TestWorkspace
let ctx: Ctx

beforeAll(async () => {
  services = await testServices()
  shop = await makeWorkspace(services, { currency: 'SAR' })
  ctx = shop.ctx
  await updateStore(ctx, { currencies: ['SAR', 'KWD', 'JPY'], taxRateBps: 1500 })
})

const fixed = (amount: string, currency: 'SAR' | 'KWD' | 'JPY' = 'SAR'): Price => ({
  mode: 'fixed',
  price: { amount, currency },
})

async function upload(
  name = 'دليل.pdf',
  bytes: Uint8Array = Buffer.from('%PDF-1.7\n%%EOF\n'),
): Promise<string> {
  return (await receiveFile(ctx, { name, body: Readable.from([bytes]) })).id
}

async function published(input: Partial<CreateProduct> = {}): Promise<string> {
  const product = await createProduct(ctx, {
    title: { ar: `منتج ${randomBytes(4).toString('hex')}` },
    prices: [fixed('4900')],
    ...input,
  })
  await createVersion(ctx, product.id, { fileIds: [await upload()] })
  await publishProduct(ctx, product.id)
  return product.id
}

const revision = async () => BigInt((await getStore(ctx)).revision)

/** The problem that an operation refuses with. */
async function problemOf(work: Promise<unknown>): Promise<{ slug: string; errors: string[] }> {
  try {
    await work
  } catch (error) {
    const { slug, errors } = error as { slug: string; errors: { pointer: string }[] }
    return { slug, errors: errors.map(({ pointer }) => pointer) }
  }
  return { slug: 'none', errors: [] }
}

describe('a store', () => {
  test('keeps what is changed and leaves the rest', async () => {
    const before = await getStore(ctx)
    const after = await updateStore(ctx, { tagline: { ar: 'رقميات عربية', en: '' } })
    expect(after).toMatchObject({
      tagline: { ar: 'رقميات عربية', en: '' },
      name: before.name,
      taxRateBps: 1500,
    })
    expect(BigInt(after.revision)).toBe(BigInt(before.revision) + 1n)
    expect(await getPublicStore({ ...ctx, actor: { kind: 'anonymous' } })).not.toHaveProperty('createdAt')
  })

  test('does not give up a currency that products are priced in', async () => {
    const product = await createProduct(ctx, { title: { ar: 'بالين' }, prices: [fixed('500', 'JPY')] })
    expect(await problemOf(updateStore(ctx, { currencies: ['SAR', 'KWD'] }))).toMatchObject({
      slug: 'currency-in-use',
    })
    await setPrices(ctx, product.id, { prices: [] })
    expect((await updateStore(ctx, { currencies: ['SAR', 'KWD', 'JPY'] })).currencies).toHaveLength(3)
  })

  test('has an address of its own', async () => {
    const other = await makeWorkspace(services)
    expect(await problemOf(updateStore(other.ctx, { slug: shop.slug }))).toMatchObject({
      slug: 'store-slug-taken',
    })
  })
})

describe('a product', () => {
  test('is a draft that nobody sees until it is published, and says what is missing', async () => {
    const draft = await createProduct(ctx, {})
    expect(draft.status).toBe('draft')
    expect(await problemOf(publishProduct(ctx, draft.id))).toEqual({
      slug: 'product-not-ready',
      errors: ['/title', '/prices', '/versions'],
    })
    await updateProduct(ctx, draft.id, { title: { ar: 'قالب الميزانية المنزلية', en: '' } })
    await setPrices(ctx, draft.id, { prices: [fixed('4900'), fixed('4000', 'KWD')] })
    const version = await createVersion(ctx, draft.id, {})
    expect(await problemOf(publishProduct(ctx, draft.id))).toMatchObject({ errors: ['/versions'] })
    expect(
      await problemOf(publishVersion(ctx, { productId: draft.id, versionId: version.id })),
    ).toMatchObject({
      slug: 'product-not-ready',
    })
    expect(await findProductPage(ctx, draft.slug)).toBeUndefined()
  })

  test('is shown whole once it is published', async () => {
    const before = await revision()
    const id = await published({
      title: { ar: 'أُسُس الإكسل', en: 'Excel basics' },
      description: { ar: '## أهلًا\n\nنصّ **مهم**', en: '' },
      stockLimit: 3,
      faq: [{ question: { ar: 'كيف؟', en: 'How?' }, answer: { ar: 'هكذا', en: 'So' } }],
    })
    expect(await revision()).toBeGreaterThan(before)
    const page = await findProductPage(ctx, 'أسس-الاكسل')
    expect(page).toMatchObject({
      id,
      slug: 'أسس-الإكسل',
      stockLeft: 3,
      prices: [fixed('4900')],
      version: { number: 1, files: [{ name: 'دليل.pdf', mediaType: 'application/pdf', sizeBytes: 15 }] },
    })
    expect(page?.descriptionHtml.ar).toContain('<strong>مهم</strong>')
    expect((await listShelf(ctx, { limit: 1 })).items[0]?.id).toBe(id)
    await unpublishProduct(ctx, id)
    expect(await findProductPage(ctx, 'أسس-الإكسل')).toBeUndefined()
    expect((await publishProduct(ctx, id)).status).toBe('published')
    await archiveProduct(ctx, id)
    expect(await problemOf(updateProduct(ctx, id, { title: { ar: 'آخر' } }))).toMatchObject({
      slug: 'product-archived',
    })
    expect((await getProduct(ctx, id)).status).toBe('archived')
  })

  test('cannot lose its title or prices while it is on sale', async () => {
    const id = await published()
    expect(await problemOf(updateProduct(ctx, id, { title: { ar: '', en: '' } }))).toMatchObject({
      errors: ['/title'],
    })
    expect(await problemOf(setPrices(ctx, id, { prices: [] }))).toMatchObject({ errors: ['/prices'] })
    expect((await getProduct(ctx, id)).prices).toEqual([fixed('4900')])
  })

  test('gets a slug that is free, and old names lead to it', async () => {
    const first = await createProduct(ctx, { title: { ar: 'دفتر المهام' } })
    const second = await createProduct(ctx, { title: { ar: 'دَفتر المهام' } })
    expect([first.slug, second.slug]).toEqual(['دفتر-المهام', 'دفتر-المهام-2'])
    const id = await published({ title: { ar: 'خطة' }, slug: 'خطة-أولى', shortSlug: 'plan' })
    await updateProduct(ctx, id, { slug: 'خطة-ثانية', shortSlug: 'plan-b' })
    for (const name of ['خطة-أولى', 'خطة-اولى', 'خطة-ثانية', 'plan', 'plan-b'])
      expect((await findProductPage(ctx, name))?.slug).toBe('خطة-ثانية')
    expect(await problemOf(updateProduct(ctx, second.id, { slug: 'plan-b' }))).toMatchObject({
      slug: 'slug-taken',
    })
    await updateProduct(ctx, second.id, { shortSlug: 'plan' })
    expect(await findProductPage(ctx, 'plan')).toBeUndefined()
    await updateProduct(ctx, id, { slug: 'plan-b', shortSlug: null })
    expect((await findProductPage(ctx, 'plan-b'))?.slug).toBe('plan-b')
  })

  test('two at once with one title get two slugs', async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, () => createProduct(ctx, { title: { en: 'Same name' } })),
    )
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(6)
  })

  test('is listed newest first, by state and by words', async () => {
    const other = await makeWorkspace(services, { currency: 'SAR' })
    const ids: string[] = []
    for (const title of ['دورة الخط العربي', 'قوالب السيرة', 'دورات الرسم'])
      ids.unshift((await createProduct(other.ctx, { title: { ar: title } })).id)
    const first = await listProducts(other.ctx, { limit: 2 })
    const rest = await listProducts(other.ctx, { limit: 2, after: first.next ?? '' })
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids)
    expect(rest.next).toBeNull()
    expect((await listProducts(other.ctx, { query: 'دورة' })).items).toHaveLength(2)
    expect((await listProducts(other.ctx, { status: 'published' })).items).toEqual([])
    expect((await listProducts(other.ctx, { query: '؟؟' })).items).toEqual([])
  })
})

describe('bad input changes nothing', () => {
  test.each<[string, unknown]>([
    ['numbers as money', [{ mode: 'fixed', price: { amount: 49, currency: 'SAR' } }]],
    ['negative amounts', [{ mode: 'fixed', price: { amount: '-49', currency: 'SAR' } }]],
    ['huge amounts', [{ mode: 'fixed', price: { amount: '9'.repeat(19), currency: 'SAR' } }]],
    ['unknown currencies', [{ mode: 'fixed', price: { amount: '49', currency: 'ABC' } }]],
    ['a currency that is not sold in', [{ mode: 'fixed', price: { amount: '49', currency: 'USD' } }]],
    ['no list', 'free'],
  ])('%s', async (_name, prices) => {
    const { id } = await createProduct(ctx, { title: { ar: 'ثابت' }, prices: [fixed('100')] })
    const before = await getProduct(ctx, id)
    // The compiler would refuse these; programs without one will send them.
    await expect(setPrices(ctx, id, { prices } as never)).rejects.toThrow()
    expect(await getProduct(ctx, id)).toEqual(before)
  })

  test('products and files of other workspaces are not there', async () => {
    const other = await makeWorkspace(services, { currency: 'SAR' })
    const { id } = await createProduct(ctx, { title: { ar: 'لي' } })
    const file = await upload()
    for (const work of [
      () => getProduct(other.ctx, id),
      () => updateProduct(other.ctx, id, { title: { ar: 'لك' } }),
      () => setStock(other.ctx, id, { limit: 1 }),
      () => archiveProduct(other.ctx, id),
      () => createVersion(other.ctx, id, {}),
    ])
      expect(await problemOf(work())).toMatchObject({ slug: 'not-found' })
    const mine = await createProduct(other.ctx, { title: { ar: 'منتجه' } })
    expect(await problemOf(createVersion(other.ctx, mine.id, { fileIds: [file] }))).toEqual({
      slug: 'validation',
      errors: ['/fileIds/0'],
    })
    expect((await getProduct(ctx, id)).title.ar).toBe('لي')
  })

  test('those without the right are refused', async () => {
    const analyst = await makeMember(services, shop.workspaceId, { role: 'analyst' })
    expect(await problemOf(createProduct(analyst.ctx, {}))).toMatchObject({ slug: 'not-allowed' })
    expect(await problemOf(createProduct({ ...ctx, actor: { kind: 'anonymous' } }, {}))).toMatchObject({
      slug: 'not-signed-in',
    })
  })
})

describe('what checkout reads', () => {
  test('prices of several products in one currency', async () => {
    const sold = await published({ prices: [fixed('4900'), fixed('4005', 'KWD')], stockLimit: 2 })
    const draft = await createProduct(ctx, {
      title: { en: 'Draft' },
      prices: [{ mode: 'free', currency: 'SAR' }],
    })
    const unknown = services.ids.next()
    const found = await transaction(ctx, (tx) =>
      pricesForCart(tx, [sold, draft.id, unknown], 'KWD', { lock: true }),
    )
    const byId = new Map(found.map((price) => [price.productId, price]))
    expect(byId.get(sold)).toMatchObject({
      published: true,
      mode: 'fixed',
      amountMinor: 4005n,
      suggestedMinor: null,
      stockLeft: 2,
      taxRateBps: 1500,
      pricesIncludeTax: true,
      kind: 'download',
    })
    expect(byId.get(draft.id)).toMatchObject({
      published: false,
      mode: null,
      amountMinor: null,
      stockLeft: null,
    })
    expect(found).toHaveLength(2)
  })

  test('stock goes to at most as many as there are, whoever comes at once', async () => {
    const id = await published({ stockLimit: 10 })
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () =>
        transaction(ctx, (tx) => reserveStock(tx, [{ productId: id, quantity: 1 }])).then(
          (short) => short.length === 0,
        ),
      ),
    )
    expect(outcomes.filter(Boolean)).toHaveLength(10)
    expect((await getProduct(ctx, id)).stock).toEqual({ limit: 10, reserved: 10, sold: 0, left: 0 })
    await transaction(ctx, (tx) => sellStock(tx, [{ productId: id, quantity: 4 }]))
    const before = await revision()
    await transaction(ctx, (tx) => releaseStock(tx, [{ productId: id, quantity: 6 }]))
    expect((await getProduct(ctx, id)).stock).toEqual({ limit: 10, reserved: 0, sold: 4, left: 6 })
    expect(await revision()).toBe(before + 1n)
  })

  test('a shortage names the product and what is left, and unlimited products are never short', async () => {
    const [few, many, endless] = [
      await published({ stockLimit: 1 }),
      await published({ stockLimit: 50 }),
      await published(),
    ]
    const items = [many, few, endless, few].map((productId) => ({ productId, quantity: 1 }))
    expect(await transaction(ctx, (tx) => reserveStock(tx, items))).toEqual([{ productId: few, left: 1 }])
    expect(await transaction(ctx, (tx) => reserveStock(tx, []))).toEqual([])
  })

  test('crossed orders of stock do not deadlock', async () => {
    const [a, b] = [await published({ stockLimit: 500 }), await published({ stockLimit: 500 })]
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        transaction(ctx, (tx) =>
          reserveStock(
            tx,
            (index % 2 === 0 ? [a, b] : [b, a]).map((productId) => ({ productId, quantity: 2 })),
          ),
        ),
      ),
    )
    expect((await getProduct(ctx, a)).stock?.reserved).toBe(40)
  })

  test('buyers get the newest published edition', async () => {
    const id = await published()
    const files = [await upload('b.pdf'), await upload('a.pdf')]
    const next = await createVersion(ctx, id, { fileIds: files })
    const latest = () => transaction(ctx, (tx) => latestFiles(tx, [id]))
    expect((await latest()).map(({ number }) => number)).toEqual([1])
    await publishVersion(ctx, { productId: id, versionId: next.id }, { notes: { ar: 'أوضح', en: 'Clearer' } })
    expect((await latest()).map(({ fileId, number }) => [fileId, number])).toEqual(
      files.map((file) => [file, 2]),
    )
    expect(await problemOf(publishVersion(ctx, { productId: id, versionId: next.id }))).toMatchObject({
      slug: 'version-published',
    })
  })
})

describe('the search', () => {
  let seeker: TestWorkspace
  const find = async (query: string) =>
    (await searchProducts(seeker.ctx, { query })).items.map(({ title }) => title.ar)

  beforeAll(async () => {
    seeker = await makeWorkspace(services, { currency: 'SAR' })
    const titles = [
      'كتاب الطبخ الصحي',
      'دورة الفوتوشوب للمبتدئين',
      'قوالب Excel للميزانية',
      'دليل المستشفى الآمن',
    ]
    for (const ar of titles) {
      const product = await createProduct(seeker.ctx, {
        title: { ar },
        summary: { ar: ar.startsWith('قوالب') ? 'مع كتاب صغير' : '' },
        prices: [{ mode: 'free', currency: 'SAR' }],
      })
      const file = await receiveFile(seeker.ctx, { name: 'a.txt', body: Readable.from([Buffer.from('نص')]) })
      await createVersion(seeker.ctx, product.id, { fileIds: [file.id] })
      await publishProduct(seeker.ctx, product.id)
    }
    await createProduct(seeker.ctx, { title: { ar: 'كتاب لم يُنشر' } })
  })

  test.each([
    ['كتاب', ['كتاب الطبخ الصحي', 'قوالب Excel للميزانية']],
    ['والكِتاب', ['كتاب الطبخ الصحي', 'قوالب Excel للميزانية']],
    ['كتا', ['كتاب الطبخ الصحي', 'قوالب Excel للميزانية']],
    ['كتاب طبخ', ['كتاب الطبخ الصحي']],
    ['مستشفي', ['دليل المستشفى الآمن']],
    ['دورات', ['دورة الفوتوشوب للمبتدئين']],
    ['فوتشوب', ['دورة الفوتوشوب للمبتدئين']],
    ['EXCEL', ['قوالب Excel للميزانية']],
    ['exsel', ['قوالب Excel للميزانية']],
    ['طائرة', []],
    ['كتاب طائرة', []],
    ["'; DROP TABLE products; --", []],
    ['%', []],
    ['', []],
  ])('for %s finds %j', async (query, expected) => {
    expect(await find(query)).toEqual(expected)
  })

  test('marks what it hit, goes on page by page, and stays in its workspace', async () => {
    const first = await searchProducts(seeker.ctx, { query: 'كتاب', limit: 1 })
    expect(first.items[0]?.highlighted.title[0]).toEqual({ text: 'كتاب', hit: true })
    const second = await searchProducts(seeker.ctx, { query: 'كتاب', limit: 1, after: first.next ?? '' })
    expect(second.items.map(({ title }) => title.ar)).toEqual(['قوالب Excel للميزانية'])
    expect(second.next).toBeNull()
    const stranger = await makeWorkspace(services)
    expect((await searchProducts(stranger.ctx, { query: 'كتاب' })).items).toEqual([])
  })

  test('uses its index under row-level security', async () => {
    const plan = await transaction(ctx, async (tx) => {
      await rows(tx, sql`SET LOCAL enable_seqscan = off`)
      return rows<{ 'QUERY PLAN': string }>(
        tx,
        sql`EXPLAIN SELECT product_id FROM product_words
            WHERE workspace_id = ${tx.workspaceId} AND word ~>=~ ${'كت'} AND word ~<~ ${'كت\u{10FFFF}'}`,
      )
    })
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).toMatch(/Index Cond: .*~>=~/)
  })
})

test('what somebody else changed meanwhile is not overwritten; what sales change does not count', async () => {
  const product = await createProduct(ctx, { title: { ar: 'كتاب', en: 'Book' } })
  const change = (revision: string | undefined, en: string) =>
    ifUnchanged(ctx, { productId: product.id, revision }, (tx) =>
      updateProduct(tx, product.id, { summary: { ar: '', en } }),
    )
  const first = await change(`"${product.revision}"`, 'One')
  expect(first.revision).not.toBe(product.revision)
  await expect(change(`"${product.revision}"`, 'Two')).rejects.toMatchObject({ slug: 'changed-meanwhile' })
  expect((await change(undefined, 'Three')).summary.en).toBe('Three')
})
