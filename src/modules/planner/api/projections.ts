import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { printProjection } from '../operations/print-projection.ts'
import { createProjection, tryPlan } from '../operations/project.ts'
import { getProjection, listProjections } from '../operations/read-projections.ts'
import {
  newProjectionSchema,
  projectionSchema,
  projectionSummarySchema,
  whatIfAnswerSchema,
  whatIfSchema,
} from '../schema.ts'

const tags = ['Projections']
const params = z.object({ id: idSchema })

const createProjectionRoute = createRoute({
  method: 'post',
  path: '/plans/{id}/projections',
  ...needs('planner:write'),
  tags,
  summary: 'Reckon a plan',
  description:
    'Draws the given number of paths and keeps what came out, with the seed and the plan as it was. The same plan, seed and engine give the same figures on any machine.',
  request: { params, body: jsonBody(newProjectionSchema) },
  responses: {
    201: answer(projectionSchema, 'The projection.'),
    ...refusals('not-found', 'plan-not-ready'),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/plans/{id}/projections',
  ...needs('planner:read'),
  tags,
  summary: 'Projections of a plan',
  description: 'Newest first, without their figures.',
  request: { params, query: pageQuery },
  responses: {
    200: answer(pageOf(projectionSummarySchema), 'A page of projections.'),
    ...refusals('not-found'),
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/projections/{id}',
  ...needs('planner:read'),
  tags,
  summary: 'One projection',
  request: { params },
  responses: { 200: answer(projectionSchema, 'The projection.'), ...refusals('not-found') },
})

const pdfRoute = createRoute({
  method: 'get',
  path: '/projections/{id}/pdf',
  ...needs('planner:read'),
  tags,
  summary: 'A projection to print',
  request: {
    params,
    query: z.object({
      locale: z.enum(['ar', 'en']).default('ar'),
      calendar: z.enum(['gregorian', 'hijri']).default('gregorian'),
      numerals: z
        .enum(['latn', 'arab'])
        .default('latn')
        .openapi({ description: 'Digits of the Arabic PDF.' }),
    }),
  },
  responses: {
    200: {
      description: 'A PDF.',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...refusals('not-found'),
  },
})

const whatIfRoute = createRoute({
  method: 'post',
  path: '/what-if',
  ...needs('planner:read'),
  tags,
  summary: 'Try a plan',
  description:
    '2,000 paths of a plan that is not kept, while somebody moves its assumptions. Changes nothing.',
  request: { body: jsonBody(whatIfSchema) },
  responses: { 200: answer(whatIfAnswerSchema, 'What comes of it.'), ...refusals('plan-not-ready') },
})

/** What may come of plans. */
export function projectionsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(createProjectionRoute, async (c) =>
    c.json(await createProjection(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 201),
  )
  api.openapi(listRoute, async (c) => {
    const query = { planId: c.req.valid('param').id, ...c.req.valid('query') }
    return c.json(await listProjections(c.get('ctx'), query), 200)
  })
  api.openapi(getRoute, async (c) => c.json(await getProjection(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(pdfRoute, async (c) => {
    const { id } = c.req.valid('param')
    const pdf = await printProjection(c.get('ctx'), { id, ...c.req.valid('query') })
    return c.body(new Uint8Array(pdf).buffer, 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="projection-${id}.pdf"`,
    })
  })
  api.openapi(whatIfRoute, async (c) => c.json(await tryPlan(c.get('ctx'), c.req.valid('json')), 200))
  return api
}
