import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { createToken } from '../operations/create-token.ts'
import { listAuditEvents } from '../operations/list-audit-events.ts'
import { listMembers } from '../operations/list-members.ts'
import { listTokens } from '../operations/list-tokens.ts'
import { revokeToken } from '../operations/revoke-token.ts'
import {
  apiTokenSchema,
  auditEventSchema,
  auditFilterSchema,
  madeTokenSchema,
  memberSchema,
  newTokenSchema,
} from '../schema.ts'

const membersRoute = createRoute({
  method: 'get',
  path: '/members',
  ...needs('members:read'),
  tags: ['Workspaces'],
  summary: 'Members of the workspace',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(memberSchema), 'A page of members.') },
})

const tokensRoute = createRoute({
  method: 'get',
  path: '/tokens',
  ...needs('tokens:write'),
  tags: ['Tokens'],
  summary: 'API tokens of the workspace',
  description: 'Newest first, revoked ones too; secrets are never shown again.',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(apiTokenSchema), 'A page of tokens.') },
})

const createTokenRoute = createRoute({
  method: 'post',
  path: '/tokens',
  ...needs('tokens:write'),
  tags: ['Tokens'],
  summary: 'Make an API token',
  description: 'It acts for you, with some of your rights and never with more.',
  request: { body: jsonBody(newTokenSchema) },
  responses: { 201: answer(madeTokenSchema, 'The token, with its secret this once.') },
})

const revokeTokenRoute = createRoute({
  method: 'delete',
  path: '/tokens/{id}',
  ...needs('tokens:write'),
  tags: ['Tokens'],
  summary: 'Revoke an API token',
  description: 'It stops working within a second; revoking twice is no error.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: 'Revoked.' }, ...refusals('not-found') },
})

const auditRoute = createRoute({
  method: 'get',
  path: '/audit-events',
  ...needs('audit:read'),
  tags: ['Audit log'],
  summary: 'Who did what',
  description:
    'Newest first unless `sort` says so. The log is written in the transaction of what it tells about and can be neither changed nor removed.',
  request: { query: pageQuery.extend(auditFilterSchema.shape) },
  responses: { 200: answer(pageOf(auditEventSchema), 'A page of the log.') },
})

/** Members, tokens and the audit log of a workspace. */
export function peopleApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(membersRoute, async (c) => c.json(await listMembers(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(tokensRoute, async (c) => c.json(await listTokens(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(createTokenRoute, async (c) => {
    c.header('cache-control', 'no-store')
    return c.json(await createToken(c.get('ctx'), c.req.valid('json')), 201)
  })
  api.openapi(revokeTokenRoute, async (c) => {
    await revokeToken(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  api.openapi(auditRoute, async (c) => c.json(await listAuditEvents(c.get('ctx'), c.req.valid('query')), 200))
  return api
}
