import { setCookie } from 'hono/cookie'
import { Hono } from 'hono'
import type { Env, HttpContext } from '../../../platform/http/env.ts'
import { isSecure } from '../../../storefront/cart-cookie.ts'
import { answerPartsPage } from '../../../storefront/parts-page.tsx'
import { answerProblemPage } from '../../../storefront/problem-page.tsx'
import { answerFrontPage } from './front-page.tsx'
import { answerPicture } from './media.ts'
import { answerOpenGraphPicture } from './open-graph.ts'
import { answerPolicyPage } from './policy-page.tsx'
import { answerProductPage } from './product-page.tsx'
import { answerSample } from './sample.ts'
import { answerRobots, answerSitemap, answerSitemapIndex } from './sitemap.ts'
import { answerStorePage } from './store-page.tsx'
import { currencyCookie, visit } from './visit.ts'

const aYearSeconds = 60 * 60 * 24 * 365

/** The public pages of stores and products, and what search engines read. */
export const pages: Hono<Env> = new Hono<Env>()
  .get('/', answerFrontPage)
  .get('/:locale{(?:ar|en)}', answerFrontPage)
  .get('/robots.txt', answerRobots)
  .get('/sitemap.xml', answerSitemapIndex)
  .get('/sitemaps/:store', answerSitemap)
  .get('/docs/parts/:locale{(?:ar|en)}/:theme/:face', answerPartsPage)
  .get('/media/og/:locale{(?:ar|en)}/:store', answerOpenGraphPicture)
  .get('/media/og/:locale{(?:ar|en)}/:store/:product', answerOpenGraphPicture)
  .get('/media/samples/:workspace/:product', answerSample)
  .get('/media/:workspace/:picture/:name', answerPicture)
  .get('/:locale{(?:ar|en)}/:store', answerStorePage)
  .get('/:locale{(?:ar|en)}/:store/-/refund-policy', answerPolicyPage)
  .post('/:locale{(?:ar|en)}/:store/-/currency', chooseCurrency)
  .get('/:locale{(?:ar|en)}/:store/:product', answerProductPage)
  .onError((error, c) => answerProblemPage(c, error))

/** Keeps the visitor's currency and goes back to where they were, if that is a page of this store. */
async function chooseCurrency(c: HttpContext): Promise<Response> {
  const { store, paths } = await visit(c)
  const { currency, back } = await c.req.parseBody()
  const chosen = store.currencies.find((code) => code === currency)
  if (chosen !== undefined) {
    setCookie(c, currencyCookie, chosen, {
      path: '/',
      sameSite: 'Lax',
      httpOnly: true,
      maxAge: aYearSeconds,
      ...(isSecure(c) ? { secure: true, prefix: 'host' as const } : {}),
    })
  }
  return c.redirect(pathWithin(paths.home, back) ?? paths.home, 303)
}

/** The path and query of an address that lies in `home`, written as addresses are; undefined for any other. */
function pathWithin(home: string, address: unknown): string | undefined {
  const url = typeof address === 'string' ? URL.parse(address, 'http://here.invalid') : null
  if (url?.origin !== 'http://here.invalid') return undefined
  return url.pathname === home || url.pathname.startsWith(`${home}/`)
    ? `${url.pathname}${url.search}`
    : undefined
}
