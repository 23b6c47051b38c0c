import { getCookie } from 'hono/cookie'
import { onPublicChange } from '../../../platform/changes.ts'
import type { Ctx, Services } from '../../../platform/ctx.ts'
import type { Database } from '../../../platform/database/database.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { isLocale, type Locale } from '../../../shared/locale.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { isSecure, readCart } from '../../../storefront/cart-cookie.ts'
import type { StoreFrame } from '../../../storefront/components/frame.tsx'
import { createPageCache, type PageCache } from '../../../storefront/page-cache.ts'
import { rememberStore } from '../../../storefront/problem-page.tsx'
import { storePaths, type StorePaths } from '../../../storefront/urls.ts'
import { watch, type Watched } from '../../../storefront/watch.ts'
import { findStoreWorkspace } from '../../workspaces/index.ts'
import { getPublicStore } from '../operations/get-public-store.ts'
import type { PublicStore } from '../schema.ts'

/** A visitor's look at a page of a store. */
export type Visit = {
  /** In the store's workspace and the page's language. */
  ctx: Ctx & { readonly workspaceId: string }
  locale: Locale
  store: PublicStore
  frame: StoreFrame
  paths: StorePaths
  /** The page's path and query, percent-encoded. */
  path: string
}

type KnownStore = { workspaceId: string; store: PublicStore }
type Shop = { stores: Watched<KnownStore>; pages: PageCache }

const maxCacheBytes = 48 * 1024 * 1024
const shops = new WeakMap<Database, Shop>()

/** The store of a public page, by language and address in its path. @throws NotFound */
export async function visit(c: HttpContext): Promise<Visit> {
  const ctx = c.get('ctx')
  const [, locale, slug] = c.req.path.split('/', 3)
  if (!isLocale(locale) || slug === undefined) throw new NotFound()
  const known = shopOf(ctx).stores.current(decode(slug), ctx.clock.now().getTime())
  const found = known instanceof Promise ? await known : known
  if (found === undefined) throw new NotFound()
  const { store, workspaceId } = found
  const frame = storeFrame(c, store, locale)
  rememberStore(c, frame)
  return {
    ctx: { ...ctx, workspaceId, locale },
    locale,
    store,
    frame,
    paths: storePaths(locale, store.slug),
    path: pathOf(c),
  }
}

/** The pages of this process's stores that are kept in memory. */
export function pageCache(services: Services): PageCache {
  return shopOf(services).pages
}

/** The cookie in which a visitor's choice of currency is kept. */
export const currencyCookie = 'currency'

function chosenCurrency(c: HttpContext): string | undefined {
  return isSecure(c) ? getCookie(c, currencyCookie, 'host') : getCookie(c, currencyCookie)
}

function shopOf(services: Services): Shop {
  let shop = shops.get(services.database)
  if (shop === undefined) {
    const stores = watch((slug: string) => readStoreAt(services, slug))
    onPublicChange(() => stores.forget())
    shop = { stores, pages: createPageCache(maxCacheBytes) }
    shops.set(services.database, shop)
  }
  return shop
}

async function readStoreAt(services: Services, slug: string): Promise<KnownStore | undefined> {
  const ctx: Ctx = {
    ...services,
    actor: { kind: 'anonymous' },
    workspaceId: undefined,
    locale: 'ar',
    requestId: 'storefront',
  }
  const workspaceId = await findStoreWorkspace(ctx, slug)
  if (workspaceId === undefined) return undefined
  return { workspaceId, store: await getPublicStore({ ...ctx, workspaceId }) }
}

/** What every page of the store shows of it to this visitor. */
export function storeFrame(c: HttpContext, store: PublicStore, locale: Locale): StoreFrame {
  const chosen = c.req.header('cookie') === undefined ? undefined : chosenCurrency(c)
  const currency = store.currencies.find((code) => code === chosen)
  return {
    ...frameOf(store, locale),
    ...(currency === undefined ? {} : { currency }),
    inCart: readCart(c, store.slug)?.count ?? 0,
  }
}

/** The same to a visitor who brings nothing along. */
export function frameOf(store: PublicStore, locale: Locale): StoreFrame {
  return {
    slug: store.slug,
    name: pick(store.name, locale),
    look: store.look,
    supportEmail: store.supportEmail,
    testOnly: store.providers.every((provider) => provider === 'test'),
    hasPolicy: pick(store.refundPolicy, locale) !== '',
    currencies: store.currencies,
    currency: store.currencies[0] ?? 'SAR',
    inCart: 0,
  }
}

function pathOf(c: HttpContext): string {
  const { url } = c.req
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

function decode(slug: string): string {
  try {
    return decodeURIComponent(slug)
  } catch {
    return slug
  }
}
