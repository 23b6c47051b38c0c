import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../../platform/ctx.ts'
import { assert } from '../../../platform/errors.ts'

/** Days that a buyer stays recognised after they proved their address. */
export const BUYER_SESSION_DAYS = 30

/** A proof that its bearer reads the mail of an address in this store; for a cookie. */
export function issueBuyerSession(ctx: Ctx, email: string): string {
  const expiresAt = Math.floor(ctx.clock.now().getTime() / 1000) + BUYER_SESSION_DAYS * 86_400
  const body = Buffer.from(JSON.stringify([email, expiresAt])).toString('base64url')
  return `${body}.${sign(ctx, body)}`
}

/** The address that a session proves, or undefined if it proves none here and now. */
export function readBuyerSession(ctx: Ctx, session: string | undefined): string | undefined {
  const [body = '', signature = ''] = (session ?? '').split('.')
  const expected = Buffer.from(sign(ctx, body))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const parsed: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  if (!Array.isArray(parsed)) return undefined
  const [email, expiresAt] = parsed as unknown[]
  if (typeof email !== 'string' || typeof expiresAt !== 'number') return undefined
  return expiresAt * 1000 > ctx.clock.now().getTime() ? email : undefined
}

function sign(ctx: Ctx, body: string): string {
  const { workspaceId } = ctx
  assert(workspaceId !== undefined, 'a buyer session belongs to a workspace')
  return createHmac('sha256', ctx.secrets.key('links'))
    .update(`buyer/${workspaceId}/${body}`)
    .digest('base64url')
}
