import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { isoDateSchema } from '../../../shared/dates.ts'
import { idSchema } from '../../../shared/ids.ts'
import {
  milestoneSchema,
  newMilestoneSchema,
  reviewAnswersSchema,
  reviewSchema,
  reviewsSchema,
  updateMilestoneSchema,
} from '../focus-schema.ts'
import { addMilestone, removeMilestone, updateMilestone } from '../operations/change-milestones.ts'
import { listReviews, writeReview } from '../operations/write-review.ts'

const tags = ['Focus']
const params = z.object({ id: idSchema })

const addRoute = createRoute({
  method: 'post',
  path: '/focus/milestones',
  ...needs('planner:write'),
  tags,
  summary: 'Set a milestone',
  request: { body: jsonBody(newMilestoneSchema) },
  responses: {
    201: answer(milestoneSchema, 'The milestone.'),
    ...refusals('not-found', 'milestones-full'),
  },
})

const updateRoute = createRoute({
  method: 'patch',
  path: '/focus/milestones/{id}',
  ...needs('planner:write'),
  tags,
  summary: 'Change a milestone, or say that it is reached',
  request: { params, body: jsonBody(updateMilestoneSchema) },
  responses: { 200: answer(milestoneSchema, 'The milestone as it is now.'), ...refusals('not-found') },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/focus/milestones/{id}',
  ...needs('planner:write'),
  tags,
  summary: 'Take a milestone away',
  request: { params },
  responses: { 204: { description: 'Gone.' }, ...refusals('not-found') },
})

const reviewsRoute = createRoute({
  method: 'get',
  path: '/focus/reviews',
  ...needs('planner:read'),
  tags,
  summary: 'The five questions of the week, and the weeks so far',
  responses: { 200: answer(reviewsSchema, 'The latest week first, sixty at most.') },
})

const reviewRoute = createRoute({
  method: 'put',
  path: '/focus/reviews/{week}',
  ...needs('planner:write'),
  tags,
  summary: 'Keep a week’s review, or skip it',
  description: '`week` is a Monday. `answers: null` skips it.',
  request: { params: z.object({ week: isoDateSchema }), body: jsonBody(reviewAnswersSchema) },
  responses: { 200: answer(reviewSchema, 'The review.'), ...refusals('not-found') },
})

/** Milestones and weekly reviews of the one stream. */
export function milestonesApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(addRoute, async (c) => c.json(await addMilestone(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(updateRoute, async (c) => {
    const input = { id: c.req.valid('param').id, change: c.req.valid('json') }
    return c.json(await updateMilestone(c.get('ctx'), input), 200)
  })
  api.openapi(removeRoute, async (c) => {
    await removeMilestone(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  api.openapi(reviewsRoute, async (c) => c.json(await listReviews(c.get('ctx')), 200))
  api.openapi(reviewRoute, async (c) =>
    c.json(await writeReview(c.get('ctx'), c.req.valid('param').week, c.req.valid('json')), 200),
  )
  return api
}
