import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import {
  adviceSchema,
  answerSchema,
  assessmentSchema,
  beginAdvisedSchema,
  planAdvisedSchema,
  weightsSchema,
} from '../assessment-schema.ts'
import { focusSchema } from '../focus-schema.ts'
import { planSchema } from '../schema.ts'
import {
  answerQuestion,
  eraseAssessment,
  getAssessment,
  settleContradiction,
} from '../operations/answer-assessment.ts'
import { beginAdvised } from '../operations/begin-focus.ts'
import { planAdvised } from '../operations/plan-advised.ts'
import { listWeights } from '../operations/list-weights.ts'
import { getAdvice } from '../operations/read-advice.ts'

const tags = ['Assessment']

const getRoute = createRoute({
  method: 'get',
  path: '/assessment',
  ...needs('planner:read'),
  tags,
  summary: 'Your own assessment as far as it has come',
  description: 'Questions and choices in the language of the request. Nobody else reads the answers.',
  responses: { 200: answer(assessmentSchema, 'The conversation.') },
})

const answerRoute = createRoute({
  method: 'put',
  path: '/assessment/answers/{question}',
  ...needs('planner:write'),
  tags,
  summary: 'Answer one question',
  description: 'Kept at once; the same question can be answered again.',
  request: { params: z.object({ question: z.string().max(40) }), body: jsonBody(answerSchema) },
  responses: { 200: answer(assessmentSchema, 'The conversation as it is now.'), ...refusals('not-found') },
})

const settleRoute = createRoute({
  method: 'put',
  path: '/assessment/contradictions/{contradiction}',
  ...needs('planner:write'),
  tags,
  summary: 'Say that two answers are both true',
  description: 'They are not asked about again until one of them is changed.',
  request: { params: z.object({ contradiction: z.string().max(40) }) },
  responses: { 200: answer(assessmentSchema, 'The conversation as it is now.'), ...refusals('not-found') },
})

const eraseRoute = createRoute({
  method: 'delete',
  path: '/assessment',
  ...needs('planner:write'),
  tags,
  summary: 'Erase your answers',
  description: 'The conversation begins anew. What was decided stays.',
  responses: { 204: { description: 'Erased.' } },
})

const adviceRoute = createRoute({
  method: 'get',
  path: '/assessment/advice',
  ...needs('planner:read'),
  tags,
  summary: 'One stream, two alternatives, and those to avoid now',
  description: 'With reasons that quote the answers, what speaks against it, and what would change it.',
  responses: { 200: answer(adviceSchema, 'The advice.'), ...refusals('assessment-unfinished') },
})

const beginRoute = createRoute({
  method: 'post',
  path: '/assessment/begin',
  ...needs('planner:write'),
  tags,
  summary: 'Begin a stream of the advice',
  description:
    'Makes the stream and makes it the one, with the kill date, the loss cap and the rule that are given. Its first steps become milestones.',
  request: { body: jsonBody(beginAdvisedSchema) },
  responses: {
    201: answer(focusSchema, 'The stream, which is the one now.'),
    ...refusals('assessment-unfinished', 'focus-held'),
  },
})

const planRoute = createRoute({
  method: 'post',
  path: '/assessment/plans',
  ...needs('planner:write'),
  tags,
  summary: 'Write a plan of a stream of the advice',
  description:
    'With its model, and as the answers have it: free hours, what may be put in and lost, quiet months, kill date and loss cap; the ladder is that of the living costs. To be reckoned by `POST /plans/{id}/projections`; where nobody has reliable data, after somebody has set the range.',
  request: { body: jsonBody(planAdvisedSchema) },
  responses: {
    201: answer(planSchema, 'The plan.'),
    ...refusals('assessment-unfinished', 'plans-full'),
  },
})

const weightsRoute = createRoute({
  method: 'get',
  path: '/assessment/weights',
  ...needs('planner:read'),
  tags,
  summary: 'Every weight with its reason',
  responses: { 200: answer(weightsSchema, 'All weights, stream by stream.') },
})

/** The assessment and its advice. */
export function assessmentApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(getRoute, async (c) => c.json(await getAssessment(c.get('ctx')), 200))
  api.openapi(answerRoute, async (c) =>
    c.json(
      await answerQuestion(c.get('ctx'), c.req.valid('param').question, c.req.valid('json').answer),
      200,
    ),
  )
  api.openapi(settleRoute, async (c) =>
    c.json(await settleContradiction(c.get('ctx'), c.req.valid('param').contradiction), 200),
  )
  api.openapi(eraseRoute, async (c) => {
    await eraseAssessment(c.get('ctx'))
    return c.body(null, 204)
  })
  api.openapi(adviceRoute, async (c) => c.json(await getAdvice(c.get('ctx')), 200))
  api.openapi(beginRoute, async (c) => c.json(await beginAdvised(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(planRoute, async (c) => c.json(await planAdvised(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(weightsRoute, (c) => c.json(listWeights(c.get('ctx')), 200))
  return api
}
