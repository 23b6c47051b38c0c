import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { addPicture, orderPictures, removePicture } from '../operations/change-pictures.ts'
import { createVersion } from '../operations/create-version.ts'
import { getVersion, listVersions } from '../operations/get-version.ts'
import { publishVersion } from '../operations/publish-version.ts'
import { updateVersion } from '../operations/update-version.ts'
import {
  addPictureSchema,
  createVersionSchema,
  orderPicturesSchema,
  productSchema,
  publishVersionSchema,
  updateVersionSchema,
  versionSchema,
} from '../schema.ts'

const params = z.object({ id: z.uuid() })
const versionParams = params.extend({ versionId: z.uuid() })
const product = answer(productSchema, 'The product.')
const version = answer(versionSchema, 'The edition.')

const addPictureRoute = createRoute({
  method: 'post',
  path: '/products/{id}/pictures',
  ...needs('products:write'),
  tags: ['Pictures'],
  summary: 'Add a picture to a product',
  description: `An uploaded JPEG, PNG, WebP, AVIF or GIF. Its sizes are made in the background: \`status\` says how far it is.`,
  request: { params, body: jsonBody(addPictureSchema) },
  responses: { 201: product, ...refusals('not-found', 'product-archived', 'wrong-file-type') },
})

const orderPicturesRoute = createRoute({
  method: 'put',
  path: '/products/{id}/pictures/order',
  ...needs('products:write'),
  tags: ['Pictures'],
  summary: 'Put the pictures into an order',
  description: `All of them, the cover first.`,
  request: { params, body: jsonBody(orderPicturesSchema) },
  responses: { 200: product, ...refusals('not-found', 'product-archived') },
})

const removePictureRoute = createRoute({
  method: 'delete',
  path: '/products/{id}/pictures/{pictureId}',
  tags: ['Pictures'],
  summary: 'Take a picture away',
  ...needs('products:write'),
  request: { params: params.extend({ pictureId: z.uuid() }) },
  responses: { 200: product, ...refusals('not-found', 'product-archived') },
})

const listVersionsRoute = createRoute({
  method: 'get',
  path: '/products/{id}/versions',
  ...needs('products:read'),
  tags: ['Editions'],
  summary: 'Editions of a product’s files',
  description: 'The newest first, at most 100.',
  request: { params },
  responses: {
    200: answer(z.object({ items: z.array(versionSchema) }), 'The editions.'),
    ...refusals('not-found'),
  },
})

const createVersionRoute = createRoute({
  method: 'post',
  path: '/products/{id}/versions',
  ...needs('products:write'),
  tags: ['Editions'],
  summary: 'Begin an edition',
  description: `Buyers see nothing of it until it is published.`,
  request: { params, body: jsonBody(createVersionSchema) },
  responses: { 201: version, ...refusals('not-found', 'product-archived') },
})

const getVersionRoute = createRoute({
  method: 'get',
  path: '/products/{id}/versions/{versionId}',
  ...needs('products:read'),
  tags: ['Editions'],
  summary: 'One edition',
  request: { params: versionParams },
  responses: { 200: version, ...refusals('not-found') },
})

const updateVersionRoute = createRoute({
  method: 'patch',
  path: '/products/{id}/versions/{versionId}',
  ...needs('products:write'),
  tags: ['Editions'],
  summary: 'Change an edition',
  description: `Its files, all of them in order, until it is published; its notes at any time.`,
  request: { params: versionParams, body: jsonBody(updateVersionSchema) },
  responses: { 200: version, ...refusals('not-found', 'product-archived', 'version-published') },
})

const publishVersionRoute = createRoute({
  method: 'post',
  path: '/products/{id}/versions/{versionId}/publish',
  ...needs('products:write'),
  tags: ['Editions'],
  summary: 'Publish an edition',
  description: `Buyers get it, and earlier ones are told.`,
  request: { params: versionParams, body: { ...jsonBody(publishVersionSchema), required: false } },
  responses: {
    200: version,
    ...refusals('not-found', 'product-archived', 'version-published', 'product-not-ready'),
  },
})

/** What a product consists of: its pictures, and the editions of its files. */
export function contentsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(addPictureRoute, async (c) => {
    return c.json(await addPicture(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 201)
  })
  api.openapi(orderPicturesRoute, async (c) => {
    return c.json(await orderPictures(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200)
  })
  api.openapi(removePictureRoute, async (c) => {
    const { id, pictureId } = c.req.valid('param')
    return c.json(await removePicture(c.get('ctx'), id, pictureId), 200)
  })
  api.openapi(listVersionsRoute, async (c) => {
    return c.json({ items: await listVersions(c.get('ctx'), c.req.valid('param').id) }, 200)
  })
  api.openapi(createVersionRoute, async (c) => {
    return c.json(await createVersion(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 201)
  })
  api.openapi(getVersionRoute, async (c) => {
    const { id, versionId } = c.req.valid('param')
    return c.json(await getVersion(c.get('ctx'), id, versionId), 200)
  })
  api.openapi(updateVersionRoute, async (c) => {
    const { id, versionId } = c.req.valid('param')
    return c.json(await updateVersion(c.get('ctx'), { productId: id, versionId }, c.req.valid('json')), 200)
  })
  api.openapi(publishVersionRoute, async (c) => {
    const { id, versionId } = c.req.valid('param')
    return c.json(await publishVersion(c.get('ctx'), { productId: id, versionId }, c.req.valid('json')), 200)
  })
  return api
}
