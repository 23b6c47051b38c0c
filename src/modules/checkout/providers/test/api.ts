import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { authorise } from '../../../../platform/authorise.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import { transaction } from '../../../../platform/database/transaction.ts'
import { createRouter, type Env } from '../../../../platform/http/env.ts'
import { jsonBody, refusals } from '../../../../platform/http/openapi.ts'
import { needs } from '../../../../platform/http/rights.ts'
import { bookFaults } from './books.ts'
import { requireTestStore } from './require-test-store.ts'

const faultSchema = z.object({
  call: z.enum(['start', 'fetch', 'refund']),
  times: z.number().int().min(0).max(10),
})

const faultRoute = createRoute({
  method: 'post',
  path: '/test-provider/faults',
  ...needs('store:write'),
  tags: ['Checkout'],
  summary: 'Let the test provider fail',
  description:
    'Its next `times` calls of that kind do their work and then answer with an error, as if the answer had been lost. ' +
    'Only while the store takes test payments.',
  request: { body: jsonBody(faultSchema) },
  responses: { 204: { description: 'It will.' }, ...refusals('not-found') },
})

/** How a store's own tests make the test provider fail. */
export function testProviderApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(faultRoute, async (c) => {
    await orderFaults(c.get('ctx'), c.req.valid('json'))
    return c.body(null, 204)
  })
  return api
}

async function orderFaults(ctx: Ctx, fault: z.infer<typeof faultSchema>): Promise<void> {
  authorise(ctx, 'store:write')
  await requireTestStore(ctx)
  await transaction(ctx, (tx) => bookFaults(tx, fault))
}
