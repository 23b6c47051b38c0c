import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { concentrationQuery, concentrationSchema, limitsSchema } from '../concentration-schema.ts'
import { setConcentrationLimits } from '../operations/concentration-limits.ts'
import { readConcentration } from '../operations/read-concentration.ts'

const tags = ['Concentration']

const readRoute = createRoute({
  method: 'get',
  path: '/concentration',
  ...needs('streams:read'),
  tags,
  summary: 'How far income hangs on few things',
  description:
    'Of the last twelve complete months, by stream, platform, currency, payer and country: shares, the sum of their squares (HHI), its inverse, alarms, what would be left without the largest, and 24 months of history.',
  request: { query: concentrationQuery },
  responses: { 200: answer(concentrationSchema, 'The concentration.') },
})

const limitsRoute = createRoute({
  method: 'put',
  path: '/concentration/limits',
  ...needs('streams:write'),
  tags,
  summary: 'Set from where on concentration is told',
  description:
    'Dimensions that are left out keep theirs. Unless set, an HHI above 0.25 and a share above 0.5 are told.',
  request: { body: jsonBody(z.object({ limits: z.array(limitsSchema).min(1).max(5) })) },
  responses: { 200: answer(z.object({ limits: z.array(limitsSchema) }), 'The limits of all dimensions.') },
})

/** Concentration and its alarms. */
export function concentrationApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(readRoute, async (c) =>
    c.json(await readConcentration(c.get('ctx'), c.req.valid('query')), 200),
  )
  api.openapi(limitsRoute, async (c) => {
    const { limits } = c.req.valid('json')
    return c.json({ limits: await setConcentrationLimits(c.get('ctx'), limits) }, 200)
  })
  return api
}
