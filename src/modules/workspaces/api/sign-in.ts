import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env, type HttpContext } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, forKeyHolder, forPerson, forSignedIn } from '../../../platform/http/rights.ts'
import { Invalid } from '../../../platform/errors.ts'
import { secondStepCookie } from '../../../platform/http/session.ts'
import { callAuth } from '../auth.ts'
import { SignInFailed, TooManyTries } from '../errors.ts'
import { forgetActors } from '../operations/actor-cache.ts'
import { getSession } from '../operations/get-session.ts'
import { signInWays } from '../operations/get-security.ts'
import { countTry } from '../operations/limit-tries.ts'
import { notePasswordChange } from '../operations/reset-password.ts'
import { noteRecoveryCode } from '../operations/second-factor.ts'
import { claimAppCode, findChallenged } from '../operations/use-code-once.ts'
import { readCode } from '../rules/otpauth.ts'
import { faultOfPassword } from '../rules/password.ts'
import { changePasswordSchema, sessionSchema, signInSchema, signedInSchema } from '../schema.ts'
import { CodeWrong, SecondStepExpired } from '../sign-in-errors.ts'
import { codeSchema, waysSchema } from '../sign-in-schema.ts'
import { extendCookie, letIn, passCookies, readChallenge, refuseForeign, signInBrowser } from './browser.ts'

const tags = ['Sign-in']

const waysRoute = createRoute({
  method: 'get',
  path: '/auth/ways',
  ...forAnybody,
  tags,
  summary: 'Which ways to sign in there are',
  responses: { 200: answer(waysSchema, 'Beside the password, which always works.') },
})

const signInRoute = createRoute({
  method: 'post',
  path: '/auth/sign-in',
  ...forAnybody,
  tags,
  summary: 'Sign in with e-mail address and password',
  description:
    'Sets the session’s cookie, or, where the person has a second factor, the cookie of the second step. The answer and the time that it takes are the same for an unknown address and for a wrong password.',
  request: { body: jsonBody(signInSchema) },
  responses: {
    200: answer(
      signedInSchema,
      'Signed in; ask `GET /auth/session` for the workspaces. Or a code is wanted.',
    ),
    ...refusals('sign-in-failed', 'foreign-origin'),
  },
})

const secondStepRoute = createRoute({
  method: 'post',
  path: '/auth/second-step',
  ...forKeyHolder,
  tags,
  summary: 'Give the code that signing in wants',
  description:
    'A code of the authenticator app, which works once, or a recovery code. The challenge is in the cookie that the first step set; it ends after ten minutes or five wrong codes.',
  request: { body: jsonBody(codeSchema) },
  responses: {
    200: answer(signedInSchema, 'Signed in.'),
    ...refusals('code-wrong', 'second-step-expired', 'foreign-origin'),
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

  api.openapi(waysRoute, (c) => c.json(signInWays(c.get('ctx')), 200))

  api.openapi(signInRoute, async (c) => c.json(await signInBrowser(c, c.req.valid('json')), 200))

  api.openapi(secondStepRoute, async (c) => {
    const done = await takeSecondStep(c, c.req.valid('json').code)
    return c.json(await letIn(c, done), 200)
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
    await notePasswordChange(ctx, { userId: person.id, email: person.email })
    passCookies(done, c)
    forgetActors()
    return c.body(null, 204)
  })

  return api
}

/** For how long better-auth takes no code of a person after too many wrong ones. */
const LOCKED_SECONDS = 15 * 60

/** Better-auth's answer to the second step. @throws CodeWrong, SecondStepExpired, TooManyTries */
async function takeSecondStep(c: HttpContext, typed: string): Promise<Response> {
  const ctx = c.get('ctx')
  const challenge = readChallenge(c)
  const userId = challenge === undefined ? undefined : await findChallenged(ctx, challenge)
  if (userId === undefined) throw new SecondStepExpired()
  const good = await countTry(ctx, `second step ${userId}`)
  const { kind, code } = readCode(typed)
  if (kind === 'app' && !(await claimAppCode(ctx, userId, code))) throw new CodeWrong()
  const done = await callAuth(ctx, {
    headers: withoutSession(c),
    path: kind === 'app' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code',
    body: { code },
  })
  refuseForeign(done)
  if (done.status === 429) throw new TooManyTries(LOCKED_SECONDS)
  // 401 is a wrong code, 400 a challenge that has seen too many of them.
  if (!done.ok) throw done.status === 401 ? new CodeWrong() : new SecondStepExpired()
  await good()
  if (kind === 'recovery') await noteRecoveryCode(ctx, userId)
  return done
}

/** Better-auth would take a code as one of whoever is signed in; here it is of whoever gave the password. */
function withoutSession(c: HttpContext): Headers {
  const { name } = secondStepCookie(c.get('ctx').config)
  const headers = new Headers(c.req.raw.headers)
  const cookies = (headers.get('cookie') ?? '').split(/;\s*/)
  headers.set('cookie', cookies.filter((cookie) => cookie.startsWith(`${name}=`)).join('; '))
  return headers
}
