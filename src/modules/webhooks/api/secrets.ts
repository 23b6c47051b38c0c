import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { revealSecret, rotateSecret } from '../operations/rotate-secret.ts'
import { endpointWithSecretSchema } from '../schema.ts'

const tags = ['Webhook endpoints']
const params = z.object({ id: idSchema })

const revealRoute = createRoute({
  method: 'post',
  path: '/webhook-endpoints/{id}/reveal-secret',
  ...needs('webhooks:write'),
  tags,
  summary: 'Show an endpoint’s secret again',
  description: 'The audit log remembers who has seen it.',
  request: { params },
  responses: {
    200: answer(endpointWithSecretSchema, 'The endpoint with its secret.'),
    ...refusals('not-found', 'secret-unreadable'),
  },
})

const rotateRoute = createRoute({
  method: 'post',
  path: '/webhook-endpoints/{id}/rotate-secret',
  ...needs('webhooks:write'),
  tags,
  summary: 'Give an endpoint another secret',
  description:
    'For 24 hours messages carry two signatures, by the new and by the old secret, so that the receiver can change over without losing one.',
  request: { params },
  responses: {
    200: answer(endpointWithSecretSchema, 'The endpoint with its new secret.'),
    ...refusals('not-found', 'secret-unreadable'),
  },
})

/** What endpoints verify messages by. */
export function secretsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(revealRoute, async (c) =>
    c.json(await revealSecret(c.get('ctx'), c.req.valid('param').id), 200),
  )
  api.openapi(rotateRoute, async (c) =>
    c.json(await rotateSecret(c.get('ctx'), c.req.valid('param').id), 200),
  )
  return api
}
