import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { idSchema } from '../../../shared/ids.ts'
import {
  importRowFilterSchema,
  importRowSchema,
  importSchema,
  importTargetsSchema,
  readImportSchema,
} from '../imports/schema.ts'
import { askReading } from '../operations/imports/ask-reading.ts'
import { discardImport } from '../operations/imports/discard-import.ts'
import { getImport, listImportRows, listImports } from '../operations/imports/list-imports.ts'
import { askPosting } from '../operations/imports/post-import.ts'
import { receiveImport, refuseLength } from '../operations/imports/receive-import.ts'
import { askUndoing } from '../operations/imports/undo-import.ts'

const tags = ['Stream imports']
const params = z.object({ id: idSchema })

const listRoute = createRoute({
  method: 'get',
  path: '/stream-imports',
  ...needs('streams:read'),
  tags,
  summary: 'Imports of payout files and statements',
  description: 'The newest first.',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(importSchema), 'A page of imports.') },
})

const uploadRoute = createRoute({
  method: 'post',
  path: '/stream-imports',
  ...needs('streams:write'),
  tags,
  summary: 'Upload a file to import',
  description:
    'The body is the file, delimited text up to 64 MB and 250,000 rows, and is streamed. A file of Gumroad, Stripe, PayPal, Etsy ' +
    'or KDP, of the program’s own format, or with a header that was named before, is read at once (`reading`, then `ready`); ' +
    'any other waits in `mapping` for its columns to be named. Nothing is posted.',
  request: {
    query: z.object({ name: z.string().min(1).max(200).openapi({ example: 'payout-2026-01.csv' }) }),
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: {
    201: answer(importSchema, 'The import.'),
    ...refusals('import-too-large', 'import-not-text', 'import-empty', 'too-many-imports'),
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/stream-imports/{id}',
  ...needs('streams:read'),
  tags,
  summary: 'One import, how far it is, and its preview',
  request: { params },
  responses: { 200: answer(importSchema, 'The import.'), ...refusals('not-found') },
})

const rowsRoute = createRoute({
  method: 'get',
  path: '/stream-imports/{id}/rows',
  ...needs('streams:read'),
  tags,
  summary: 'What becomes, or became, of each row',
  description: 'In the order of the file.',
  request: { params, query: pageQuery.extend(importRowFilterSchema.shape) },
  responses: { 200: answer(pageOf(importRowSchema), 'A page of rows.'), ...refusals('not-found') },
})

const readRoute = createRoute({
  method: 'put',
  path: '/stream-imports/{id}/reading',
  ...needs('streams:write'),
  tags,
  summary: 'Name the columns, or read the file in another way',
  description: 'A dry run: it says what would become of each row, and posts nothing.',
  request: { params, body: jsonBody(readImportSchema) },
  responses: {
    202: answer(importSchema, 'The import, being read.'),
    ...refusals('not-found', 'import-not-there'),
  },
})

const postRoute = createRoute({
  method: 'post',
  path: '/stream-imports/{id}/post',
  ...needs('streams:write'),
  tags,
  summary: 'Post what is new',
  description: 'A row that any file has posted is never posted again, so neither is this request.',
  request: { params, body: jsonBody(importTargetsSchema) },
  responses: {
    202: answer(importSchema, 'The import, being posted.'),
    ...refusals('not-found', 'import-not-there', 'import-has-problems', 'unknown-stream'),
  },
})

const undoRoute = createRoute({
  method: 'post',
  path: '/stream-imports/{id}/undo',
  ...needs('streams:write'),
  tags,
  summary: 'Take back all that an import posted',
  description: 'By reversals on the days of the entries, once. Refused whole if a day’s books are closed.',
  request: { params },
  responses: {
    202: answer(importSchema, 'The import, being undone.'),
    ...refusals('not-found', 'import-not-there', 'period-closed'),
  },
})

const discardRoute = createRoute({
  method: 'delete',
  path: '/stream-imports/{id}',
  ...needs('streams:write'),
  tags,
  summary: 'Throw a file away that is not posted',
  request: { params },
  responses: { 204: { description: 'Gone.' }, ...refusals('not-found', 'import-not-there') },
})

/** Imports of other platforms' files. */
export function importsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => c.json(await listImports(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(uploadRoute, async (c) => {
    refuseLength(c.req.header('content-length'))
    const { body } = c.req.raw
    // The DOM's and Node's types of the same stream differ in what TypeScript knows of them.
    const source = body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream)
    return c.json(await receiveImport(c.get('ctx'), { name: c.req.valid('query').name, body: source }), 201)
  })
  api.openapi(getRoute, async (c) => c.json(await getImport(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(rowsRoute, async (c) =>
    c.json(await listImportRows(c.get('ctx'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  api.openapi(readRoute, async (c) =>
    c.json(await askReading(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 202),
  )
  api.openapi(postRoute, async (c) =>
    c.json(await askPosting(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 202),
  )
  api.openapi(undoRoute, async (c) => c.json(await askUndoing(c.get('ctx'), c.req.valid('param').id), 202))
  api.openapi(discardRoute, async (c) => {
    await discardImport(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  return api
}
