import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import {
  alarmsSchema,
  concentrationQuery,
  concentrationSchema,
  limitsSchema,
  mailsSchema,
} from '../concentration-schema.ts'
import { monthsQuery } from '../coverage-schema.ts'
import { setConcentrationLimits } from '../operations/concentration-limits.ts'
import { setConcentrationMails } from '../operations/concentration-watch.ts'
import { readAlarms } from '../operations/read-alarms.ts'
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

const alarmsRoute = createRoute({
  method: 'get',
  path: '/concentration/alarms',
  ...needs('streams:read'),
  tags,
  summary: 'What is over its limit, in words',
  description:
    'What share, of what, above which limit, and what a usual month would leave without it. Nothing before there are three complete months.',
  request: { query: monthsQuery },
  responses: { 200: answer(alarmsSchema, 'The alarms; of each dimension at most two.') },
})

const mailsRoute = createRoute({
  method: 'put',
  path: '/concentration/mails',
  ...needs('streams:write'),
  tags,
  summary: 'Be told by mail, or not',
  description:
    'When a month turns and a limit is first passed, the owners get one mail; the next for the same limit only after it fell under and was passed again. Without a mail server there is none.',
  request: { body: jsonBody(mailsSchema) },
  responses: { 200: answer(mailsSchema, 'As it is now.') },
})

/** Concentration and its alarms. */
export function concentrationApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(readRoute, async (c) =>
    c.json(await readConcentration(c.get('ctx'), c.req.valid('query')), 200),
  )
  api.openapi(alarmsRoute, async (c) => c.json(await readAlarms(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(mailsRoute, async (c) =>
    c.json(await setConcentrationMails(c.get('ctx'), c.req.valid('json').on), 200),
  )
  api.openapi(limitsRoute, async (c) => {
    const { limits } = c.req.valid('json')
    return c.json({ limits: await setConcentrationLimits(c.get('ctx'), limits) }, 200)
  })
  return api
}
