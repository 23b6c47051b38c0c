import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import {
  coverageSchema,
  livingCostsQuery,
  livingCostsSchema,
  monthsQuery,
  setLivingCostsSchema,
} from '../coverage-schema.ts'
import { getLivingCosts, setLivingCosts } from '../operations/living-costs.ts'
import { readCoverage } from '../operations/read-coverage.ts'

const tags = ['Coverage']

const costsRoute = createRoute({
  method: 'get',
  path: '/living-costs',
  ...needs('streams:read'),
  tags,
  summary: 'What life costs',
  description:
    'Item by item, as it holds now or in a month, by step of the ladder for each of the twelve months from this one on, and what life cost before.',
  request: { query: livingCostsQuery },
  responses: { 200: answer(livingCostsSchema, 'The costs.') },
})

const setCostsRoute = createRoute({
  method: 'put',
  path: '/living-costs',
  ...needs('streams:write'),
  tags,
  summary: 'Enter what life costs',
  description:
    'From a month on: earlier months keep what was entered for them, so that they are told against what life cost then. All are in one currency. Costs of Ramadan and of the feasts move through the Gregorian year with the Umm al-Qura calendar.',
  request: { body: jsonBody(setLivingCostsSchema) },
  responses: { 200: answer(livingCostsSchema, 'The costs as they are now.') },
})

const coverageRoute = createRoute({
  method: 'get',
  path: '/coverage',
  ...needs('streams:read'),
  tags,
  summary: 'How much of the cost of living the streams cover',
  description:
    'For each step of the ladder, in a bad (P10), a usual (P50) and a good month (P90) of the last 24 complete ones; each is a month that was. Income less the streams’ costs; salaries are not counted. Each past month stands against what life cost in it.',
  request: { query: monthsQuery },
  responses: { 200: answer(coverageSchema, 'The coverage.') },
})

/** Living costs and how far they are covered. */
export function coverageApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(costsRoute, async (c) => c.json(await getLivingCosts(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(setCostsRoute, async (c) =>
    c.json(await setLivingCosts(c.get('ctx'), c.req.valid('json')), 200),
  )
  api.openapi(coverageRoute, async (c) => c.json(await readCoverage(c.get('ctx'), c.req.valid('query')), 200))
  return api
}
