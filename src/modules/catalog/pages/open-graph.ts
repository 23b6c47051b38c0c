import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Ctx } from '../../../platform/ctx.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { renderOpenGraphPicture, type OpenGraphPicture } from '../../../platform/pictures/open-graph.ts'
import { isLocale, type Locale } from '../../../shared/locale.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { findStoreWorkspace } from '../../workspaces/index.ts'
import { findProductPage } from '../operations/find-product-page.ts'
import { getPublicStore } from '../operations/get-public-store.ts'
import type { ProductPage, PublicStore } from '../schema.ts'
import { priceIn, priceText } from './offer.tsx'
import type { Visit } from './visit.ts'

const mediaType = 'image/jpeg'

/** The address of the picture that networks show for a link to the store; another one whenever it would look different. */
export function storePicture({ locale, store }: Visit): string {
  const version = versionOf(wordsOf(store, undefined, locale))
  return `/media/og/${locale}/${encodeURIComponent(store.slug)}.jpg?v=${version}`
}

/** The same for a product. */
export function productPicture({ locale, store }: Visit, product: ProductPage): string {
  const version = versionOf(wordsOf(store, product, locale))
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
  const bytes = await drawn(inStore, wordsOf(store, product, locale))
  return c.body(bytes, 200, { 'content-type': mediaType, 'cache-control': 'public, max-age=86400' })
}

async function drawn(ctx: Ctx & { workspaceId: string }, words: OpenGraphPicture): Promise<ReadableStream> {
  const key = `${ctx.workspaceId}/open-graph/${versionOf(words)}`
  if ((await ctx.files.size(key)) === undefined) {
    await ctx.files.put(key, await renderOpenGraphPicture(words), mediaType)
  }
  return Readable.toWeb(await ctx.files.read(key)) as ReadableStream
}

function wordsOf(store: PublicStore, product: ProductPage | undefined, locale: Locale): OpenGraphPicture {
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

function versionOf(words: OpenGraphPicture): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 20)
}
