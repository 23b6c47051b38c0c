import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { createPlan, removePlan, updatePlan } from '../operations/change-plans.ts'
import { describeModels } from '../operations/describe-models.ts'
import { getPlan, listPlans } from '../operations/list-plans.ts'
import { modelSchema, planInputSchema, planSchema, updatePlanSchema } from '../schema.ts'

const tags = ['Plans']
const params = z.object({ id: idSchema })

const modelsRoute = createRoute({
  method: 'get',
  path: '/stream-models',
  ...needs('planner:read'),
  tags,
  summary: 'What can be planned, and what is assumed of it',
  description: 'Every assumption with where it comes from: source, year, sample, and who is left out of it.',
  responses: { 200: answer(z.object({ items: z.array(modelSchema) }), 'All models.') },
})

const listRoute = createRoute({
  method: 'get',
  path: '/plans',
  ...needs('planner:read'),
  tags,
  summary: 'Plans of the workspace',
  description: 'Newest first.',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(planSchema), 'A page of plans.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/plans/{id}',
  ...needs('planner:read'),
  tags,
  summary: 'One plan',
  request: { params },
  responses: { 200: answer(planSchema, 'The plan.'), ...refusals('not-found') },
})

const createPlanRoute = createRoute({
  method: 'post',
  path: '/plans',
  ...needs('planner:write'),
  tags,
  summary: 'Write a plan',
  description: 'It is kept also where values are missing; only a projection wants them all.',
  request: { body: jsonBody(planInputSchema) },
  responses: { 201: answer(planSchema, 'The plan.'), ...refusals('plans-full') },
})

const updateRoute = createRoute({
  method: 'put',
  path: '/plans/{id}',
  ...needs('planner:write'),
  tags,
  summary: 'Change a plan',
  description: 'As a whole, from the version that was read.',
  request: { params, body: jsonBody(updatePlanSchema) },
  responses: { 200: answer(planSchema, 'The plan as it is now.'), ...refusals('not-found', 'conflict') },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/plans/{id}',
  ...needs('planner:write'),
  tags,
  summary: 'Remove a plan',
  description: 'Its projections stay readable by their addresses.',
  request: { params },
  responses: { 204: { description: 'Removed.' }, ...refusals('not-found') },
})

/** Models and plans. */
export function plansApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(modelsRoute, (c) => c.json({ items: describeModels(c.get('ctx')) }, 200))
  api.openapi(listRoute, async (c) => c.json(await listPlans(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(getRoute, async (c) => c.json(await getPlan(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(createPlanRoute, async (c) => c.json(await createPlan(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(updateRoute, async (c) =>
    c.json(await updatePlan(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(removeRoute, async (c) => {
    await removePlan(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  return api
}
