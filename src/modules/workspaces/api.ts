import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../platform/http/env.ts'
import { auditApi } from './api/audit.ts'
import { invitationsApi } from './api/invitations.ts'
import { membersApi } from './api/members.ts'
import { linksApi } from './api/links.ts'
import { passkeysApi } from './api/passkeys.ts'
import { peopleApi } from './api/people.ts'
import { securityApi } from './api/security.ts'
import { setUpApi } from './api/set-up.ts'
import { signInApi } from './api/sign-in.ts'
import type { WorkspaceParts } from './operations/open-workspace.ts'

/** Set-up, sign-in, workspaces, members, tokens and the audit log; to be mounted at /api/v1. */
export function createWorkspacesApi(parts: WorkspaceParts): OpenAPIHono<Env> {
  const api = createRouter()
  api.route('/', setUpApi(parts))
  api.route('/', signInApi())
  api.route('/', linksApi())
  api.route('/', passkeysApi())
  api.route('/', securityApi())
  api.route('/', peopleApi())
  api.route('/', membersApi())
  api.route('/', auditApi())
  api.route('/', invitationsApi())
  return api
}
