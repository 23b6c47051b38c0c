import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { FileTooLarge } from '../errors.ts'
import { getFile, listFiles } from '../operations/get-file.ts'
import { MAX_FILE_BYTES, receiveFile } from '../operations/receive-file.ts'
import { fileSchema } from '../schema.ts'

const tags = ['Files']

const listRoute = createRoute({
  method: 'get',
  path: '/files',
  ...needs('products:read'),
  tags,
  summary: 'Uploaded files',
  description: 'The newest first.',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(fileSchema), 'A page of files.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/files/{id}',
  ...needs('products:read'),
  tags,
  summary: 'One uploaded file',
  description: 'What is known of it, not its content.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: answer(fileSchema, 'The file.'), ...refusals('not-found') },
})

const uploadRoute = createRoute({
  method: 'post',
  path: '/files',
  ...needs('products:write'),
  tags,
  summary: 'Upload a file in one request',
  description:
    'The body is the file, up to 5 GB, and is streamed. Its type is found from its content. For uploads that can be resumed see `/uploads`.',
  request: {
    query: z.object({ name: z.string().min(1).max(1000).openapi({ example: 'guide.pdf' }) }),
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: { 201: answer(fileSchema, 'The file.'), ...refusals('file-too-large') },
})

/** Uploaded files. */
export function filesApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => c.json(await listFiles(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(getRoute, async (c) => c.json(await getFile(c.get('ctx'), c.req.valid('param').id), 200))
  api.openapi(uploadRoute, async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > MAX_FILE_BYTES) throw new FileTooLarge(5)
    const { body } = c.req.raw
    // The DOM's and Node's types of the same stream differ in what TypeScript knows of them.
    const source = body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream)
    return c.json(await receiveFile(c.get('ctx'), { name: c.req.valid('query').name, body: source }), 201)
  })
  return api
}
