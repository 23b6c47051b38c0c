import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { getCookie, setCookie } from 'hono/cookie'
import { createRouter, type Env, type HttpContext } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, forPerson, forSignedIn } from '../../../platform/http/rights.ts'
import { DomainError, Invalid, NotSignedIn } from '../../../platform/errors.ts'
import { readSessionToken, sessionCookie, sessionSecret } from '../../../platform/http/session.ts'
import { callAuth } from '../auth.ts'
import { SignInFailed } from '../errors.ts'
import { forgetActors } from '../operations/actor-cache.ts'
import { extendSession } from '../operations/extend-session.ts'
import { getSession } from '../operations/get-session.ts'
import { countTry } from '../operations/limit-tries.ts'
import { faultOfPassword } from '../rules/password.ts'
import { SESSION_SECONDS } from '../rules/session.ts'
import { changePasswordSchema, sessionSchema, signInSchema, signedInSchema, type SignIn } from '../schema.ts'

const tags = ['Sign-in']

const signInRoute = createRoute({
  method: 'post',
  path: '/auth/sign-in',
  ...forAnybody,
  tags,
  summary: 'Sign in with e-mail address and password',
  description:
    'Sets the session’s cookie. The answer and the time that it takes are the same for an unknown address and for a wrong password.',
  request: { body: jsonBody(signInSchema) },
  responses: {
    200: answer(signedInSchema, 'Signed in; ask `GET /auth/session` for the workspaces.'),
    ...refusals('sign-in-failed', 'foreign-origin'),
  },
})

const signOutRoute = createRoute({
  method: 'post',
  path: '/auth/sign-out',
  ...forAnybody,
  tags,
  summary: 'Sign out',
  description: 'Ends the session and takes its cookie away; doing it twice is no error.',
  responses: { 204: { description: 'Signed out.' }, ...refusals('foreign-origin') },
})

const sessionRoute = createRoute({
  method: 'get',
  path: '/auth/session',
  ...forSignedIn,
  tags,
  summary: 'Who is signed in',
  description:
    'The person behind the cookie or token, their workspaces, and what they may do in the current one.',
  responses: { 200: answer(sessionSchema, 'The person and their workspaces.') },
})

const passwordRoute = createRoute({
  method: 'post',
  path: '/auth/password',
  ...forPerson,
  tags,
  summary: 'Change the password',
  description:
    'Wants the present password. All other sessions of the person end; this one goes on with a new cookie.',
  request: { body: jsonBody(changePasswordSchema) },
  responses: {
    204: { description: 'Changed.' },
    ...refusals('sign-in-failed', 'foreign-origin'),
  },
})

/** Signing in and out, and who one is. */
export function signInApi(): OpenAPIHono<Env> {
  const api = createRouter()

  api.openapi(signInRoute, async (c) => {
    const { userId } = await signInBrowser(c, c.req.valid('json'))
    return c.json({ userId }, 200)
  })

  api.openapi(signOutRoute, async (c) => {
    const done = await callAuth(c.get('ctx'), {
      headers: c.req.raw.headers,
      path: '/sign-out',
      body: {},
    })
    refuseForeign(done)
    passCookies(done, c)
    forgetActors()
    return c.body(null, 204)
  })

  api.openapi(sessionRoute, async (c) => {
    const session = await getSession(c.get('ctx'))
    await extendCookie(c)
    c.header('cache-control', 'no-store')
    return c.json(session, 200)
  })

  api.openapi(passwordRoute, async (c) => {
    const ctx = c.get('ctx')
    if (ctx.actor.kind !== 'person' && ctx.actor.kind !== 'member') throw new NotSignedIn()
    const { currentPassword, newPassword } = c.req.valid('json')
    const { person } = await getSession(ctx)
    const fault = faultOfPassword(newPassword, [person.name, person.email])
    if (fault !== undefined) throw new Invalid([{ pointer: '/newPassword', detail: fault }])
    const good = await countTry(ctx, person.email)
    const done = await callAuth(ctx, {
      headers: c.req.raw.headers,
      path: '/change-password',
      body: { currentPassword, newPassword, revokeOtherSessions: true },
    })
    refuseForeign(done)
    if (!done.ok) throw new SignInFailed()
    await good()
    passCookies(done, c)
    forgetActors()
    return c.body(null, 204)
  })

  return api
}

/**
 * Signs a browser in: its answer gets the session's cookie.
 * @throws SignInFailed, TooManyTries
 */
export async function signInBrowser(
  c: HttpContext,
  { email, password }: SignIn,
): Promise<{ userId: string }> {
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
  passCookies(done, c)
  c.header('cache-control', 'no-store')
  const { user } = signInAnswer.parse(await done.json())
  return { userId: user.id }
}

/** A visit puts off the end of the session, in the browser too. */
async function extendCookie(c: HttpContext): Promise<void> {
  const ctx = c.get('ctx')
  if (ctx.actor.kind === 'token') return
  const { name, attributes } = sessionCookie(ctx.config)
  const token = readSessionToken(c.req.header('cookie'), name, sessionSecret(ctx.secrets))
  if (token === undefined || !(await extendSession(ctx, token))) return
  setCookie(c, name, getCookie(c, name) ?? '', { ...attributes, maxAge: SESSION_SECONDS })
}

const signInAnswer = z.object({ user: z.object({ id: z.string() }) })

function refuseForeign(done: Response): void {
  if (done.status === 403) throw new DomainError('foreign-origin', 403)
  if (done.status >= 500) throw new Error(`sign-in answered ${done.status}`)
}

function passCookies(done: Response, c: HttpContext): void {
  for (const cookie of done.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}
