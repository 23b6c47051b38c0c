import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, forKeyHolder } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { createCart } from '../operations/create-cart.ts'
import { getCart } from '../operations/get-cart.ts'
import { updateCart } from '../operations/update-cart.ts'
import { cartSchema, createCartSchema, updateCartSchema } from '../schema.ts'
import { storeCtx } from './store-ctx.ts'

const tags = ['Checkout']
const storeParam = z.object({ store: z.string().min(1).max(100) })
const itemParams = storeParam.extend({ id: idSchema })

const createCartRoute = createRoute({
  method: 'post',
  path: '/stores/{store}/carts',
  ...forAnybody,
  tags,
  summary: 'Start a cart',
  request: { params: storeParam, body: jsonBody(createCartSchema) },
  responses: { 201: answer(cartSchema, 'The cart with its prices.'), ...refusals('not-found') },
})

const getCartRoute = createRoute({
  method: 'get',
  path: '/stores/{store}/carts/{id}',
  ...forKeyHolder,
  tags,
  summary: 'A cart at the prices of now',
  description: 'Items that cannot be bought are in `issues` with the reason, and not in the sums.',
  request: { params: itemParams },
  responses: { 200: answer(cartSchema, 'The cart.'), ...refusals('not-found') },
})

const updateCartRoute = createRoute({
  method: 'patch',
  path: '/stores/{store}/carts/{id}',
  ...forKeyHolder,
  tags,
  summary: 'Change a cart',
  description: '`items` is the whole new content; what is left out stays as it is.',
  request: { params: itemParams, body: jsonBody(updateCartSchema) },
  responses: { 200: answer(cartSchema, 'The cart.'), ...refusals('not-found', 'cart-ordered') },
})

/** A visitor's cart. Whoever holds its id may use it. */
export function cartsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(createCartRoute, async (c) => {
    const ctx = await storeCtx(c, c.req.valid('param').store)
    return c.json(await createCart(ctx, c.req.valid('json')), 201)
  })
  api.openapi(getCartRoute, async (c) => {
    const { store, id } = c.req.valid('param')
    return c.json(await getCart(await storeCtx(c, store), id), 200)
  })
  api.openapi(updateCartRoute, async (c) => {
    const { store, id } = c.req.valid('param')
    return c.json(await updateCart(await storeCtx(c, store), id, c.req.valid('json')), 200)
  })
  return api
}
