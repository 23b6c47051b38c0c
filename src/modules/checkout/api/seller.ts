import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { idempotencyHeader } from '../../../platform/http/idempotency.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { idSchema } from '../../../shared/ids.ts'
import { cancelOrder } from '../operations/cancel-order.ts'
import { getDocument } from '../operations/get-document.ts'
import { getOrder } from '../operations/get-order.ts'
import { listOrders } from '../operations/list-orders.ts'
import { addNote, removeNote } from '../operations/order-notes.ts'
import { readIncome } from '../operations/read-income.ts'
import { refundOrder } from '../operations/refund-order.ts'
import { resendReceipt } from '../operations/send-receipts.ts'
import { settleMismatch } from '../operations/settle-mismatch.ts'
import {
  DOCUMENT_KINDS,
  orderFilterSchema,
  orderStorySchema,
  orderSummarySchema,
  refundOrderSchema,
  refundSchema,
  settleMismatchSchema,
} from '../schema.ts'
import { incomeFilterSchema, incomeSchema, newNoteSchema, noteSchema } from '../seller-schema.ts'
import { pdfAnswer, sendPdf } from './pdf.ts'

const tags = ['Orders']
const idParam = z.object({ id: idSchema })

const listRoute = createRoute({
  method: 'get',
  path: '/orders',
  ...needs('orders:read'),
  tags,
  summary: 'Orders',
  description:
    'Newest first unless `sort` says so; `total` sorts amounts, each currency by itself. `search` is an order number or an e-mail address, or the beginning of one, or ' +
    'names of the buyer, in Arabic with every spelling; `attention=true` gives those that ' +
    'wait for a person: a payment of another amount.',
  request: { query: pageQuery.extend(orderFilterSchema.shape) },
  responses: { 200: answer(pageOf(orderSummarySchema), 'A page of orders.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/orders/{id}',
  ...needs('orders:read'),
  tags,
  summary: 'An order and all that happened to it',
  request: { params: idParam },
  responses: { 200: answer(orderStorySchema, 'The order.'), ...refusals('not-found') },
})

const refundRoute = createRoute({
  method: 'post',
  path: '/orders/{id}/refunds',
  ...needs('orders:refund'),
  tags,
  summary: 'Refund an order',
  description:
    'All that is left, an `amount`, or `lines` (each whole, or an amount of it). Tax goes back with it to the last unit. ' +
    'A refund that the provider has not answered yet is `pending` and goes on by itself.',
  request: { params: idParam, headers: idempotencyHeader, body: jsonBody(refundOrderSchema) },
  responses: {
    201: answer(refundSchema, 'The refund.'),
    ...refusals(
      'not-found',
      'order-not-paid',
      'refund-too-much',
      'currency-mismatch',
      'idempotency-key-reuse',
    ),
  },
})

const settleMismatchRoute = createRoute({
  method: 'post',
  path: '/orders/{id}/payments/{payment}/settle',
  ...needs('orders:refund'),
  tags,
  summary: 'Settle a payment that does not match its order',
  description:
    'The provider told of another amount or currency, so nothing was captured. `return` gives back there what it holds; ' +
    '`note` says what was done about it elsewhere. The order stays unpaid.',
  request: {
    params: idParam.extend({ payment: idSchema }),
    headers: idempotencyHeader,
    body: jsonBody(settleMismatchSchema),
  },
  responses: {
    204: { description: 'Settled.' },
    ...refusals('not-found', 'payment-not-in-question', 'idempotency-key-reuse'),
  },
})

const cancelRoute = createRoute({
  method: 'post',
  path: '/orders/{id}/cancel',
  ...needs('orders:write'),
  tags,
  summary: 'Cancel an unpaid order',
  description: 'Its stock is free again. Money that comes nevertheless is given back.',
  request: { params: idParam },
  responses: { 204: { description: 'Cancelled.' }, ...refusals('not-found', 'order-not-cancellable') },
})

const resendRoute = createRoute({
  method: 'post',
  path: '/orders/{id}/receipt',
  ...needs('orders:write'),
  tags,
  summary: 'Send the receipt again',
  request: { params: idParam, headers: idempotencyHeader },
  responses: { 202: { description: 'On its way.' }, ...refusals('not-found', 'order-not-paid') },
})

const noteRoute = createRoute({
  method: 'post',
  path: '/orders/{id}/notes',
  ...needs('orders:write'),
  tags,
  summary: 'Write a note about an order',
  description: 'For the people of the store: the buyer does not see it. It stands in the order’s timeline.',
  request: { params: idParam, body: jsonBody(newNoteSchema) },
  responses: { 201: answer(noteSchema, 'The note.'), ...refusals('not-found') },
})

const removeNoteRoute = createRoute({
  method: 'delete',
  path: '/orders/{id}/notes/{note}',
  ...needs('orders:write'),
  tags,
  summary: 'Remove a note',
  request: { params: idParam.extend({ note: idSchema }) },
  responses: { 204: { description: 'Removed.' }, ...refusals('not-found') },
})

const incomeRoute = createRoute({
  method: 'get',
  path: '/income',
  ...needs('orders:read'),
  tags,
  summary: 'Income by day',
  description:
    'Of the last `days` of the store’s own time zone, today included, and of as many days before them: what was paid ' +
    'on a day, less what was given back on it.',
  request: { query: incomeFilterSchema },
  responses: { 200: answer(incomeSchema, 'By day, the oldest first.') },
})

const documentRoute = createRoute({
  method: 'get',
  path: '/orders/{id}/documents/{document}',
  ...needs('orders:read'),
  tags,
  summary: 'An invoice, credit note or receipt as PDF',
  description:
    'By its id, or by its kind. An order that cost nothing has a `receipt` in the place of the `invoice`.',
  request: { params: idParam.extend({ document: z.union([z.enum(DOCUMENT_KINDS), idSchema]) }) },
  responses: { 200: pdfAnswer, ...refusals('not-found') },
})

/** What the seller does with orders. */
export function sellerApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => c.json(await listOrders(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(getRoute, async (c) => c.json(await getOrder(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(refundRoute, async (c) => {
    const idempotencyKey = c.req.valid('header')['idempotency-key']
    const wish = { ...c.req.valid('json'), idempotencyKey }
    return c.json(await refundOrder(c.get('ctx'), c.req.valid('param').id, wish), 201)
  })
  api.openapi(settleMismatchRoute, async (c) => {
    const { id: orderId, payment: paymentId } = c.req.valid('param')
    const idempotencyKey = c.req.valid('header')['idempotency-key']
    await settleMismatch(c.get('ctx'), { orderId, paymentId, idempotencyKey }, c.req.valid('json'))
    return c.body(null, 204)
  })
  api.openapi(cancelRoute, async (c) => {
    await cancelOrder(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  api.openapi(resendRoute, async (c) => {
    await resendReceipt(c.get('ctx'), c.req.valid('param').id, c.req.valid('header')['idempotency-key'])
    return c.body(null, 202)
  })
  api.openapi(noteRoute, async (c) => {
    return c.json(await addNote(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 201)
  })
  api.openapi(removeNoteRoute, async (c) => {
    const { id: orderId, note: noteId } = c.req.valid('param')
    await removeNote(c.get('ctx'), { orderId, noteId })
    return c.body(null, 204)
  })
  api.openapi(incomeRoute, async (c) => c.json(await readIncome(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(documentRoute, async (c) => {
    const { id: orderId, document: documentId } = c.req.valid('param')
    return sendPdf(c, await getDocument(c.get('ctx'), { orderId, documentId }))
  })
  return api
}
