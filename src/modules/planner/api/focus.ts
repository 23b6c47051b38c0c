import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import {
  beginFocusSchema,
  endFocusSchema,
  focusesSchema,
  focusSchema,
  jumpDecisionSchema,
  jumpFiguresSchema,
  newJumpSchema,
  updateFocusSchema,
} from '../focus-schema.ts'
import { beginFocus } from '../operations/begin-focus.ts'
import { endFocus, updateFocus } from '../operations/change-focus.ts'
import { decideJump, getJumpFigures, listJumps } from '../operations/decide-jump.ts'
import { getFocus } from '../operations/read-focus.ts'

const tags = ['Focus']

const getRoute = createRoute({
  method: 'get',
  path: '/focus',
  ...needs('planner:read'),
  tags,
  summary: 'The one stream, and those before it',
  responses: { 200: answer(focusesSchema, 'With its rule, its milestones, and how far it is.') },
})

const beginRoute = createRoute({
  method: 'post',
  path: '/focus',
  ...needs('planner:write'),
  tags,
  summary: 'Make a stream the one',
  request: { body: jsonBody(beginFocusSchema) },
  responses: { 201: answer(focusSchema, 'The one.'), ...refusals('not-found', 'focus-held') },
})

const updateRoute = createRoute({
  method: 'patch',
  path: '/focus',
  ...needs('planner:write'),
  tags,
  summary: 'Change its limits or its rule',
  request: { body: jsonBody(updateFocusSchema) },
  responses: { 200: answer(focusSchema, 'The one as it is now.'), ...refusals('not-found') },
})

const endRoute = createRoute({
  method: 'post',
  path: '/focus/end',
  ...needs('planner:write'),
  tags,
  summary: 'End it',
  description: 'As stable by its rule, by its kill date or cap, or left. The stream itself stays.',
  request: { body: jsonBody(endFocusSchema) },
  responses: {
    200: answer(focusesSchema.shape.past.element, 'What was decided.'),
    ...refusals('not-found', 'focus-not-stable'),
  },
})

const figuresRoute = createRoute({
  method: 'get',
  path: '/focus/jump-figures',
  ...needs('planner:read'),
  tags,
  summary: 'What to look at before another stream is begun',
  responses: { 200: answer(jumpFiguresSchema, 'The last three jumps, what they took, and the present one.') },
})

const jumpsRoute = createRoute({
  method: 'get',
  path: '/focus/jumps',
  ...needs('planner:read'),
  tags,
  summary: 'What was decided when another stream was wanted',
  responses: {
    200: answer(z.object({ items: z.array(jumpDecisionSchema) }), 'The latest first, fifty at most.'),
  },
})

const decideRoute = createRoute({
  method: 'post',
  path: '/focus/jumps',
  ...needs('planner:write'),
  tags,
  summary: 'Decide whether to stay or to jump',
  description: 'Both are kept, with the figures that were shown. `jump` ends the present one.',
  request: { body: jsonBody(newJumpSchema) },
  responses: { 201: answer(jumpDecisionSchema, 'The decision as it is kept.'), ...refusals('not-found') },
})

/** The one stream, and the way to another. */
export function focusApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(getRoute, async (c) => c.json(await getFocus(c.get('ctx')), 200))
  api.openapi(beginRoute, async (c) => c.json(await beginFocus(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(updateRoute, async (c) => c.json(await updateFocus(c.get('ctx'), c.req.valid('json')), 200))
  api.openapi(endRoute, async (c) => c.json(await endFocus(c.get('ctx'), c.req.valid('json')), 200))
  api.openapi(figuresRoute, async (c) => c.json(await getJumpFigures(c.get('ctx')), 200))
  api.openapi(jumpsRoute, async (c) => c.json({ items: await listJumps(c.get('ctx')) }, 200))
  api.openapi(decideRoute, async (c) => c.json(await decideJump(c.get('ctx'), c.req.valid('json')), 201))
  return api
}
