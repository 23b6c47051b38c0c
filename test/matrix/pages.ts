import { listOrderRights } from '../../src/modules/fulfilment/operations/list-order-rights.ts'
import type { House } from './house.ts'

/** A good visit to a page. */
export type Visit = {
  path: string
  /** What the visitor fills in. */
  form?: Record<string, string>
  json?: unknown
  headers?: Record<string, string>
  /** Addresses of the same page that must answer as if nothing were there: other keys, another store's ids. */
  shut?: string[]
  /** What opening it changes, and why that is no danger; only for those that read. */
  changes?: string
  /** Not HTML. */
  kind?: 'file' | 'redirect'
  /** Answers as a refusal does, for a reason that the comment says. */
  status?: number
}

type Pages = Readonly<Record<string, (house: House, stranger: House) => Visit | Promise<Visit>>>

const at = (house: House, rest = '') => `/ar/${house.slug}${rest}`

/** Every route that is no route of the API: by method and path as Hono has them. One that is not here fails the matrix. */
export const PAGES: Pages = {
  'GET /': () => ({ path: '/', kind: 'redirect' }),
  'GET /:locale{(?:ar|en)}': () => ({ path: '/ar' }),
  'GET /healthz': () => ({ path: '/healthz', kind: 'file' }),
  'GET /readyz': () => ({ path: '/readyz', kind: 'file', status: 503 }),
  // For the operator's own network alone: see docs/operating.md.
  'GET /metrics': () => ({ path: '/metrics', kind: 'file', status: 404 }),
  'GET /robots.txt': () => ({ path: '/robots.txt', kind: 'file' }),
  'GET /sitemap.xml': () => ({ path: '/sitemap.xml', kind: 'file' }),
  'GET /sitemaps/:store': (house) => ({ path: `/sitemaps/${house.slug}.xml`, kind: 'file' }),
  'GET /favicon.ico': () => ({ path: '/favicon.ico', kind: 'file' }),
  'GET /setup': () => ({ path: '/setup', kind: 'redirect' }),
  'GET /dashboard': () => ({ path: '/dashboard', kind: 'redirect' }),
  // Built by another step: where it was not, there is nothing here, and the headers are the same.
  'GET /dashboard/*': () => ({ path: '/dashboard/', kind: 'file', status: 404 }),
  'GET /docs/api': () => ({ path: '/docs/api' }),
  'GET /docs/problems': () => ({ path: '/docs/problems' }),
  'GET /assets/reference.css': () => ({ path: '/assets/reference.css', kind: 'file' }),
  'GET /assets/storefront/:name': () => ({ path: '/assets/storefront/icon.svg', kind: 'file', status: 404 }),
  'GET /:locale{(?:ar|en)}/:store': (house) => ({ path: at(house) }),
  'GET /:locale{(?:ar|en)}/:store/:product': (house) => ({
    path: at(house, `/${encodeURIComponent(house.thing('product-slug'))}`),
  }),
  'GET /:locale{(?:ar|en)}/:store/-/refund-policy': (house) => ({
    path: at(house, '/-/refund-policy'),
    status: 404,
  }),
  'POST /:locale{(?:ar|en)}/:store/-/currency': (house) => ({
    path: at(house, '/-/currency'),
    form: { currency: 'KWD', back: at(house) },
  }),
  'GET /:locale{(?:ar|en)}/:store/-/cart': (house) => ({ path: at(house, '/-/cart') }),
  'POST /:locale{(?:ar|en)}/:store/-/cart': (house) => ({
    path: at(house, '/-/cart'),
    form: { add: house.thing('product') },
  }),
  // Without a cart there is nothing to pay, so it leads back to the cart.
  'GET /:locale{(?:ar|en)}/:store/-/checkout': (house) => ({
    path: at(house, '/-/checkout'),
    kind: 'redirect',
  }),
  'POST /:locale{(?:ar|en)}/:store/-/checkout': (house) => ({ path: at(house, '/-/checkout'), form: {} }),
  'GET /:locale{(?:ar|en)}/:store/-/orders/:id': (house, stranger) => ({
    path: at(house, `/-/orders/${house.thing('order')}?key=${house.thing('order-key')}`),
    shut: [
      at(house, `/-/orders/${house.thing('order')}`),
      at(house, `/-/orders/${house.thing('order')}?key=${house.thing('pending-key')}`),
      at(house, `/-/orders/${house.thing('order')}?key=${stranger.thing('order-key')}`),
      at(stranger, `/-/orders/${house.thing('order')}?key=${house.thing('order-key')}`),
    ],
  }),
  'POST /:locale{(?:ar|en)}/:store/-/orders/:id/payments': (house) => ({
    path: at(house, `/-/orders/${house.thing('pending-order')}/payments?key=${house.thing('pending-key')}`),
    form: {},
    shut: [at(house, `/-/orders/${house.thing('pending-order')}/payments?key=${house.thing('order-key')}`)],
  }),
  'GET /:locale/:store/-/orders/:id/return': (house, stranger) => ({
    path: at(house, `/-/orders/${house.thing('order')}/return?key=${house.thing('order-key')}`),
    kind: 'redirect',
    changes:
      'the provider is asked what became of the payment, as its own message or the sweeper would have it asked; nothing of it comes from the request',
    shut: [
      at(house, `/-/orders/${house.thing('order')}/return`),
      at(house, `/-/orders/${house.thing('order')}/return?key=${stranger.thing('order-key')}`),
    ],
  }),
  'GET /:locale{(?:ar|en)}/:store/-/purchases': (house) => ({
    path: at(house, '/-/purchases'),
    headers: house.buyerCookie,
  }),
  'POST /:locale{(?:ar|en)}/:store/-/purchases': (house) => ({
    path: at(house, '/-/purchases'),
    form: { email: house.buyerEmail },
  }),
  'GET /:locale{(?:ar|en)}/:store/-/purchases/enter': (house) => ({
    path: at(house, '/-/purchases/enter?token=made-up'),
  }),
  'POST /:locale{(?:ar|en)}/:store/-/purchases/enter': (house) => ({
    path: at(house, '/-/purchases/enter'),
    form: { token: 'made-up' },
    status: 403,
  }),
  'POST /:locale{(?:ar|en)}/:store/-/purchases/leave': (house) => ({
    path: at(house, '/-/purchases/leave'),
    form: {},
  }),
  'GET /pay/test/:workspace/:payment': (house, stranger) => ({
    path: `/pay/test/${house.workspaceId}/${house.thing('pending-payment')}`,
    shut: [`/pay/test/${stranger.workspaceId}/${house.thing('pending-payment')}`],
  }),
  'POST /pay/test/:workspace/:payment': (house, stranger) => ({
    path: `/pay/test/${house.workspaceId}/${house.thing('pending-payment')}`,
    form: { action: 'pay' },
    shut: [`/pay/test/${stranger.workspaceId}/${house.thing('pending-payment')}`],
  }),
  'POST /pay/test/:workspace/:payment/steer': (house, stranger) => ({
    path: `/pay/test/${house.workspaceId}/${house.thing('pending-payment')}/steer`,
    json: { action: 'pay' },
    shut: [`/pay/test/${stranger.workspaceId}/${house.thing('pending-payment')}/steer`],
  }),
  'GET /docs/parts/:locale{(?:ar|en)}/:theme/:face': () => ({ path: '/docs/parts/ar/folio/naskh' }),
  'GET /media/og/:locale{(?:ar|en)}/:store': (house) => ({
    path: `/media/og/ar/${house.slug}`,
    kind: 'file',
  }),
  'GET /media/og/:locale{(?:ar|en)}/:store/:product': (house) => ({
    path: `/media/og/ar/${house.slug}/${encodeURIComponent(house.thing('product-slug'))}`,
    kind: 'file',
  }),
  // The product has no sample: the test of the catalogue's pages fetches one.
  'GET /media/samples/:workspace/:product': (house) => ({
    path: `/media/samples/${house.workspaceId}/${house.thing('product')}`,
    kind: 'file',
    status: 404,
  }),
  'GET /media/:workspace/:picture/:name': (house, stranger) => ({
    path: `/media/${house.workspaceId}/${house.thing('picture')}/8.webp`,
    kind: 'file',
    status: 404,
    shut: [
      `/media/${house.workspaceId}/${house.thing('picture')}/..%2f..%2f..%2fsecrets.json`,
      `/media/${stranger.workspaceId}/${house.thing('picture')}/8.webp`,
    ],
  }),
  'GET /files/:workspace/:entitlement/:file': async (house, stranger) => {
    const [right] = await listOrderRights(house.ctx, [house.thing('order')])
    const { pathname, search } = new URL(right?.files[0]?.url ?? '', house.ctx.config.publicUrl)
    return {
      path: `${pathname}${search}`,
      kind: 'file',
      changes: 'each link counts as one download, so that a limit can be kept',
      shut: [
        pathname,
        `${pathname.replace(house.workspaceId, stranger.workspaceId)}${search}`,
        `${pathname.slice(0, pathname.lastIndexOf('/'))}/${house.thing('image')}${search}`,
      ],
    }
  },
}

/** The same page's address in the table, whatever a hash in its path is now. */
export function keyOf({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`
}
