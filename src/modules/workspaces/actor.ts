import type { MiddlewareHandler } from 'hono'
import type { Ctx } from '../../platform/ctx.ts'
import type { Env } from '../../platform/http/env.ts'
import { readSessionToken, sessionCookie, sessionSecret } from '../../platform/http/session.ts'
import type { Services } from '../../platform/ctx.ts'
import { TokenInvalid } from './errors.ts'
import { findSession } from './operations/find-session.ts'
import { findToken } from './operations/find-token.ts'

/** The header with which a person of several workspaces says where they act. */
const WORKSPACE_HEADER = 'rafid-workspace'

/**
 * Finds out who asks, by bearer token or session cookie, and gives the context its actor and workspace. A request that
 * brings neither stays anonymous and costs nothing.
 * @throws TokenInvalid for a bearer token that is not good: a program must learn of it, also where no token is needed.
 */
export function resolveActor(services: Services): MiddlewareHandler<Env> {
  const cookie = sessionCookie(services.config)
  const secret = sessionSecret(services.secrets)
  return async (c, next) => {
    const authorization = c.req.header('authorization')
    const ctx = c.get('ctx')
    if (authorization !== undefined) {
      c.set('ctx', await asBearer(ctx, authorization))
    } else {
      const token = readSessionToken(c.req.header('cookie'), cookie.name, secret)
      if (token !== undefined) c.set('ctx', await asPerson(ctx, token, c.req.header(WORKSPACE_HEADER)))
    }
    await next()
  }
}

async function asBearer(ctx: Ctx, authorization: string): Promise<Ctx> {
  const [scheme, token, ...more] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || more.length > 0) throw new TokenInvalid()
  const bearer = await findToken(ctx, token)
  if (bearer === undefined) throw new TokenInvalid()
  const { workspaceId, tokenId, userId, rights } = bearer
  return { ...ctx, workspaceId, actor: { kind: 'token', tokenId, userId, rights } }
}

async function asPerson(ctx: Ctx, token: string, wanted: string | undefined): Promise<Ctx> {
  const session = await findSession(ctx, token)
  if (session === undefined) return ctx
  const { userId, memberships, sessionId, openedAt } = session
  const here = { ...ctx, session: { id: sessionId, openedAt } }
  const only = memberships.length === 1 ? memberships[0] : undefined
  const chosen = wanted === undefined ? only : memberships.find(({ workspaceId }) => workspaceId === wanted)
  if (chosen === undefined) return { ...here, actor: { kind: 'person', userId } }
  return { ...here, workspaceId: chosen.workspaceId, actor: { kind: 'member', userId, role: chosen.role } }
}
