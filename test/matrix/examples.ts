import { COVERAGE } from './examples-coverage.ts'
import { FOCUS } from './examples-focus.ts'
import { PEOPLE, WEBHOOKS } from './examples-people.ts'
import { PLANS } from './examples-plans.ts'
import { IMPORTS } from './examples-imports.ts'
import { STREAMS } from './examples-streams.ts'
import type { House } from './house.ts'

/** A good request to a route, in a house of one's own. */
export type Example = {
  /** By the name in the path; what is not said here is found in FILLS. */
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** A body that is no JSON, and its type. */
  raw?: { type: string; text: string }
  headers?: Record<string, string>
  /** What it answers to the first who may; 2xx where it is left out. Say why in a comment. */
  status?: number
  /** Later than the others: it takes away what they need. */
  last?: boolean
}

/** What fills a parameter of a path, by the word before it and its name. */
export const FILLS: Readonly<Record<string, string>> = {
  'tokens/{id}': 'token',
  'stores/{store}': 'store',
  'products/{slug}': 'product-slug',
  'products/{id}': 'product',
  'pictures/{pictureId}': 'picture',
  'versions/{versionId}': 'version',
  'files/{id}': 'file',
  'carts/{id}': 'cart',
  'orders/{id}': 'order',
  'documents/{document}': 'document',
  'payments/{payment}': 'payment',
  'entitlements/{entitlement}': 'entitlement',
  'entries/{id}': 'entry',
  'holds/{id}': 'hold',
  'views/{id}': 'view',
  'notes/{note}': 'note',
  'messages/{id}': 'message',
  'requests/{id}': 'archive',
  'passkeys/{id}': 'nothing',
  'sessions/{id}': 'session',
  'ownership-offers/{userId}': 'nothing',
  'invitations/{id}': 'invitation',
  'webhook-endpoints/{id}': 'endpoint',
  'webhook-deliveries/{id}': 'delivery',
  'members/{id}': 'member',
  'streams/{id}': 'stream',
  'stream-imports/{id}': 'import',
  'plans/{id}': 'plan',
  'projections/{id}': 'projection',
  'entries/{entry}': 'stream-entry',
  'stream-hours/{id}': 'stream-hours',
  'stream-recurring/{id}': 'recurring',
  'members/{userId}': 'member',
  'milestones/{id}': 'milestone',
}

const money = (amount: string) => ({ amount, currency: 'SAR' })
const PASSWORD = 'turquoise kettle ploughs'

