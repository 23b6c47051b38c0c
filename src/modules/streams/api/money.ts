import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { idempotencyHeader } from '../../../platform/http/idempotency.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { moneyEntrySchema, newMoneySchema, newRecurringSchema, recurringSchema } from '../money-schema.ts'
import { correctMoney, enterMoney, reverseMoney } from '../operations/enter-money.ts'
import { listMoney } from '../operations/list-money.ts'
import { addRecurring, endRecurring, listRecurring } from '../operations/recurring.ts'

const tags = ['Streams']
const params = z.object({ id: idSchema })
const entryParams = z.object({ id: idSchema, entry: idSchema })

const listRoute = createRoute({
  method: 'get',
  path: '/streams/{id}/entries',
  ...needs('streams:read'),
  tags,
  summary: 'Money of a stream',
  description: 'What was posted, the newest first: by hand, by what recurs, by imports, and by sales.',
  request: { params, query: pageQuery },
  responses: { 200: answer(pageOf(moneyEntrySchema), 'A page of entries.'), ...refusals('not-found') },
})

const enterRoute = createRoute({
  method: 'post',
  path: '/streams/{id}/entries',
  ...needs('streams:write'),
  tags,
  summary: 'Enter income or a cost',
  description: 'Posted to the ledger at once. Sales of the store are there without it.',
  request: { params, headers: idempotencyHeader, body: jsonBody(newMoneySchema) },
  responses: {
    201: answer(moneyEntrySchema, 'The entry.'),
    ...refusals(
      'not-found',
      'unknown-account',
      'period-closed',
      'amount-out-of-range',
      'idempotency-key-reuse',
    ),
  },
})

const reverseRoute = createRoute({
  method: 'post',
  path: '/streams/{id}/entries/{entry}/reversal',
  ...needs('streams:write'),
  tags,
  summary: 'Take an entry back',
  description: 'By an entry that is its contrary, on the same day. Sales are refunded instead.',
  request: { params: entryParams },
  responses: {
    201: answer(moneyEntrySchema, 'The entry, which is taken back.'),
    ...refusals('not-found', 'already-reversed'),
  },
})

const correctRoute = createRoute({
  method: 'post',
  path: '/streams/{id}/entries/{entry}/correction',
  ...needs('streams:write'),
  tags,
  summary: 'Correct an entry',
  description: 'The wrong one is taken back and the right one posted, both or neither.',
  request: { params: entryParams, headers: idempotencyHeader, body: jsonBody(newMoneySchema) },
  responses: {
    201: answer(moneyEntrySchema, 'The right entry.'),
    ...refusals(
      'not-found',
      'already-reversed',
      'unknown-account',
      'period-closed',
      'amount-out-of-range',
      'idempotency-key-reuse',
    ),
  },
})

const listRecurringRoute = createRoute({
  method: 'get',
  path: '/stream-recurring',
  ...needs('streams:read'),
  tags,
  summary: 'What recurs',
  request: { query: pageQuery.extend({ streamId: idSchema.optional() }) },
  responses: { 200: answer(pageOf(recurringSchema), 'A page of what recurs.') },
})

const addRecurringRoute = createRoute({
  method: 'post',
  path: '/stream-recurring',
  ...needs('streams:write'),
  tags,
  summary: 'Add money that recurs',
  description: 'What is due by now is posted at once, the rest on its day, each time once.',
  request: { body: jsonBody(newRecurringSchema) },
  responses: {
    201: answer(recurringSchema, 'What recurs.'),
    ...refusals('unknown-stream', 'recurring-overlaps', 'recurring-full'),
  },
})

const endRecurringRoute = createRoute({
  method: 'post',
  path: '/stream-recurring/{id}/end',
  ...needs('streams:write'),
  tags,
  summary: 'End what recurs',
  description: 'What was posted stays.',
  request: { params },
  responses: { 200: answer(recurringSchema, 'It has ended.'), ...refusals('not-found') },
})

/** Money of streams: by hand, and what recurs. */
export function moneyApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => {
    const query = { ...c.req.valid('query'), streamId: c.req.valid('param').id }
    return c.json(await listMoney(c.get('ctx'), query), 200)
  })
  api.openapi(enterRoute, async (c) => {
    const wish = { streamId: c.req.valid('param').id, money: c.req.valid('json') }
    const idempotencyKey = c.req.valid('header')['idempotency-key']
    return c.json(await enterMoney(c.get('ctx'), { ...wish, idempotencyKey }), 201)
  })
  api.openapi(reverseRoute, async (c) => {
    const { id, entry } = c.req.valid('param')
    return c.json(await reverseMoney(c.get('ctx'), { streamId: id, entryId: entry }), 201)
  })
  api.openapi(correctRoute, async (c) => {
    const { id, entry } = c.req.valid('param')
    const wish = { streamId: id, entryId: entry, money: c.req.valid('json') }
    const idempotencyKey = c.req.valid('header')['idempotency-key']
    return c.json(await correctMoney(c.get('ctx'), { ...wish, idempotencyKey }), 201)
  })
  api.openapi(listRecurringRoute, async (c) =>
    c.json(await listRecurring(c.get('ctx'), c.req.valid('query')), 200),
  )
  api.openapi(addRecurringRoute, async (c) =>
    c.json(await addRecurring(c.get('ctx'), c.req.valid('json')), 201),
  )
  api.openapi(endRecurringRoute, async (c) =>
    c.json(await endRecurring(c.get('ctx'), c.req.valid('param').id), 200),
  )
  return api
}
