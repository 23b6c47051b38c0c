import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import { createStream } from '../operations/create-stream.ts'
import { getStream, listStreams } from '../operations/list-streams.ts'
import { updateStream } from '../operations/update-stream.ts'
import { newStreamSchema, streamSchema, updateStreamSchema } from '../schema.ts'

const tags = ['Streams']
const params = z.object({ id: idSchema })

const listRoute = createRoute({
  method: 'get',
  path: '/streams',
  ...needs('streams:read'),
  tags,
  summary: 'Streams of income',
  description: 'In the order in which they were added, archived ones too unless `archived` says otherwise.',
  request: { query: pageQuery.extend({ archived: z.stringbool().optional() }) },
  responses: { 200: answer(pageOf(streamSchema), 'A page of streams.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/streams/{id}',
  ...needs('streams:read'),
  tags,
  summary: 'One stream',
  request: { params },
  responses: { 200: answer(streamSchema, 'The stream.'), ...refusals('not-found') },
})

const createStreamRoute = createRoute({
  method: 'post',
  path: '/streams',
  ...needs('streams:write'),
  tags,
  summary: 'Add a stream',
  description: 'Anything that earns, here or elsewhere. Published products are streams by themselves.',
  request: { body: jsonBody(newStreamSchema) },
  responses: {
    201: answer(streamSchema, 'The stream.'),
    ...refusals('streams-full', 'store-stream-exists'),
  },
})

const updateRoute = createRoute({
  method: 'patch',
  path: '/streams/{id}',
  ...needs('streams:write'),
  tags,
  summary: 'Change a stream, or archive it',
  description: 'What an archived stream earned stays in every figure of its time.',
  request: { params, body: jsonBody(updateStreamSchema) },
  responses: { 200: answer(streamSchema, 'The stream as it is now.'), ...refusals('not-found') },
})

/** Streams themselves. */
export function streamsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => c.json(await listStreams(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(getRoute, async (c) => c.json(await getStream(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(createStreamRoute, async (c) =>
    c.json(await createStream(c.get('ctx'), c.req.valid('json')), 201),
  )
  api.openapi(updateRoute, async (c) => {
    const input = { id: c.req.valid('param').id, change: c.req.valid('json') }
    return c.json(await updateStream(c.get('ctx'), input), 200)
  })
  return api
}
