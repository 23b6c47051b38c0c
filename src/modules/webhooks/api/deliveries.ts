import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Announcement } from '../../../platform/announcement.ts'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { getDelivery, listDeliveries } from '../operations/list-deliveries.ts'
import { replayDelivery, replayFailed } from '../operations/replay.ts'
import { sendTestEvent } from '../operations/send-test-event.ts'
import {
  deliveryFilterSchema,
  deliverySchema,
  deliverySummarySchema,
  replayedSchema,
  replaySchema,
  testEventSchema,
} from '../schema.ts'

const tags = ['Webhook deliveries']
const params = z.object({ id: idSchema })

const listRoute = createRoute({
  method: 'get',
  path: '/webhook-deliveries',
  ...needs('webhooks:read'),
  tags,
  summary: 'What was sent, is on its way, or failed',
  description: 'Newest first unless `sort` says so. Kept for thirty days.',
  request: { query: pageQuery.extend(deliveryFilterSchema.shape) },
  responses: { 200: answer(pageOf(deliverySummarySchema), 'A page of deliveries.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/webhook-deliveries/{id}',
  ...needs('webhooks:read'),
  tags,
  summary: 'One delivery with its body and attempts',
  request: { params },
  responses: { 200: answer(deliverySchema, 'The delivery.'), ...refusals('not-found') },
})

const replayRoute = createRoute({
  method: 'post',
  path: '/webhook-deliveries/{id}/replay',
  ...needs('webhooks:write'),
  tags,
  summary: 'Send a message again',
  description: 'Under the same `webhook-id`, whatever came of it before.',
  request: { params },
  responses: {
    202: { description: 'It goes at once.' },
    ...refusals('not-found', 'webhook-endpoint-stopped'),
  },
})

const replayFailedRoute = createRoute({
  method: 'post',
  path: '/webhook-endpoints/{id}/replay-failed',
  ...needs('webhooks:write'),
  tags,
  summary: 'Send everything again that failed since a time',
  description: 'At most ten thousand at once, oldest first; ask again while `more` is true.',
  request: { params, body: jsonBody(replaySchema) },
  responses: {
    200: answer(replayedSchema, 'How many go again.'),
    ...refusals('not-found', 'webhook-endpoint-stopped'),
  },
})

const testRoute = createRoute({
  method: 'post',
  path: '/webhook-endpoints/{id}/test',
  ...needs('webhooks:write'),
  tags,
  summary: 'Send a test event',
  description: 'Signed and logged like any other, and marked `"test": true`.',
  request: { params, body: jsonBody(testEventSchema) },
  responses: {
    202: answer(deliverySummarySchema, 'The delivery; ask for it to see what came of it.'),
    ...refusals('not-found', 'webhook-endpoint-stopped'),
  },
})

/** The log of what was sent, and sending again. */
export function deliveriesApi(announcements: readonly Announcement[]): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => c.json(await listDeliveries(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(getRoute, async (c) => c.json(await getDelivery(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(replayRoute, async (c) => {
    await replayDelivery(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 202)
  })
  api.openapi(replayFailedRoute, async (c) => {
    const input = { endpointId: c.req.valid('param').id, since: c.req.valid('json').since }
    return c.json(await replayFailed(c.get('ctx'), input), 200)
  })
  api.openapi(testRoute, async (c) => {
    const input = { ...c.req.valid('json'), endpointId: c.req.valid('param').id }
    return c.json(await sendTestEvent(c.get('ctx'), input, announcements), 202)
  })
  return api
}
