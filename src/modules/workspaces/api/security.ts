import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env, type HttpContext } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forPerson } from '../../../platform/http/rights.ts'
import { callAuth } from '../auth.ts'
import { SignInFailed } from '../errors.ts'
import { forgetActors } from '../operations/actor-cache.ts'
import { endReplacedSession, isPasswordOf } from '../operations/check-password.ts'
import { getSecurity } from '../operations/get-security.ts'
import { countTry } from '../operations/limit-tries.ts'
import { endOtherSessions, endSession, listSessions } from '../operations/list-sessions.ts'
import { personIn, requireFresh } from '../operations/require-fresh.ts'
import {
  finishSecondFactor,
  hasSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
  stopSecondFactor,
} from '../operations/second-factor.ts'
import { claimAppCode } from '../operations/use-code-once.ts'
import { usePasskey } from '../operations/use-passkey.ts'
import { readCode } from '../rules/otpauth.ts'
import { CodeWrong } from '../sign-in-errors.ts'
import {
  codeSchema,
  enrolmentSchema,
  freshProofSchema,
  recoveryCodesSchema,
  securitySchema,
  sessionListSchema,
  type FreshProof,
} from '../sign-in-schema.ts'
import { openBrowser, passCookies, refuseForeign } from './browser.ts'

const tags = ['Account security']
const fresh = refusals('fresh-authentication-required')

const securityRoute = createRoute({
  method: 'get',
  path: '/auth/security',
  ...forPerson,
  tags,
  summary: 'How your account is secured',
  responses: { 200: answer(securitySchema, 'Address, second factor, passkeys.') },
})

const freshRoute = createRoute({
  method: 'post',
  path: '/auth/fresh',
  ...forPerson,
  tags,
  summary: 'Prove again who you are',
  description:
    'For ten minutes the session may then do what answers `fresh-authentication-required`. The session goes on under a new cookie.',
  request: { body: jsonBody(freshProofSchema) },
  responses: {
    204: { description: 'Proven.' },
    ...refusals('sign-in-failed', 'code-wrong', 'passkey-refused'),
  },
})

const sessionsRoute = createRoute({
  method: 'get',
  path: '/auth/sessions',
  ...forPerson,
  tags,
  summary: 'Where you are signed in',
  description: 'The last used first. Nothing is asked of anybody else about an address.',
  responses: { 200: answer(sessionListSchema, 'The browsers.') },
})

const endSessionRoute = createRoute({
  method: 'delete',
  path: '/auth/sessions/{id}',
  ...forPerson,
  tags,
  summary: 'Sign one browser out',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: 'Signed out.' }, ...refusals('not-found') },
})

const endOthersRoute = createRoute({
  method: 'delete',
  path: '/auth/sessions',
  ...forPerson,
  tags,
  summary: 'Sign all other browsers out',
  responses: { 204: { description: 'Signed out.' } },
})

const startRoute = createRoute({
  method: 'post',
  path: '/auth/second-factor',
  ...forPerson,
  tags,
  summary: 'Begin with a second factor',
  description:
    'Gives the secret for an authenticator app. Signing in asks for its codes once one was confirmed.',
  responses: {
    200: answer(enrolmentSchema, 'The secret.'),
    ...fresh,
    ...refusals('second-factor-is-on'),
  },
})

const confirmRoute = createRoute({
  method: 'post',
  path: '/auth/second-factor/confirm',
  ...forPerson,
  tags,
  summary: 'Switch the second factor on',
  description: 'Wants a code of the app, and gives the recovery codes. All other browsers are signed out.',
  request: { body: jsonBody(codeSchema) },
  responses: {
    200: answer(recoveryCodesSchema, 'The recovery codes.'),
    ...refusals('fresh-authentication-required'),
    ...refusals('code-wrong'),
  },
})

const codesRoute = createRoute({
  method: 'post',
  path: '/auth/second-factor/recovery-codes',
  ...forPerson,
  tags,
  summary: 'Make new recovery codes',
  description: 'The old ones no longer work.',
  responses: {
    200: answer(recoveryCodesSchema, 'The codes.'),
    ...fresh,
    ...refusals('second-factor-is-off'),
  },
})

const stopRoute = createRoute({
  method: 'delete',
  path: '/auth/second-factor',
  ...forPerson,
  tags,
  summary: 'Switch the second factor off',
  description: 'All other browsers are signed out.',
  responses: { 204: { description: 'Off.' }, ...fresh, ...refusals('second-factor-is-off') },
})

/** Sessions, fresh authentication, the second factor. */
export function securityApi(): OpenAPIHono<Env> {
  const api = createRouter()

  api.openapi(securityRoute, async (c) => c.json(await getSecurity(c.get('ctx')), 200))
  api.openapi(sessionsRoute, async (c) => c.json({ items: await listSessions(c.get('ctx')) }, 200))
  api.openapi(endSessionRoute, async (c) => {
    await endSession(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  api.openapi(endOthersRoute, async (c) => {
    await endOtherSessions(c.get('ctx'))
    return c.body(null, 204)
  })
  api.openapi(freshRoute, async (c) => {
    await proveAgain(c, c.req.valid('json'))
    return c.body(null, 204)
  })
  api.openapi(startRoute, async (c) => c.json(await startSecondFactor(c.get('ctx')), 200))
  api.openapi(confirmRoute, async (c) => {
    const ctx = c.get('ctx')
    requireFresh(ctx)
    const others = (await listSessions(ctx)).filter(({ current }) => !current).map(({ id }) => id)
    passCookies(await checkAppCode(c, c.req.valid('json').code), c)
    return c.json({ codes: await finishSecondFactor(ctx, others) }, 200)
  })
  api.openapi(codesRoute, async (c) => c.json({ codes: await renewRecoveryCodes(c.get('ctx')) }, 200))
  api.openapi(stopRoute, async (c) => {
    await stopSecondFactor(c.get('ctx'))
    return c.body(null, 204)
  })
  return api
}

/** Looks at one proof, and lets the session go on as one that was opened now. */
async function proveAgain(c: HttpContext, proof: FreshProof): Promise<void> {
  const ctx = c.get('ctx')
  const userId = personIn(ctx)
  if (proof.passkey !== undefined) {
    await usePasskey(ctx, { response: proof.passkey }, 'fresh')
  } else if (proof.code !== undefined) {
    if (!(await hasSecondFactor(ctx, userId))) throw new CodeWrong()
    await checkAppCode(c, proof.code)
  } else {
    const good = await countTry(ctx, `again ${userId}`)
    if (!(await isPasswordOf(ctx, userId, proof.password ?? ''))) throw new SignInFailed()
    await good()
  }
  await openBrowser(c, userId, 'given')
  await endReplacedSession(ctx)
  forgetActors()
}

/** Better-auth's answer to a code of the signed-in person's app. @throws CodeWrong, TooManyTries */
async function checkAppCode(c: HttpContext, typed: string): Promise<Response> {
  const ctx = c.get('ctx')
  const userId = personIn(ctx)
  const good = await countTry(ctx, `second step ${userId}`)
  const { kind, code } = readCode(typed)
  if (kind !== 'app' || !(await claimAppCode(ctx, userId, code))) throw new CodeWrong()
  const done = await callAuth(ctx, {
    headers: c.req.raw.headers,
    path: '/two-factor/verify-totp',
    body: { code },
  })
  refuseForeign(done)
  if (!done.ok) throw new CodeWrong()
  await good()
  return done
}
