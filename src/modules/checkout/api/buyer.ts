import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { idempotencyHeader } from '../../../platform/http/idempotency.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, forKeyHolder } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { getDocumentByKey } from '../operations/get-document.ts'
import { getOrderByKey } from '../operations/get-order.ts'
import { placeOrder } from '../operations/place-order.ts'
import { retryPayment } from '../operations/retry-payment.ts'
import {
  DOCUMENT_KINDS,
  orderSchema,
  paymentSchema,
  placedOrderSchema,
  placeOrderSchema,
  retryPaymentSchema,
} from '../schema.ts'
import { pdfAnswer, sendPdf } from './pdf.ts'
import { storeCtx } from './store-ctx.ts'

const tags = ['Checkout']
const storeParam = z.object({ store: z.string().min(1).max(100) })
const itemParams = storeParam.extend({ id: idSchema })
const keyQuery = z.object({
  key: z.string().max(100).openapi({ description: 'The `key` that placing the order answered.' }),
})

const placeOrderRoute = createRoute({
  method: 'post',
  path: '/stores/{store}/orders',
  ...forAnybody,
  tags,
  summary: 'Place an order',
  description:
    'Fixes the prices, holds the stock for 30 minutes and starts the payment: send the buyer to `order.payment.url`. ' +
    'An order that costs nothing is paid at once. A cart can be ordered once; the same request again gets the same order.',
  request: { params: storeParam, headers: idempotencyHeader, body: jsonBody(placeOrderSchema) },
  responses: {
    201: answer(placedOrderSchema, 'The order, the key that opens it, and its page.'),
    ...refusals(
      'not-found',
      'cart-empty',
      'cart-ordered',
      'item-unavailable',
      'sold-out',
      'price-changed',
      'provider-not-offered',
      'idempotency-key-reuse',
      'provider-unavailable',
    ),
  },
})

const retryPaymentRoute = createRoute({
  method: 'post',
  path: '/stores/{store}/orders/{id}/payments',
  ...forKeyHolder,
  tags,
  summary: 'Try to pay again',
  description:
    'After a payment was declined or given up. A payment that can still be made is answered as it is.',
  request: {
    params: itemParams,
    query: keyQuery,
    headers: idempotencyHeader.partial(),
    body: jsonBody(retryPaymentSchema),
  },
  responses: {
    201: answer(paymentSchema, 'The payment, with where the buyer pays.'),
    ...refusals(
      'not-found',
      'order-not-payable',
      'provider-not-offered',
      'idempotency-key-reuse',
      'provider-unavailable',
    ),
  },
})

const getOrderRoute = createRoute({
  method: 'get',
  path: '/stores/{store}/orders/{id}',
  ...forKeyHolder,
  tags,
  summary: 'An order, for its buyer',
  request: { params: itemParams, query: keyQuery },
  responses: { 200: answer(orderSchema, 'The order.'), ...refusals('not-found') },
})

const getDocumentRoute = createRoute({
  method: 'get',
  path: '/stores/{store}/orders/{id}/documents/{document}',
  ...forKeyHolder,
  tags,
  summary: 'An invoice, credit note or receipt as PDF, for the buyer',
  description:
    'By its id, or by its kind. An order that cost nothing has a `receipt` in the place of the `invoice`.',
  request: {
    params: itemParams.extend({ document: z.union([z.enum(DOCUMENT_KINDS), idSchema]) }),
    query: keyQuery,
  },
  responses: { 200: pdfAnswer, ...refusals('not-found') },
})

/** What a visitor does after the cart: order, payment, documents. Whoever holds an order's key may use it. */
export function buyerApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(placeOrderRoute, async (c) => {
    const ctx = await storeCtx(c, c.req.valid('param').store)
    const key = c.req.valid('header')['idempotency-key']
    return c.json(await placeOrder(ctx, c.req.valid('json'), key), 201)
  })
  api.openapi(retryPaymentRoute, async (c) => {
    const { store, id: orderId } = c.req.valid('param')
    const idempotencyKey = c.req.valid('header')['idempotency-key']
    const wish = { orderId, idempotencyKey, ...c.req.valid('query'), ...c.req.valid('json') }
    return c.json(await retryPayment(await storeCtx(c, store), wish), 201)
  })
  api.openapi(getOrderRoute, async (c) => {
    const { store, id } = c.req.valid('param')
    return c.json(await getOrderByKey(await storeCtx(c, store), id, c.req.valid('query').key), 200)
  })
  api.openapi(getDocumentRoute, async (c) => {
    const { store, id: orderId, document: documentId } = c.req.valid('param')
    const ctx = await storeCtx(c, store)
    return sendPdf(c, await getDocumentByKey(ctx, { orderId, documentId }, c.req.valid('query').key))
  })
  return api
}
