import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { NotFound } from '../../platform/errors.ts'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { limitByAddress } from '../../platform/http/guard.ts'
import { idempotencyHeader } from '../../platform/http/idempotency.ts'
import { answer, jsonBody, refusals } from '../../platform/http/openapi.ts'
import { forAnybody, forKeyHolder, needs } from '../../platform/http/rights.ts'
import { idSchema } from '../../shared/ids.ts'
import { getOrder, isOrderKey } from '../checkout/index.ts'
import { findStoreWorkspace } from '../workspaces/index.ts'
import { allowDownloadsAgain } from './operations/allow-downloads.ts'
import { listOrderRights } from './operations/list-order-rights.ts'
import { requestPurchases } from './operations/request-purchases.ts'
import {
  buyerViewSchema,
  requestPurchasesSchema,
  sellerViewSchema,
  type BuyerView,
  type SellerView,
} from './schema.ts'

const rightsAnswer = answer(z.object({ items: z.array(buyerViewSchema) }), 'What the order gives, by line.')

const buyerRightsRoute = createRoute({
  method: 'get',
  path: '/stores/{store}/orders/{id}/entitlements',
  ...forKeyHolder,
  tags: ['Purchases'],
  summary: 'What an order gives its buyer',
  description: 'Files come with fresh signed links. Empty for the moment between payment and delivery.',
  request: {
    params: z.object({ store: z.string().min(1).max(100), id: idSchema }),
    query: z.object({ key: z.string().max(100) }),
  },
  responses: { 200: rightsAnswer, ...refusals('not-found') },
})

const sellerRightsRoute = createRoute({
  method: 'get',
  path: '/orders/{id}/entitlements',
  ...needs('orders:read'),
  tags: ['Orders'],
  summary: 'What an order gave its buyer',
  description: 'Without links to the files, which are the buyer’s.',
  request: { params: z.object({ id: idSchema }) },
  responses: {
    200: answer(z.object({ items: z.array(sellerViewSchema) }), 'What the order gave, by line.'),
    ...refusals('not-found'),
  },
})

const allowDownloadsRoute = createRoute({
  method: 'post',
  path: '/orders/{id}/entitlements/{entitlement}/downloads/reset',
  ...needs('orders:write'),
  tags: ['Orders'],
  summary: 'Let a buyer download again',
  description: 'What was downloaded so far counts no more; doing it twice changes nothing.',
  request: { params: z.object({ id: idSchema, entitlement: idSchema }) },
  responses: { 204: { description: 'The downloads begin anew.' }, ...refusals('not-found') },
})

const requestPurchasesRoute = createRoute({
  method: 'post',
  path: '/stores/{store}/purchases/link',
  ...forAnybody,
  tags: ['Purchases'],
  summary: 'Mail a link to one’s purchases',
  description: 'Answers the same for every address; only one that bought here gets a mail.',
  request: {
    params: z.object({ store: z.string().min(1).max(100) }),
    headers: idempotencyHeader.partial(),
    body: jsonBody(requestPurchasesSchema),
  },
  responses: {
    202: { description: 'If the address bought here, a mail is on its way.' },
    ...refusals('not-found'),
  },
})

/** What buyers have, and how they come back to it; to be mounted at /api/v1. */
export function createApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(buyerRightsRoute, async (c) => {
    const { store, id } = c.req.valid('param')
    const ctx = c.get('ctx')
    const workspaceId = await findStoreWorkspace(ctx, store)
    if (workspaceId === undefined || !isOrderKey(ctx, id, c.req.valid('query').key)) throw new NotFound()
    return c.json({ items: await listOrderRights({ ...ctx, workspaceId }, [id]) }, 200)
  })
  api.openapi(sellerRightsRoute, async (c) => {
    const ctx = c.get('ctx')
    const { id } = await getOrder(ctx, c.req.valid('param').id)
    return c.json({ items: (await listOrderRights(ctx, [id])).map(forSeller) }, 200)
  })
  api.openapi(allowDownloadsRoute, async (c) => {
    const { id: orderId, entitlement: entitlementId } = c.req.valid('param')
    await allowDownloadsAgain(c.get('ctx'), { orderId, entitlementId })
    return c.body(null, 204)
  })
  api.use('/stores/:store/purchases/link', limitByAddress({ points: 10, seconds: 600 }))
  api.openapi(requestPurchasesRoute, async (c) => {
    const ctx = c.get('ctx')
    const workspaceId = await findStoreWorkspace(ctx, c.req.valid('param').store)
    if (workspaceId === undefined) throw new NotFound()
    const key = c.req.valid('header')['idempotency-key']
    await requestPurchases({ ...ctx, workspaceId }, c.req.valid('json'), key)
    return c.body(null, 202)
  })
  return api
}

function forSeller({ files, earlierVersions, ...view }: BuyerView): SellerView {
  return {
    ...view,
    files: withoutLinks(files),
    earlierVersions: earlierVersions.map((one) => ({ ...one, files: withoutLinks(one.files) })),
  }
}

function withoutLinks(files: BuyerView['files']): SellerView['files'] {
  return files.map(({ url: _url, expiresAt: _expiresAt, ...file }) => file)
}
