import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { HttpContext } from '../../../platform/http/env.ts'
import { isSecure } from '../../../storefront/cart-cookie.ts'
import type { Visit } from '../../catalog/index.ts'
import { BUYER_SESSION_DAYS, readBuyerSession } from '../operations/buyer-session.ts'

/** The address whose purchases in this store the visitor has proven to be theirs, or undefined. */
export function readBuyer(c: HttpContext, { ctx }: Visit): string | undefined {
  return readBuyerSession(ctx, getCookie(c, nameOf(c, ctx.workspaceId)))
}

/** Has the browser keep the proof, in this store alone. */
export function keepBuyer(c: HttpContext, { ctx }: Visit, session: string): void {
  setCookie(c, nameOf(c, ctx.workspaceId), session, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c),
    maxAge: BUYER_SESSION_DAYS * 86_400,
  })
}

/** Has the browser forget it. */
export function forgetBuyer(c: HttpContext, { ctx }: Visit): void {
  deleteCookie(c, nameOf(c, ctx.workspaceId), { path: '/', secure: isSecure(c) })
}

/**
 * One cookie per store, so that stores on one server do not sign each other's buyers out. With https its prefix ties it
 * to this very host: no neighbouring name can set it.
 */
function nameOf(c: HttpContext, workspaceId: string): string {
  return `${isSecure(c) ? '__Host-' : ''}buyer-${workspaceId.slice(-12)}`
}
