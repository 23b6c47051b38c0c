import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { refusals } from '../../../platform/http/openapi.ts'
import { forKeyHolder } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { receiveWebhook } from '../operations/receive-webhook.ts'

const MAX_BYTES = 64 * 1024

const webhookRoute = createRoute({
  method: 'post',
  path: '/webhooks/{provider}/{workspace}',
  ...forKeyHolder,
  tags: ['Webhooks'],
  summary: 'Where a payment provider sends its messages',
  description:
    'Proved by the provider’s signature over the raw body. The message is a hint: the provider is asked again.',
  request: { params: z.object({ provider: z.string().max(40), workspace: idSchema }) },
  responses: {
    204: { description: 'Arrived.' },
    ...refusals('not-found', 'webhook-unverified', 'too-large'),
  },
})

/** The address to which payment providers send their messages. */
export function webhooksApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.use(
    '/webhooks/*',
    bodyLimit({
      maxSize: MAX_BYTES,
      onError: () => {
        throw new HTTPException(413)
      },
    }),
  )
  api.openapi(webhookRoute, async (c) => {
    const { provider, workspace } = c.req.valid('param')
    const ctx = { ...c.get('ctx'), workspaceId: workspace }
    await receiveWebhook(ctx, provider, { headers: c.req.raw.headers, body: await c.req.text() })
    return c.body(null, 204)
  })
  return api
}
