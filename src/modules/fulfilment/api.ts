import { Readable } from 'node:stream'
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { NotFound } from '../../platform/errors.ts'
import { createRouter, type Env, type HttpContext } from '../../platform/http/env.ts'
import { limitByAddress } from '../../platform/http/guard.ts'
import { answer, jsonBody, refusals } from '../../platform/http/openapi.ts'
import { forAnybody, forKeyHolder, needs } from '../../platform/http/rights.ts'
import { idSchema } from '../../shared/ids.ts'
import { getOrder, isOrderKey } from '../checkout/index.ts'
import { findStoreWorkspace } from '../workspaces/index.ts'
import { listOrderRights } from './operations/list-order-rights.ts'
import { redeemDownload } from './operations/redeem-download.ts'
import { requestPurchases } from './operations/request-purchases.ts'
import { parseRange } from './rules/download-link.ts'
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

const requestPurchasesRoute = createRoute({
  method: 'post',
  path: '/stores/{store}/purchases/link',
  ...forAnybody,
  tags: ['Purchases'],
  summary: 'Mail a link to one’s purchases',
  description: 'Answers the same for every address; only one that bought here gets a mail.',
  request: {
    params: z.object({ store: z.string().min(1).max(100) }),
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
  api.use('/stores/:store/purchases/link', limitByAddress({ points: 10, seconds: 600 }))
  api.openapi(requestPurchasesRoute, async (c) => {
    const ctx = c.get('ctx')
    const workspaceId = await findStoreWorkspace(ctx, c.req.valid('param').store)
    if (workspaceId === undefined) throw new NotFound()
    await requestPurchases({ ...ctx, workspaceId }, c.req.valid('json'))
    return c.body(null, 202)
  })
  return api
}

function forSeller({ files, ...view }: BuyerView): SellerView {
  return { ...view, files: files.map(({ url: _url, expiresAt: _expiresAt, ...file }) => file) }
}

const linkParams = z.object({ workspace: idSchema, entitlement: idSchema, file: idSchema })
const linkQuery = z.object({
  link: z.string().max(40),
  expires: z.coerce.number().int(),
  signature: z.string().max(100),
})

/** Where signed links lead: `/files/{workspace}/{entitlement}/{file}?link=…&expires=…&signature=…`. */
export const filePages: OpenAPIHono<Env> = createRouter()
filePages.get('/files/:workspace/:entitlement/:file', async (c) => {
  const params = linkParams.safeParse(c.req.param())
  const query = linkQuery.safeParse(c.req.query())
  if (!params.success || !query.success) throw new NotFound()
  const { workspace, entitlement, file: fileId } = params.data
  const { link, expires, signature } = query.data
  const ctx = { ...c.get('ctx'), workspaceId: workspace }
  const file = await redeemDownload(
    ctx,
    { workspaceId: workspace, entitlementId: entitlement, fileId, linkId: link, expiresAt: expires },
    signature,
  )
  return sendFile(c, file)
})

type Sendable = {
  name: string
  mediaType: string
  sizeBytes: bigint
  storageKey: string
  sha256: string | null
}

/** Streams a file or the range that was asked for; it is always saved, never shown, so nothing in it can run here. */
async function sendFile(c: HttpContext, file: Sendable): Promise<Response> {
  const sizeBytes = Number(file.sizeBytes)
  const etag = file.sha256 === null ? undefined : `"${file.sha256}"`
  const ifRange = c.req.header('if-range')
  const asked = ifRange === undefined || ifRange === etag ? c.req.header('range') : undefined
  const range = parseRange(asked, sizeBytes)
  const headers: Record<string, string> = {
    'content-type': file.mediaType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeName(file.name)}`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'content-security-policy': "default-src 'none'; sandbox",
    ...(etag === undefined ? {} : { etag }),
  }
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${sizeBytes}` },
    })
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes }
  headers['content-length'] = String(end - start)
  if (range !== undefined) headers['content-range'] = `bytes ${start}-${end - 1}/${sizeBytes}`
  const status = range === undefined ? 200 : 206
  if (c.req.method === 'HEAD' || sizeBytes === 0) return new Response(null, { status, headers })
  const stream = await c.get('ctx').files.read(file.storageKey, range)
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers })
}

/** A file name as RFC 8187 writes it. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
