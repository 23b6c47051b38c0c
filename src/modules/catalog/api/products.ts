import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Ctx } from '../../../platform/ctx.ts'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { pageOf } from '../../../platform/http/page.ts'
import { createProduct } from '../operations/create-product.ts'
import { ifUnchanged } from '../operations/if-unchanged.ts'
import { getProduct } from '../operations/get-product.ts'
import { listProducts } from '../operations/list-products.ts'
import { previewProduct } from '../operations/preview-product.ts'
import { previewProductPage } from '../pages/preview.tsx'
import { publishProduct } from '../operations/publish-product.ts'
import { setPrices } from '../operations/set-prices.ts'
import { setStock } from '../operations/set-stock.ts'
import { updateProduct } from '../operations/update-product.ts'
import { archiveProduct, unpublishProduct } from '../operations/withdraw-product.ts'
import { previewSchema } from '../look-schema.ts'
import {
  createProductSchema,
  listProductsSchema,
  previewProductSchema,
  productSchema,
  setPricesSchema,
  setStockSchema,
  updateProductSchema,
} from '../schema.ts'

const tags = ['Products']
const params = z.object({ id: z.uuid() })
const ifMatch = z.object({
  'if-match': z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'The `revision` that you read, in quotes.' }),
})
const product = answer(productSchema, 'The product.')

const listRoute = createRoute({
  method: 'get',
  path: '/products',
  ...needs('products:read'),
  tags,
  summary: 'Products of the workspace',
  description: 'The newest first unless `sort` says so; archived ones only with `status=archived`.',
  request: { query: listProductsSchema },
  responses: { 200: answer(pageOf(productSchema), 'A page of products.') },
})

const createRouteOf = createRoute({
  method: 'post',
  path: '/products',
  ...needs('products:write'),
  tags,
  summary: 'Add a product',
  description: `A draft, until it is published.`,
  request: { body: jsonBody(createProductSchema) },
  responses: { 201: product, ...refusals('not-found', 'slug-taken') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/products/{id}',
  ...needs('products:read'),
  tags,
  summary: 'One product',
  description: 'In whatever state.',
  request: { params },
  responses: { 200: product, ...refusals('not-found') },
})

const updateRoute = createRoute({
  method: 'patch',
  path: '/products/{id}',
  ...needs('products:write'),
  tags,
  summary: 'Change a product',
  description: `What is left out stays as it is. A slug that is given up goes on leading to the product. With If-Match nothing that somebody else wrote meanwhile is overwritten.`,
  request: { params, headers: ifMatch, body: jsonBody(updateProductSchema) },
  responses: {
    200: product,
    ...refusals('not-found', 'slug-taken', 'product-archived', 'changed-meanwhile'),
  },
})

const pricesRoute = createRoute({
  method: 'put',
  path: '/products/{id}/prices',
  ...needs('products:write'),
  tags,
  summary: 'Set all prices of a product',
  description: `One for each currency of the store that it is sold in, all of one mode.`,
  request: { params, headers: ifMatch, body: jsonBody(setPricesSchema) },
  responses: { 200: product, ...refusals('not-found', 'product-archived', 'changed-meanwhile') },
})

const stockRoute = createRoute({
  method: 'put',
  path: '/products/{id}/stock',
  ...needs('products:write'),
  tags,
  summary: 'Limit the copies of a product',
  description: `\`limit\` counts sold copies too; null lifts the limit.`,
  request: { params, headers: ifMatch, body: jsonBody(setStockSchema) },
  responses: { 200: product, ...refusals('not-found', 'product-archived', 'changed-meanwhile') },
})

const publishRoute = createRoute({
  method: 'post',
  path: '/products/{id}/publish',
  ...needs('products:write'),
  tags,
  summary: 'Put a product up for sale',
  description: `Refused, with all that is missing, unless it has a title, a price, and a file to deliver. A draft edition is published along with it.`,
  request: { params },
  responses: { 200: product, ...refusals('not-found', 'product-not-ready', 'product-archived') },
})

const unpublishRoute = createRoute({
  method: 'post',
  path: '/products/{id}/unpublish',
  ...needs('products:write'),
  tags,
  summary: 'Take a product off sale',
  description: `Those who bought it keep what they have.`,
  request: { params },
  responses: { 200: product, ...refusals('not-found', 'product-archived') },
})

const archiveRoute = createRoute({
  method: 'post',
  path: '/products/{id}/archive',
  ...needs('products:write'),
  tags,
  summary: 'Archive a product',
  description: `Off sale and out of the lists for good; those who bought it keep what they have.`,
  request: { params },
  responses: { 200: product, ...refusals('not-found', 'product-archived') },
})

const previewRoute = createRoute({
  method: 'post',
  path: '/products/{id}/preview',
  ...needs('products:read'),
  tags,
  summary: 'A product’s page with other words and prices',
  description: 'As visitors would see it, were it on sale with what is given. Changes nothing.',
  request: { params, body: jsonBody(previewProductSchema) },
  responses: { 200: answer(previewSchema, 'The page.'), ...refusals('not-found') },
})

/** Products, their prices and their stock. */
export function productsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => c.json(await listProducts(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(createRouteOf, async (c) => {
    return c.json(await createProduct(c.get('ctx'), c.req.valid('json')), 201)
  })
  api.openapi(getRoute, async (c) => c.json(await getProduct(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(updateRoute, async (c) => {
    const { id: productId } = c.req.valid('param')
    const revision = c.req.valid('header')['if-match']
    const change = (ctx: Ctx) => updateProduct(ctx, productId, c.req.valid('json'))
    return c.json(await ifUnchanged(c.get('ctx'), { productId, revision }, change), 200)
  })
  api.openapi(previewRoute, async (c) => {
    const ctx = c.get('ctx')
    const { locale, ...changes } = c.req.valid('json')
    const shown = await previewProduct(ctx, c.req.valid('param').id, { locale, ...changes })
    return c.json({ html: previewProductPage(ctx, shown, locale) }, 200)
  })
  api.openapi(pricesRoute, async (c) => {
    const { id: productId } = c.req.valid('param')
    const revision = c.req.valid('header')['if-match']
    const change = (ctx: Ctx) => setPrices(ctx, productId, c.req.valid('json'))
    return c.json(await ifUnchanged(c.get('ctx'), { productId, revision }, change), 200)
  })
  api.openapi(stockRoute, async (c) => {
    const { id: productId } = c.req.valid('param')
    const revision = c.req.valid('header')['if-match']
    const change = (ctx: Ctx) => setStock(ctx, productId, c.req.valid('json'))
    return c.json(await ifUnchanged(c.get('ctx'), { productId, revision }, change), 200)
  })
  api.openapi(publishRoute, async (c) => {
    return c.json(await publishProduct(c.get('ctx'), c.req.valid('param').id), 200)
  })
  api.openapi(unpublishRoute, async (c) => {
    return c.json(await unpublishProduct(c.get('ctx'), c.req.valid('param').id), 200)
  })
  api.openapi(archiveRoute, async (c) => {
    return c.json(await archiveProduct(c.get('ctx'), c.req.valid('param').id), 200)
  })
  return api
}
