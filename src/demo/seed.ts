import { Readable } from 'node:stream'
import {
  addPicture,
  createProduct,
  createVersion,
  listProducts,
  publishProduct,
  publishVersion,
  receiveFile,
  updateStore,
  type Product,
} from '../modules/catalog/index.ts'
import type { Ctx } from '../platform/ctx.ts'
import { drawCover } from './covers.ts'
import { demoProducts, type DemoProduct } from './products.ts'
import { storeWords } from './words.ts'

/**
 * Fills the store of the context's workspace with a bilingual demo: settings, twelve published products with real files
 * and covers, and a draft. Texts, prices, files and covers are the same every time; ids come from the context.
 * A workspace that has products already is left as it is. The context must be the owner's or the program's.
 */
export async function seedDemo(ctx: Ctx): Promise<Product[]> {
  const existing = await listProducts(ctx, { limit: 100 })
  if (existing.items.length > 0) return existing.items
  await updateStore(ctx, {
    ...storeWords,
    currencies: ['SAR', 'KWD', 'USD'],
    taxRateBps: 1_500,
    pricesIncludeTax: true,
    legalName: 'مؤسسة سلمى الحربي للتصميم',
    taxNumber: '310123456700003',
    address: { line1: 'شارع التحلية، مبنى 12', city: 'جدة', postcode: '23326' },
    country: 'SA',
    supportEmail: 'salma@example.com',
  })
  const products: Product[] = []
  for (const product of demoProducts) products.push(await seedProduct(ctx, product))
  return products
}

async function seedProduct(ctx: Ctx, demo: DemoProduct): Promise<Product> {
  const { input, cover, update, draft } = demo
  const product = await createProduct(ctx, input)
  const picture = await drawCover({ ...cover, title: product.title.ar })
  const alt = {
    ar: `غلاف «${product.title.ar}»`,
    en: product.title.en === '' ? '' : `Cover of ${product.title.en}`,
  }
  await addPicture(ctx, product.id, { fileId: await upload(ctx, 'cover.png', picture), alt })
  if (draft === true) return product
  const fileIds: string[] = []
  for (const { name, bytes } of await demo.files()) fileIds.push(await upload(ctx, name, bytes))
  await createVersion(ctx, product.id, { fileIds, notes: { ar: 'الطبعة الأولى', en: 'First edition' } })
  const published = await publishProduct(ctx, product.id)
  if (update !== undefined) {
    const next = await createVersion(ctx, product.id, { fileIds, notes: update })
    await publishVersion(ctx, { productId: product.id, versionId: next.id })
  }
  return published
}

async function upload(ctx: Ctx, name: string, bytes: Uint8Array): Promise<string> {
  const file = await receiveFile(ctx, { name, body: Readable.from([Buffer.from(bytes)]) })
  return file.id
}
