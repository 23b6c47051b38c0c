import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Ctx } from '../../../platform/ctx.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { renderOpenGraphPicture, type OpenGraphPicture } from '../../../platform/pictures/open-graph.ts'
import { isLocale, type Locale } from '../../../shared/locale.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { findStoreWorkspace } from '../../workspaces/index.ts'
import { findProductPage } from '../operations/find-product-page.ts'
import { renditionKey } from '../operations/resize-picture.ts'
import { getPublicStore } from '../operations/get-public-store.ts'
import type { ProductPage, PublicStore } from '../schema.ts'
import { priceIn, priceText } from './offer.tsx'
import type { Visit } from './visit.ts'

const mediaType = 'image/jpeg'
const coverWidth = 800

/** The address of the picture that networks show for a link to the store; another one whenever it would look different. */
export function storePicture({ locale, store }: Visit): string {
  const version = versionOf(wordsOf(store, undefined, locale), undefined)
  return `/media/og/${locale}/${encodeURIComponent(store.slug)}.jpg?v=${version}`
}

/** The same for a product. */
export function productPicture({ locale, store }: Visit, product: ProductPage): string {
  const version = versionOf(wordsOf(store, product, locale), coverOf(product))
  return `/media/og/${locale}/${encodeURIComponent(store.slug)}/${encodeURIComponent(product.slug)}.jpg?v=${version}`
}

/** Serves such a picture; it is drawn when first asked for and kept with the files. */
export async function answerOpenGraphPicture(c: HttpContext): Promise<Response> {
  const ctx = c.get('ctx')
  const { locale, store: slug, product: productSlug } = c.req.param() as Record<string, string | undefined>
  const storeSlug = (productSlug === undefined ? slug?.replace(/\.jpg$/, '') : slug) ?? ''
  const workspaceId = await findStoreWorkspace(ctx, storeSlug)
  if (!isLocale(locale) || workspaceId === undefined) throw new NotFound()
  const inStore = { ...ctx, workspaceId, locale }
  const store = await getPublicStore(inStore)
  const product =
    productSlug === undefined ? undefined : await findProductPage(inStore, productSlug.replace(/\.jpg$/, ''))
  if (productSlug !== undefined && product === undefined) throw new NotFound()
  const bytes = await drawn(inStore, wordsOf(store, product, locale), coverOf(product))
  return c.body(bytes, 200, { 'content-type': mediaType, 'cache-control': 'public, max-age=86400' })
}

type Words = Omit<OpenGraphPicture, 'cover'>

/** A product's first picture in a size that is enough: its id and the name of the size. */
type Cover = { id: string; name: string } | undefined

async function drawn(
  ctx: Ctx & { workspaceId: string },
  words: Words,
  cover: Cover,
): Promise<ReadableStream> {
  const key = `${ctx.workspaceId}/open-graph/${versionOf(words, cover)}`
  if ((await ctx.files.size(key)) === undefined) {
    const bytes = cover === undefined ? undefined : await readCover(ctx, cover)
    const picture = await renderOpenGraphPicture({
      ...words,
      ...(bytes === undefined ? {} : { cover: bytes }),
    })
    await ctx.files.put(key, picture, mediaType)
  }
  return Readable.toWeb(await ctx.files.read(key)) as ReadableStream
}

async function readCover(ctx: Ctx & { workspaceId: string }, { id, name }: { id: string; name: string }) {
  const key = renditionKey(ctx.workspaceId, id, name)
  if ((await ctx.files.size(key)) === undefined) return undefined
  return new Uint8Array(await buffer(await ctx.files.read(key)))
}

function coverOf(product: ProductPage | undefined): Cover {
  const cover = product?.cover ?? null
  const jpegs = cover?.renditions.filter(({ format }) => format === 'jpeg') ?? []
  const [best] = jpegs.toSorted((a, b) => Math.abs(a.width - coverWidth) - Math.abs(b.width - coverWidth))
  return cover === null || best === undefined
    ? undefined
    : { id: cover.id, name: `${best.width}.${best.format}` }
}

function wordsOf(store: PublicStore, product: ProductPage | undefined, locale: Locale): Words {
  const storeName = pick(store.name, locale)
  if (product === undefined) {
    return { storeName, title: pick(store.tagline, locale) || storeName, priceText: '', locale }
  }
  const currency = store.currencies[0]
  const price = currency === undefined ? undefined : priceIn(product.prices, currency)
  return {
    storeName,
    title: pick(product.title, locale),
    priceText: price === undefined ? '' : priceText(price, locale),
    locale,
  }
}

function versionOf(words: Words, cover: Cover): string {
  return createHash('sha256')
    .update(JSON.stringify([words, cover]))
    .digest('hex')
    .slice(0, 20)
}