/** Good requests, where a route wants more than its path. A route with a body that is not here fails the matrix. */
export const EXAMPLES: Readonly<Record<string, (house: House) => Example>> = {
  ...PEOPLE,
  ...WEBHOOKS,
  ...FOCUS,
  ...COVERAGE,
  ...STREAMS,
  ...IMPORTS,
  ...PLANS,
  // The installation of the test was never set up by its link, and a link that is made up opens nothing.
  'POST /setup': () => ({
    body: {
      token: 'a-link-that-nobody-made',
      name: 'سلمى',
      email: 'first@example.com',
      password: PASSWORD,
      storeNameAr: 'متجر',
      storeNameEn: 'Shop',
      currency: 'SAR',
      locale: 'ar',
    },
    status: 403,
  }),
  'POST /workspaces': () => ({
    body: { storeNameAr: 'متجر آخر', storeNameEn: 'Another shop', currency: 'SAR', locale: 'ar' },
  }),
  'POST /tokens': () => ({ body: { name: 'Night', rights: ['tokens:write'] } }),
  'DELETE /tokens/{id}': () => ({ last: true }),
  'PATCH /store': () => ({ body: { tagline: { ar: 'أدلّة', en: 'Guides' } } }),
  'PUT /store/cover': (house) => ({ body: { fileId: house.thing('image') }, last: true }),
  'DELETE /store/cover': () => ({ last: true }),
  'POST /store/preview': () => ({
    body: { locale: 'ar', look: { theme: 'folio', face: 'naskh', accent: '#7a2f1d' } },
  }),
  'GET /stores/{store}/products': () => ({ query: { query: 'guide' } }),
  'POST /products': () => ({ body: { title: { ar: 'كتاب', en: 'Book' } } }),
  'PATCH /products/{id}': () => ({ body: { summary: { ar: 'ملخّص', en: 'Summary' } } }),
  'POST /products/{id}/preview': () => ({ body: { locale: 'en', title: { ar: 'كتاب', en: 'Book' } } }),
  'PUT /products/{id}/prices': () => ({ body: { prices: [{ mode: 'fixed', price: money('9900') }] } }),
  'PUT /products/{id}/stock': () => ({ body: { limit: 60 } }),
  'POST /products/{id}/unpublish': (house) => ({ params: { id: house.thing('spare-product') } }),
  'POST /products/{id}/archive': (house) => ({ params: { id: house.thing('spare-product') }, last: true }),
  'POST /products/{id}/pictures': (house) => ({ body: { fileId: house.thing('image') }, last: true }),
  'PUT /products/{id}/pictures/order': (house) => ({ body: { pictureIds: [house.thing('picture')] } }),
  'DELETE /products/{id}/pictures/{pictureId}': () => ({ last: true }),
  // There is a draft, and a product has one at a time.
  'POST /products/{id}/versions': (house) => ({
    params: { id: house.thing('spare-product') },
    body: { fileIds: [house.thing('file')] },
  }),
  'PATCH /products/{id}/versions/{versionId}': (house) => ({ body: { fileIds: [house.thing('file')] } }),
  'POST /products/{id}/versions/{versionId}/publish': () => ({ body: {} }),
  'POST /files': () => ({
    query: { name: 'new.txt' },
    raw: { type: 'application/octet-stream', text: 'a new file' },
  }),
  'POST /uploads': () => ({
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '3',
      'upload-metadata': `filename ${Buffer.from('a.txt').toString('base64')}`,
    },
  }),
  'POST /stores/{store}/carts': (house) => ({
    body: { currency: 'SAR', items: [{ productId: house.thing('product'), quantity: 1 }] },
  }),
  'PATCH /stores/{store}/carts/{id}': (house) => ({
    body: { items: [{ productId: house.thing('product'), quantity: 1 }] },
  }),
  'POST /stores/{store}/orders': (house) => ({
    body: {
      cartId: house.thing('cart'),
      email: house.buyerEmail,
      name: 'ليان',
      locale: 'ar',
      expectedTotal: money('9900'),
    },
    last: true,
  }),
  'POST /stores/{store}/orders/{id}/payments': (house) => ({
    params: { id: house.thing('pending-order') },
    query: { key: house.thing('pending-key') },
    body: {},
  }),
  'GET /stores/{store}/orders/{id}': (house) => ({ query: { key: house.thing('order-key') } }),
  'GET /stores/{store}/orders/{id}/documents/{document}': (house) => ({
    query: { key: house.thing('order-key') },
  }),
  'GET /stores/{store}/orders/{id}/entitlements': (house) => ({ query: { key: house.thing('order-key') } }),
  'POST /stores/{store}/purchases/link': (house) => ({ body: { email: house.buyerEmail, locale: 'ar' } }),
  'GET /orders': (house) => ({ query: { search: house.buyerEmail } }),
  'POST /orders/{id}/refunds': () => ({ body: { amount: money('1'), reason: 'Goodwill' } }),
  'POST /orders/{id}/cancel': (house) => ({ params: { id: house.thing('cancellable-order') }, last: true }),
  // The payment of this order matches it, so there is nothing to settle.
  'POST /orders/{id}/payments/{payment}/settle': () => ({
    body: { action: 'note', note: 'Settled elsewhere' },
    status: 409,
  }),
  // Nobody but the provider can sign its messages.
  'POST /webhooks/{provider}/{workspace}': (house) => ({
    params: { provider: 'test', workspace: house.workspaceId },
    body: { data: {} },
    status: 401,
  }),
  'POST /test-provider/faults': () => ({ body: { call: 'fetch', times: 0 } }),
  'GET /search': () => ({ query: { query: 'guide' } }),
  'GET /views': () => ({ query: { screen: 'orders' } }),
  'POST /views': () => ({ body: { screen: 'orders', name: 'Unpaid', search: { state: 'pending' } } }),
  'PATCH /views/{id}': () => ({ body: { name: 'Not paid' } }),
  'DELETE /views/{id}': () => ({ last: true }),
  'POST /orders/{id}/notes': () => ({ body: { body: 'Asked for an invoice to the company.' } }),
  'DELETE /orders/{id}/notes/{note}': () => ({ last: true }),
  'GET /exports/statement': () => ({ query: { account: '4000', currency: 'SAR' } }),
  'GET /exports/stream-money': (house) => ({ query: { streamId: house.thing('stream') } }),
  'GET /exports/stream-hours': (house) => ({ query: { streamId: house.thing('stream') } }),
  'GET /customers': (house) => ({ query: { search: house.buyerEmail } }),
  'GET /me/exports/{id}': (house) => ({ params: { id: house.thing('own-archive') } }),
  'GET /me/exports/{id}/archive': (house) => ({ params: { id: house.thing('own-archive') } }),
  'POST /privacy/requests': () => ({ body: { kind: 'export', email: 'nobody@example.com' } }),
  'GET /messages': (house) => ({ query: { relatedKind: 'order', relatedId: house.thing('order') } }),
  'GET /audit-events': (house) => ({ query: { subjectKind: 'token', subjectId: house.thing('token') } }),
  'POST /ledger/chart': () => ({ body: { code: '1970', name: { ar: 'أمانات', en: 'Deposits' } } }),
  'GET /ledger/accounts/{code}/{currency}': () => ({ params: { code: '4000', currency: 'SAR' } }),
  'GET /ledger/accounts/{code}/{currency}/statement': () => ({ params: { code: '4000', currency: 'SAR' } }),
  'POST /ledger/entries': () => ({
    body: {
      memo: 'Rent',
      postings: [
        { account: '5100', amount: money('100') },
        { account: '1000', amount: money('-100') },
      ],
    },
  }),
  'POST /ledger/entries/{id}/reversals': () => ({ body: { memo: 'Mistake' }, last: true }),
  'POST /ledger/holds': () => ({ body: { debit: '5100', credit: '1000', amount: money('40') } }),
  'POST /ledger/holds/{id}/postings': () => ({ body: { amount: money('10'), final: false } }),
  'POST /ledger/holds/{id}/void': () => ({ last: true }),
  'POST /ledger/exchanges': () => ({
    body: {
      from: { account: '1100', amount: money('375') },
      to: { account: '1000', amount: { amount: '100', currency: 'USD' } },
    },
  }),
  'GET /ledger/reports/income-statement': () => ({ query: { from: '2026-01-01', to: '2026-12-31' } }),
  'GET /ledger/reports/streams': () => ({ query: { from: '2026-01-01', to: '2026-12-31' } }),
  'GET /ledger/reports/{file}': () => ({ params: { file: 'trial-balance.pdf' } }),
  'POST /ledger/periods/close': () => ({ body: { through: '2020-12-31' }, last: true }),
  'POST /ledger/rates': () => ({
    body: { rates: [{ base: 'USD', quote: 'SAR', day: '2026-01-05', rate: '3.75' }] },
  }),
  'POST /ledger/rates/ecb': () => ({
    raw: { type: 'text/csv', text: 'Date,USD,JPY\n2026-01-05,1.0821,170.10\n' },
  }),
  'GET /ledger/export/{format}': () => ({ params: { format: 'hledger' } }),
  // A line that no export wrote.
  'POST /ledger/import': () => ({ raw: { type: 'application/x-ndjson', text: '{}\n' }, status: 422 }),
}
