import { z, type OpenAPIHono } from '@hono/zod-openapi'
import type { Announcement } from '../../platform/announcement.ts'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { deliveriesApi } from './api/deliveries.ts'
import { endpointsApi } from './api/endpoints.ts'
import { secretsApi } from './api/secrets.ts'

/** Endpoints and deliveries; to be mounted at /api/v1. */
export function apiFor(announcements: readonly Announcement[]): OpenAPIHono<Env> {
  const api = createRouter()
  api.route('/', endpointsApi(announcements))
  api.route('/', secretsApi())
  api.route('/', deliveriesApi(announcements))
  return api
}

const headers = z.object({
  'webhook-id': z.uuid().openapi({ description: 'The same for every attempt: take each id once.' }),
  'webhook-timestamp': z
    .string()
    .openapi({ description: 'When this attempt was made, in seconds since 1970.' }),
  'webhook-signature': z.string().openapi({
    description:
      '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several, separated by spaces, while a secret is rotated.',
  }),
})

/** Adds to the document what endpoints are sent, type by type: its `webhooks`. */
export function describeMessages(
  registry: OpenAPIHono<Env>['openAPIRegistry'],
  announcements: readonly Announcement[],
): void {
  for (const { type, summary, schema, example } of announcements) {
    const body = z
      .object({
        type: z.literal(type),
        timestamp: z.iso.datetime().openapi({ description: 'When it happened.' }),
        test: z.literal(true).optional().openapi({ description: 'Only in test events: it did not happen.' }),
        data: schema,
      })
      .openapi({ example: { type, timestamp: '2026-03-01T09:30:00.000Z', data: example } })
    registry.registerWebhook({
      method: 'post',
      path: type,
      summary,
      request: { headers, body: { required: true, content: { 'application/json': { schema: body } } } },
      responses: { '2XX': { description: 'Taken. Anything else is tried again; 410 ends it.' } },
    })
  }
}
