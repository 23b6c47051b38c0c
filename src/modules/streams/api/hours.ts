import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import {
  hoursSchema,
  newHoursSchema,
  startTimerSchema,
  stopTimerSchema,
  timerSchema,
} from '../hours-schema.ts'
import { enterHours, listHours, removeHours } from '../operations/hours.ts'
import { findTimer, startTimer, stopTimer } from '../operations/timer.ts'

const tags = ['Streams']
const params = z.object({ id: idSchema })

const listRoute = createRoute({
  method: 'get',
  path: '/streams/{id}/hours',
  ...needs('streams:read'),
  tags,
  summary: 'Hours of a stream',
  description: 'The last entered first.',
  request: { params, query: pageQuery },
  responses: { 200: answer(pageOf(hoursSchema), 'A page of hours.'), ...refusals('not-found') },
})

const enterRoute = createRoute({
  method: 'post',
  path: '/stream-hours',
  ...needs('streams:write'),
  tags,
  summary: 'Enter hours',
  request: { body: jsonBody(newHoursSchema) },
  responses: { 201: answer(hoursSchema, 'The hours.'), ...refusals('unknown-stream') },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/stream-hours/{id}',
  ...needs('streams:write'),
  tags,
  summary: 'Take hours out',
  request: { params },
  responses: { 204: { description: 'Taken out.' }, ...refusals('not-found') },
})

const findTimerRoute = createRoute({
  method: 'get',
  path: '/stream-timer',
  ...needs('streams:read'),
  tags,
  summary: 'One’s own clock',
  responses: {
    200: answer(
      z.object({ timer: timerSchema.nullable() }),
      'The clock that the caller has running, if any.',
    ),
  },
})

const startTimerRoute = createRoute({
  method: 'post',
  path: '/stream-timer',
  ...needs('streams:write'),
  tags,
  summary: 'Start the clock',
  description: 'It runs until it is stopped, wherever one is signed in. A person has one at a time.',
  request: { body: jsonBody(startTimerSchema) },
  responses: { 201: answer(timerSchema, 'The clock.'), ...refusals('unknown-stream', 'timer-running') },
})

const stopTimerRoute = createRoute({
  method: 'post',
  path: '/stream-timer/stop',
  ...needs('streams:write'),
  tags,
  summary: 'Stop the clock',
  description: 'The time is entered on the day on which it was started; nothing for less than half a minute.',
  request: { body: jsonBody(stopTimerSchema) },
  responses: {
    200: answer(z.object({ hours: hoursSchema.nullable() }), 'What was entered.'),
    ...refusals('not-found', 'timer-forgotten'),
  },
})

/** Hours of streams, and the clock. */
export function hoursApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => {
    const query = { ...c.req.valid('query'), streamId: c.req.valid('param').id }
    return c.json(await listHours(c.get('ctx'), query), 200)
  })
  api.openapi(enterRoute, async (c) => c.json(await enterHours(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(removeRoute, async (c) => {
    await removeHours(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  api.openapi(findTimerRoute, async (c) => c.json({ timer: (await findTimer(c.get('ctx'))) ?? null }, 200))
  api.openapi(startTimerRoute, async (c) => c.json(await startTimer(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(stopTimerRoute, async (c) =>
    c.json({ hours: (await stopTimer(c.get('ctx'), c.req.valid('json'))) ?? null }, 200),
  )
  return api
}
