import { MemoryLocker, Server } from '@tus/server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { DomainError, NotFound } from '../../../platform/errors.ts'
import type { FileStore } from '../../../platform/files/index.ts'
import { createRouter, type Env, type HttpContext } from '../../../platform/http/env.ts'
import { needs } from '../../../platform/http/rights.ts'
import { FileTooLarge, invalid } from '../errors.ts'
import { finishUpload } from '../operations/finish-upload.ts'
import { findFile } from '../operations/get-file.ts'
import { fileKey, MAX_FILE_BYTES } from '../operations/receive-file.ts'
import { cleanFileName } from '../rules/file-name.ts'

const PATH = '/api/v1/uploads'
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Who sent a request of the protocol, and what our own hooks refused it with; the server's hooks know only the request. */
type Sent = { ctx: Ctx & { workspaceId: string }; refused?: unknown }

const sent = new WeakMap<object, Sent>()
const servers = new WeakMap<FileStore, Promise<Server>>()

/** Resumable uploads by the tus protocol, version 1.0.0. The last part of an upload's address is the id of its file. */
export function uploadsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  describe(api)
  api.on(['OPTIONS', 'POST'], '/uploads', answerUpload)
  // HEAD comes to the handler of GET; GET itself has nothing to show.
  api.on(['GET', 'PATCH', 'DELETE'], '/uploads/:id', answerUpload)
  return api
}

async function answerUpload(c: HttpContext): Promise<Response> {
  const ctx = c.get('ctx')
  authorise(ctx, 'products:write')
  const { workspaceId } = ctx
  const request = c.req.raw
  if (workspaceId === undefined || request.method === 'GET') throw new NotFound()
  const id = c.req.param('id')
  if (id !== undefined && !ID.test(id)) throw new NotFound()
  const state: Sent = { ctx: { ...ctx, workspaceId } }
  sent.set(request, state)
  const response = await (await serverOf(ctx.files)).handleWeb(request)
  if (state.refused !== undefined) throw state.refused
  if (request.method === 'HEAD' && id !== undefined) return settleHead(state.ctx, id, response)
  if (response.status >= 400) throw problemOf(response.status)
  return response
}

/**
 * An upload whose last bytes came just before a crash is made a file when its client asks how far it is; one that is a
 * file already answers as complete.
 */
async function settleHead(
  ctx: Ctx & { workspaceId: string },
  id: string,
  response: Response,
): Promise<Response> {
  const [offset, length] = ['upload-offset', 'upload-length'].map((name) => response.headers.get(name))
  if (response.status === 200 && offset !== length) return response
  if (response.status === 200) {
    const store = await ctx.files.uploads.dataStore()
    const upload = await store.getUpload(fileKey(ctx.workspaceId, id))
    await finishUpload(ctx, { fileId: id, name: nameOf(upload.metadata), sizeBytes: upload.offset })
    return response
  }
  const file = await findFile(ctx, id)
  if (file === undefined) throw problemOf(response.status)
  const size = String(file.sizeBytes)
  return new Response(null, {
    status: 200,
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': size,
      'upload-length': size,
      'cache-control': 'no-store',
    },
  })
}

function serverOf(files: FileStore): Promise<Server> {
  let server = servers.get(files)
  if (server === undefined) {
    server = openServer(files)
    servers.set(files, server)
  }
  return server
}

async function openServer(files: FileStore): Promise<Server> {
  return new Server({
    path: PATH,
    datastore: await files.uploads.dataStore(),
    locker: new MemoryLocker(),
    maxSize: MAX_FILE_BYTES,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true,
    // Pages of other origins have no business here.
    allowedOrigins: () => false,
    namingFunction: (request) => {
      const { ctx } = stateOf(request)
      return fileKey(ctx.workspaceId, ctx.ids.next())
    },
    generateUrl: (_request, { path, id }) => `${path}/${id.slice(id.lastIndexOf('/') + 1)}`,
    // The workspace comes from who asks, so that nobody can name another's upload.
    getFileIdFromRequest: (request, lastPart = '') => fileKey(stateOf(request).ctx.workspaceId, lastPart),
    onUploadCreate: (_request, { metadata }) => {
      const name = cleanFileName(metadata?.['filename'] ?? metadata?.['name'] ?? '')
      if (name === undefined) return Promise.reject(invalid('/filename', 'problems.field.file-name'))
      return Promise.resolve({ metadata: { filename: name } })
    },
    onUploadFinish: async (request, { id, metadata, offset }) => {
      const fileId = id.slice(id.lastIndexOf('/') + 1)
      await finishUpload(stateOf(request).ctx, { fileId, name: nameOf(metadata), sizeBytes: offset })
      return {}
    },
    onResponseError: (request, error) => {
      if (error instanceof Error && !('status_code' in error)) stateOf(request).refused = error
      return undefined
    },
  })
}

function stateOf(request: object): Sent {
  const state = sent.get(request)
  if (state === undefined)
    throw new Error('assertion failed: every request of the protocol comes through this route')
  return state
}

function nameOf(metadata: Record<string, string | null> | undefined): string {
  return metadata?.['filename'] ?? 'file'
}

function problemOf(status: number): DomainError {
  if (status === 404 || status === 410) return new NotFound()
  if (status === 413) return new FileTooLarge(5)
  if (status === 409 || status === 423) return new DomainError('conflict', 409)
  return status >= 500 ? new DomainError('internal', 500) : new DomainError('malformed', 400)
}

function describe(api: OpenAPIHono<Env>): void {
  // The protocol's handler is no route of the generator's; it asks for the right itself.
  const { 'x-right': right, security } = needs('products:write')
  api.openAPIRegistry.registerPath({
    method: 'post',
    path: '/uploads',
    tags: ['Files'],
    summary: 'Begin a resumable upload',
    description:
      'The tus protocol 1.0.0 (https://tus.io): `Upload-Length`, and `filename` in `Upload-Metadata`. Bytes follow with PATCH to the `Location`, HEAD says how many have come, DELETE gives up. The last part of the `Location` is the id of the file once all have come. Uploads that are not continued for two days are dropped.',
    'x-right': right,
    security,
    responses: { 201: { description: 'Begun; see `Location`.' } },
  })
}
