import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Announcement } from '../../../platform/announcement.ts'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { createEndpoint } from '../operations/create-endpoint.ts'
import { listEventTypes } from '../operations/list-event-types.ts'
import { getEndpoint, listEndpoints } from '../operations/list-endpoints.ts'
import { removeEndpoint } from '../operations/remove-endpoint.ts'
import { updateEndpoint } from '../operations/update-endpoint.ts'
import {
  endpointSchema,
  endpointWithSecretSchema,
  eventTypeSchema,
  newEndpointSchema,
  updateEndpointSchema,
} from '../schema.ts'

const tags = ['Webhook endpoints']
const params = z.object({ id: idSchema })

const typesRoute = createRoute({
  method: 'get',
  path: '/webhook-event-types',
  ...needs('webhooks:read'),
  tags,
  summary: 'What endpoints can be told of',
  description: 'Every type with an example of its `data`; their schemas are the `webhooks` of this document.',
  responses: { 200: answer(z.object({ items: z.array(eventTypeSchema) }), 'All types.') },
})

const listRoute = createRoute({
  method: 'get',
  path: '/webhook-endpoints',
  ...needs('webhooks:read'),
  tags,
  summary: 'Endpoints of the workspace',
  description: 'Oldest first, without their secrets.',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(endpointSchema), 'A page of endpoints.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/webhook-endpoints/{id}',
  ...needs('webhooks:read'),
  tags,
  summary: 'One endpoint',
  request: { params },
  responses: { 200: answer(endpointSchema, 'The endpoint.'), ...refusals('not-found') },
})

const createEndpointRoute = createRoute({
  method: 'post',
  path: '/webhook-endpoints',
  ...needs('webhooks:write'),
  tags,
  summary: 'Add an endpoint',
  description: 'It is told of what happens from now on, by the Standard Webhooks specification.',
  request: { body: jsonBody(newEndpointSchema) },
  responses: {
    201: answer(endpointWithSecretSchema, 'The endpoint with its secret.'),
    ...refusals('webhook-endpoints-full'),
  },
})

const updateRoute = createRoute({
  method: 'patch',
  path: '/webhook-endpoints/{id}',
  ...needs('webhooks:write'),
  tags,
  summary: 'Change an endpoint, stop it, or resume it',
  description:
    '`enabled: true` resumes one that was stopped in whatever way; what waits for it goes at once.',
  request: { params, body: jsonBody(updateEndpointSchema) },
  responses: { 200: answer(endpointSchema, 'The endpoint as it is now.'), ...refusals('not-found') },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/webhook-endpoints/{id}',
  ...needs('webhooks:write'),
  tags,
  summary: 'Remove an endpoint',
  description: 'What waits for it is not sent any more. Its log stays readable for thirty days.',
  request: { params },
  responses: { 204: { description: 'Removed.' }, ...refusals('not-found') },
})

/** Endpoints, and what they can be told of. */
export function endpointsApi(announcements: readonly Announcement[]): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(typesRoute, (c) => c.json({ items: listEventTypes(c.get('ctx'), announcements) }, 200))
  api.openapi(listRoute, async (c) => c.json(await listEndpoints(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(getRoute, async (c) => c.json(await getEndpoint(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(createEndpointRoute, async (c) =>
    c.json(await createEndpoint(c.get('ctx'), c.req.valid('json'), announcements), 201),
  )
  api.openapi(updateRoute, async (c) => {
    const input = { id: c.req.valid('param').id, change: c.req.valid('json') }
    return c.json(await updateEndpoint(c.get('ctx'), input, announcements), 200)
  })
  api.openapi(removeRoute, async (c) => {
    await removeEndpoint(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  return api
}
