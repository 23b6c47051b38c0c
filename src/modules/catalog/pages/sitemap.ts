import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { locales, type Locale } from '../../../shared/locale.ts'
import { storePaths, type StorePaths } from '../../../storefront/urls.ts'
import { findStoreWorkspace, listStoreDirectory } from '../../workspaces/index.ts'
import { getPublicStore } from '../operations/get-public-store.ts'
import { listShelf } from '../operations/list-shelf.ts'

/** As many addresses as one file may hold. Source: sitemaps.org, protocol 0.9. */
const maxAddresses = 50_000
const maxStores = 10_000
const xml = { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' }

/** What programs may visit: everything but what belongs to one person, and the signed-in part. */
export function answerRobots(c: HttpContext): Response {
  const { publicUrl } = c.get('ctx').config
  const closed = [
    '/*/-/cart',
    '/*/-/checkout',
    '/*/-/orders',
    '/*/-/purchases',
    '/api/',
    '/dashboard',
    '/pay/',
    '/files/',
  ]
  const rules = closed.map((path) => `Disallow: ${path}\n`).join('')
  return c.text(`User-agent: *\n${rules}\nSitemap: ${publicUrl}/sitemap.xml\n`)
}

/** The list of the stores' own sitemaps. */
export async function answerSitemapIndex(c: HttpContext): Promise<Response> {
  const ctx = c.get('ctx')
  const stores = await listStoreDirectory(ctx, maxStores)
  const entries = stores.map(
    ({ slug }) =>
      `<sitemap><loc>${ctx.config.publicUrl}/sitemaps/${encodeURIComponent(slug)}.xml</loc></sitemap>`,
  )
  return c.body(document('sitemapindex', entries), 200, xml)
}

/** A store's public pages in both languages, each naming its counterparts. */
export async function answerSitemap(c: HttpContext): Promise<Response> {
  const ctx = c.get('ctx')
  const slug = (c.req.param('store') ?? '').replace(/\.xml$/, '')
  const workspaceId = await findStoreWorkspace(ctx, slug)
  if (workspaceId === undefined) throw new NotFound()
  const inStore = { ...ctx, workspaceId }
  const store = await getPublicStore(inStore)
  const origin = ctx.config.publicUrl
  const entries = addresses(origin, store.slug, (paths) => paths.home)
  if (store.refundPolicy.ar + store.refundPolicy.en !== '') {
    entries.push(...addresses(origin, store.slug, (paths) => paths.policy))
  }
  let after: string | null | undefined
  while (after !== null && entries.length < maxAddresses - 200) {
    const page = await listShelf(inStore, { after, limit: 100 })
    for (const product of page.items) {
      entries.push(...addresses(origin, store.slug, (paths) => paths.product(product.slug)))
    }
    after = page.next
  }
  return c.body(document('urlset', entries), 200, xml)
}

function addresses(origin: string, storeSlug: string, pathOf: (paths: StorePaths) => string): string[] {
  const at = (locale: Locale) => origin + pathOf(storePaths(locale, storeSlug))
  // Paths are percent-encoded, so nothing in them means anything in XML but the ampersand, which none holds.
  const links = locales
    .map((locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${at(locale)}"/>`)
    .join('')
  return locales.map((locale) => `<url><loc>${at(locale)}</loc>${links}</url>`)
}

function document(root: 'urlset' | 'sitemapindex', entries: readonly string[]): string {
  const names =
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${names}>${entries.join('\n')}</${root}>\n`
}
