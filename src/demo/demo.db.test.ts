import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { latestFiles, listProducts, listShelf, searchProducts } from '../modules/catalog/index.ts'
import { transaction } from '../platform/database/transaction.ts'
import { bookEpub } from './documents.ts'
import { freelancerGuide } from './books.ts'
import { demoProducts } from './products.ts'
import { getLivingCosts, readFigures } from '../modules/streams/index.ts'
import { seedDemo } from './seed.ts'
import { seedStreams } from './streams.ts'

let services: TestServices
let shop: TestWorkspace

beforeAll(async () => {
  services = await testServices()
  shop = await makeWorkspace(services, { currency: 'SAR' })
}, 60_000)

test('the demo store is whole, and made once', { timeout: 120_000 }, async () => {
  const made = await seedDemo(shop.ctx)
  expect(made).toHaveLength(13)
  expect((await seedDemo(shop.ctx)).map(({ id }) => id).toSorted()).toEqual(
    made.map(({ id }) => id).toSorted(),
  )
  await services.drain()
  const shelf = await listShelf(shop.ctx, { limit: 50 })
  expect(shelf.items).toHaveLength(12)
  for (const product of shelf.items) {
    expect([product.title.ar, product.title.en, product.summary.ar, product.summary.en]).not.toContain('')
    // Three widths as JPEG and WebP; AVIF besides, where it is smaller.
    expect(product.cover?.renditions.length).toBeGreaterThanOrEqual(6)
    expect(product.prices).toHaveLength(3)
  }
  const all = await listProducts(shop.ctx, { limit: 100 })
  expect(all.items.flatMap(({ pictures }) => pictures.map(({ status }) => status))).toEqual(
    Array(13).fill('ready'),
  )
  expect((await searchProducts(shop.ctx, { query: 'ميزانيه' })).items[0]?.title.en).toBe(
    'Household budget template',
  )
  const ids = shelf.items.map(({ id }) => id)
  const files = await transaction(shop.ctx, (tx) => latestFiles(tx, ids))
  expect(new Set(files.map(({ mediaType }) => mediaType))).toEqual(
    new Set(['application/pdf', 'application/epub+zip', 'application/zip']),
  )
  expect(new Set(files.map(({ productId }) => productId)).size).toBe(12)
})

test('the demo’s streams have money, hours and figures, and are made once', { timeout: 60_000 }, async () => {
  const { ctx } = await makeWorkspace(services, { currency: 'SAR' })
  await seedStreams(ctx)
  await seedStreams(ctx)
  const { streams, total, missingRates } = await readFigures(ctx, { calendar: 'gregorian', currency: 'SAR' })
  expect(streams.map(({ kind }) => kind)).toEqual([
    'service',
    'platform',
    'channel',
    'dividends',
    'domain-lease',
    'salary',
  ])
  expect(missingRates).toEqual([])
  const { ladders, from } = await getLivingCosts(ctx, { calendar: 'gregorian' })
  const [before, after] = ladders.map(({ monthly }) => Number(monthly.amount))
  expect(after).toBeGreaterThan(before ?? Infinity)
  expect(from).toBe(ladders[1]?.from)
  expect(total.netMinor).toBeGreaterThan(0n)
  for (const { figures, compared } of streams) {
    expect(figures.incomeMinor).toBeGreaterThan(0n)
    expect(compared || figures.trend.direction !== 'too-short').toBe(true)
  }
})

test('the same files are made every time', { timeout: 60_000 }, async () => {
  const hashes = async () => {
    const found: string[] = []
    for (const product of demoProducts)
      for (const { bytes } of await product.files())
        found.push(createHash('sha256').update(bytes).digest('hex'))
    return found
  }
  expect(await hashes()).toEqual(await hashes())
  expect(bookEpub(freelancerGuide).subarray(30, 58).toString()).toBe('mimetypeapplication/epub+zip')
})
