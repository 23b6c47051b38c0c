import { Readable } from 'node:stream'
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env, type HttpContext } from '../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../platform/http/page.ts'
import { forPerson, needs } from '../../platform/http/rights.ts'
import { idSchema } from '../../shared/ids.ts'
import { askOwnExport, askPrivacy } from './operations/ask.ts'
import { closeOwnAccount } from './operations/close-own-account.ts'
import {
  getOwnExport,
  getRequest,
  listRequests,
  openArchive,
  openOwnArchive,
  type Archive,
} from './operations/read-requests.ts'
import { askPrivacySchema, privacyRequestSchema } from './schema.ts'

const tags = ['Privacy']
const params = z.object({ id: idSchema })
const request = answer(privacyRequestSchema, 'How far it is.')
const archive = {
  description: 'The archive, a ZIP of JSON files and documents.',
  content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
}

const askRoute = createRoute({
  method: 'post',
  path: '/privacy/requests',
  ...needs('customers:write'),
  tags,
  summary: 'Export or erase a customer’s data',
  description:
    'All that the workspace keeps about one e-mail address. An export becomes an archive that can be fetched for a week. ' +
    'An erasure cannot be undone: invoices and credit notes stay as issued, and the books, which name nobody.',
  request: { body: jsonBody(askPrivacySchema) },
  responses: { 202: request, ...refusals('fresh-authentication-required') },
})

const listRoute = createRoute({
  method: 'get',
  path: '/privacy/requests',
  ...needs('customers:write'),
  tags,
  summary: 'Exports and erasures',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(privacyRequestSchema), 'The newest first.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/privacy/requests/{id}',
  ...needs('customers:write'),
  tags,
  summary: 'How far an export or erasure is',
  request: { params },
  responses: { 200: request, ...refusals('not-found') },
})

const archiveRoute = createRoute({
  method: 'get',
  path: '/privacy/requests/{id}/archive',
  ...needs('customers:write'),
  tags,
  summary: 'The archive of an export',
  request: { params },
  responses: { 200: archive, ...refusals('not-found') },
})

const askOwnRoute = createRoute({
  method: 'post',
  path: '/me/exports',
  ...forPerson,
  tags,
  summary: 'Export your own data',
  description:
    'Your profile, sessions, memberships and tokens, and what the log of this workspace says of you.',
  responses: { 202: request, ...refusals('fresh-authentication-required') },
})

const getOwnRoute = createRoute({
  method: 'get',
  path: '/me/exports/{id}',
  ...forPerson,
  tags,
  summary: 'How far the export of your data is',
  request: { params },
  responses: { 200: request, ...refusals('not-found') },
})

const ownArchiveRoute = createRoute({
  method: 'get',
  path: '/me/exports/{id}/archive',
  ...forPerson,
  tags,
  summary: 'The archive of your data',
  request: { params },
  responses: { 200: archive, ...refusals('not-found') },
})

const closeRoute = createRoute({
  method: 'delete',
  path: '/me',
  ...forPerson,
  tags,
  summary: 'Close your account',
  description:
    'You leave every workspace, what is yours alone is erased, and nobody can sign in as you any more. Books and logs keep the number of the account, and neither name nor address. It cannot be undone. The last owner of a workspace hands it over first.',
  responses: {
    204: { description: 'It is closed.' },
    ...refusals('fresh-authentication-required', 'last-owner'),
  },
})

/** What is kept about people: to take along, and to erase. */
export const api: OpenAPIHono<Env> = createRouter()
  .openapi(askRoute, async (c) => c.json(await askPrivacy(c.get('ctx'), c.req.valid('json')), 202))
  .openapi(listRoute, async (c) => c.json(await listRequests(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(getRoute, async (c) => c.json(await getRequest(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(archiveRoute, async (c) => send(c, await openArchive(c.get('ctx'), c.req.valid('param').id)))
  .openapi(askOwnRoute, async (c) => c.json(await askOwnExport(c.get('ctx')), 202))
  .openapi(getOwnRoute, async (c) => c.json(await getOwnExport(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(closeRoute, async (c) => {
    await closeOwnAccount(c.get('ctx'))
    return c.body(null, 204)
  })
  .openapi(ownArchiveRoute, async (c) => send(c, await openOwnArchive(c.get('ctx'), c.req.valid('param').id)))

function send(c: HttpContext, { name, sizeBytes, stream }: Archive): Response {
  return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
    'content-type': 'application/zip',
    'content-length': String(sizeBytes),
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  })
}
