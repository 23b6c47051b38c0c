import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { given } from '../../../shared/given.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { NotFound } from '../../../platform/errors.ts'
import { createRouter, type Env, type HttpContext } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, needs } from '../../../platform/http/rights.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { findStoreWorkspace } from '../../workspaces/index.ts'
import { removeCover, setCover } from '../operations/change-cover.ts'
import { previewStorePage } from '../pages/preview.tsx'
import { findProductPage } from '../operations/find-product-page.ts'
import { getPublicStore } from '../operations/get-public-store.ts'
import { getStore } from '../operations/get-store.ts'
import { listShelf } from '../operations/list-shelf.ts'
import { searchProducts } from '../operations/search-products.ts'
import { updateStore } from '../operations/update-store.ts'
import { previewSchema, setCoverSchema } from '../look-schema.ts'
import {
  foundProductSchema,
  productPageSchema,
  previewStoreSchema,
  publicStoreSchema,
  storeSchema,
  updateStoreSchema,
} from '../schema.ts'

const params = z.object({ store: z.string().max(120).openapi({ description: 'The store’s slug.' }) })

const getStoreRoute = createRoute({
  method: 'get',
  path: '/store',
  ...needs('store:read'),
  tags: ['Store'],
  summary: 'The workspace’s store',
  responses: { 200: answer(storeSchema, 'The store.'), ...refusals('not-found') },
})

const updateStoreRoute = createRoute({
  method: 'patch',
  path: '/store',
  ...needs('store:write'),
  tags: ['Store'],
  summary: 'Change the store’s settings',
  description: 'What is left out stays as it is; placed orders keep the tax they had.',
  request: { body: jsonBody(updateStoreSchema) },
  responses: {
    200: answer(storeSchema, 'The store.'),
    ...refusals('not-found', 'store-slug-taken', 'currency-in-use', 'providers-mixed'),
  },
})

const publicStoreRoute = createRoute({
  method: 'get',
  path: '/stores/{store}',
  ...forAnybody,
  tags: ['Storefront'],
  summary: 'A store, for anybody',
  request: { params },
  responses: { 200: answer(publicStoreSchema, 'The store.'), ...refusals('not-found') },
})

const shelfRoute = createRoute({
  method: 'get',
  path: '/stores/{store}/products',
  ...forAnybody,
  tags: ['Storefront'],
  summary: 'What a store sells, for anybody',
  description:
    'The newest first; with `query` the best match first. Vowel marks, hamza, the article, plurals and small typing mistakes do not matter.',
  request: { params, query: pageQuery.extend({ query: z.string().max(200).optional() }) },
  responses: { 200: answer(pageOf(foundProductSchema), 'A page of products.'), ...refusals('not-found') },
})

const productRoute = createRoute({
  method: 'get',
  path: '/stores/{store}/products/{slug}',
  ...forAnybody,
  tags: ['Storefront'],
  summary: 'A product’s page, for anybody',
  description: 'Former and short slugs lead to it too; `slug` of the answer is the one it has now.',
  request: { params: params.extend({ slug: z.string().max(200) }) },
  responses: { 200: answer(productPageSchema, 'The product.'), ...refusals('not-found') },
})

const coverRoute = createRoute({
  method: 'put',
  path: '/store/cover',
  ...needs('store:write'),
  tags: ['Store'],
  summary: 'Set the picture at the head of the store',
  description:
    'An uploaded picture; its sizes are made in the background, until then its status is `pending`.',
  request: { body: jsonBody(setCoverSchema) },
  responses: { 200: answer(storeSchema, 'The store.'), ...refusals('not-found', 'wrong-file-type') },
})

const removeCoverRoute = createRoute({
  method: 'delete',
  path: '/store/cover',
  ...needs('store:write'),
  tags: ['Store'],
  summary: 'Take the picture at the head of the store away',
  responses: { 200: answer(storeSchema, 'The store.'), ...refusals('not-found') },
})

const previewRoute = createRoute({
  method: 'post',
  path: '/store/preview',
  ...needs('store:read'),
  tags: ['Store'],
  summary: 'The store’s front page with other settings',
  description: 'As visitors would see it with the settings that are given. Changes nothing.',
  request: { body: jsonBody(previewStoreSchema) },
  responses: { 200: answer(previewSchema, 'The page.'), ...refusals('not-found') },
})

/** The store's settings, and what anybody may read of it. */
export function storeApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(getStoreRoute, async (c) => c.json(await getStore(c.get('ctx')), 200))
  api.openapi(updateStoreRoute, async (c) => {
    return c.json(await updateStore(c.get('ctx'), c.req.valid('json')), 200)
  })
  api.openapi(coverRoute, async (c) => c.json(await setCover(c.get('ctx'), c.req.valid('json')), 200))
  api.openapi(removeCoverRoute, async (c) => c.json(await removeCover(c.get('ctx')), 200))
  api.openapi(previewRoute, async (c) => {
    const { locale, ...changes } = c.req.valid('json')
    const ctx = c.get('ctx')
    const store = { ...(await getStore(ctx)), ...given(changes) }
    return c.json({ html: await previewStorePage(ctx, store, locale) }, 200)
  })
  api.openapi(publicStoreRoute, async (c) => {
    return c.json(await getPublicStore(await inStore(c, c.req.valid('param').store)), 200)
  })
  api.openapi(shelfRoute, async (c) => {
    const ctx = await inStore(c, c.req.valid('param').store)
    const { query, ...page } = c.req.valid('query')
    const found =
      query === undefined ? await listShelf(ctx, page) : await searchProducts(ctx, { query, ...page })
    return c.json(found, 200)
  })
  api.openapi(productRoute, async (c) => {
    const { store, slug } = c.req.valid('param')
    const page = await findProductPage(await inStore(c, store), slug)
    if (page === undefined) throw new NotFound()
    return c.json(page, 200)
  })
  return api
}

/** The context of somebody who looks at a store. @throws NotFound */
async function inStore(c: HttpContext, slug: string): Promise<Ctx> {
  const ctx = c.get('ctx')
  const workspaceId = await findStoreWorkspace(ctx, slug)
  if (workspaceId === undefined) throw new NotFound()
  return { ...ctx, workspaceId }
}
