import { getCookie, setCookie } from 'hono/cookie'
import { z } from '@hono/zod-openapi'
import type { HttpContext } from '../../../platform/http/env.ts'
import { DomainError } from '../../../platform/errors.ts'
import {
  readSessionToken,
  secondStepCookie,
  sessionCookie,
  sessionSecret,
} from '../../../platform/http/session.ts'
import { callAuth, openProvenSession } from '../auth.ts'
import { SignInFailed } from '../errors.ts'
import { extendSession } from '../operations/extend-session.ts'
import { countTry } from '../operations/limit-tries.ts'
import { SESSION_SECONDS } from '../rules/session.ts'
import type { SignedIn, SignIn } from '../schema.ts'

/**
 * Signs a browser in by password: its answer gets the session's cookie, or that of the second step.
 * @throws SignInFailed, TooManyTries
 */
export async function signInBrowser(c: HttpContext, { email, password }: SignIn): Promise<SignedIn> {
  const ctx = c.get('ctx')
  const good = await countTry(ctx, email)
  const done = await callAuth(ctx, {
    headers: c.req.raw.headers,
    path: '/sign-in/email',
    body: { email, password },
  })
  refuseForeign(done)
  if (!done.ok) throw new SignInFailed()
  await good()
  return letIn(c, done)
}

/**
 * Signs a browser in whose person was recognised by a mailed link (`wanted`: a second factor is asked for all the same) or
 * by a passkey (`given`).
 */
export async function openBrowser(
  c: HttpContext,
  userId: string,
  secondFactor: 'wanted' | 'given',
): Promise<SignedIn> {
  const headers = c.req.raw.headers
  return letIn(c, await openProvenSession(c.get('ctx'), { headers, userId, secondFactor }))
}

const answerSchema = z.union([
  z.object({ twoFactorRedirect: z.literal(true) }),
  z.object({ user: z.object({ id: z.string() }) }),
])

/** Passes on what better-auth answered to somebody who is in, or owes the second step. */
export async function letIn(c: HttpContext, done: Response): Promise<SignedIn> {
  const answered = answerSchema.parse(await done.json())
  passCookies(done, c)
  c.header('cache-control', 'no-store')
  return 'user' in answered
    ? { userId: answered.user.id, secondStep: false }
    : { userId: null, secondStep: true }
}

/** A visit puts off the end of the session, in the browser too. */
export async function extendCookie(c: HttpContext): Promise<void> {
  const ctx = c.get('ctx')
  if (ctx.actor.kind === 'token') return
  const { name, attributes } = sessionCookie(ctx.config)
  const token = readSessionToken(c.req.header('cookie'), name, sessionSecret(ctx.secrets))
  if (token === undefined || !(await extendSession(ctx, token))) return
  setCookie(c, name, getCookie(c, name) ?? '', { ...attributes, maxAge: SESSION_SECONDS })
}

/** The challenge of somebody who owes the second step, if its signature is ours. */
export function readChallenge(c: HttpContext): string | undefined {
  const { config, secrets } = c.get('ctx')
  return readSessionToken(c.req.header('cookie'), secondStepCookie(config).name, sessionSecret(secrets))
}

/** Better-auth checks the origin as well; what it refuses so is not the person's mistake. */
export function refuseForeign(done: Response): void {
  if (done.status === 403) throw new DomainError('foreign-origin', 403)
  if (done.status >= 500) throw new Error(`sign-in answered ${done.status}`)
}

/** Gives the browser the cookies that this program has, and no other that a library would like it to have. */
export function passCookies(done: Response, c: HttpContext): void {
  const { config } = c.get('ctx')
  const ours = [sessionCookie(config).name, secondStepCookie(config).name]
  for (const cookie of done.headers.getSetCookie()) {
    if (ours.includes(cookie.split('=', 1)[0] ?? '')) c.header('set-cookie', cookie, { append: true })
  }
}
