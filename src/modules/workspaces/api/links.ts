import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, forKeyHolder, forPerson } from '../../../platform/http/rights.ts'
import { askForLink, askToMove, askToVerify } from '../operations/ask-for-link.ts'
import { confirmEmail, takeSignInLink } from '../operations/confirm-email.ts'
import { countTry } from '../operations/limit-tries.ts'
import { resetPassword } from '../operations/reset-password.ts'
import { signedInSchema } from '../schema.ts'
import { addressSchema, keySchema, resetPasswordSchema } from '../sign-in-schema.ts'
import { openBrowser } from './browser.ts'

const tags = ['Sign-in']
const asked = { 202: { description: 'Taken up. Whether a mail goes out is not said.' } }
const same = 'The answer and the time that it takes are the same for every address, known or not.'

const askResetRoute = createRoute({
  method: 'post',
  path: '/auth/password-reset',
  ...forAnybody,
  tags,
  summary: 'Ask for a link to choose another password',
  description: `The link is mailed and works once, for half an hour. ${same}`,
  request: { body: jsonBody(addressSchema) },
  responses: asked,
})

const resetRoute = createRoute({
  method: 'post',
  path: '/auth/password-reset/use',
  ...forKeyHolder,
  tags,
  summary: 'Choose another password by a mailed link',
  description: 'All sessions of the person end, and all other links that were mailed to them.',
  request: { body: jsonBody(resetPasswordSchema) },
  responses: { 204: { description: 'Set; sign in with it.' }, ...refusals('mailed-link-invalid') },
})

const askLinkRoute = createRoute({
  method: 'post',
  path: '/auth/sign-in-link',
  ...forAnybody,
  tags,
  summary: 'Ask for a link to sign in',
  description: `The link is mailed and works once, for a quarter of an hour. ${same}`,
  request: { body: jsonBody(addressSchema) },
  responses: asked,
})

const useLinkRoute = createRoute({
  method: 'post',
  path: '/auth/sign-in-link/use',
  ...forKeyHolder,
  tags,
  summary: 'Sign in by a mailed link',
  description: 'Where the person has a second factor, its code is wanted next.',
  request: { body: jsonBody(keySchema) },
  responses: {
    200: answer(signedInSchema, 'Signed in, or a code is wanted.'),
    ...refusals('mailed-link-invalid'),
  },
})

const verifyRoute = createRoute({
  method: 'post',
  path: '/auth/email/verify',
  ...forPerson,
  tags,
  summary: 'Ask for a link that proves your address',
  description: 'Nothing is mailed where the address is proven.',
  responses: asked,
})

const moveRoute = createRoute({
  method: 'post',
  path: '/auth/email',
  ...forPerson,
  tags,
  summary: 'Move your account to another address',
  description:
    'A link goes to the new address and a notice to the present one; the account moves when the link is used. The answer is the same where the address is somebody’s already. Wants fresh authentication.',
  request: { body: jsonBody(addressSchema) },
  responses: { ...asked, ...refusals('fresh-authentication-required') },
})

const confirmRoute = createRoute({
  method: 'post',
  path: '/auth/email/confirm',
  ...forKeyHolder,
  tags,
  summary: 'Prove an address by a mailed link',
  request: { body: jsonBody(keySchema) },
  responses: {
    200: answer(z.object({ email: z.string() }), 'The address that is proven, and of the account.'),
    ...refusals('mailed-link-invalid'),
  },
})

/** What is done by links in mails. */
export function linksApi(): OpenAPIHono<Env> {
  const api = createRouter()

  api.openapi(askResetRoute, async (c) => {
    await askForLink(c.get('ctx'), { ...c.req.valid('json'), purpose: 'reset-password' })
    return c.body(null, 202)
  })
  api.openapi(resetRoute, async (c) => {
    const good = await countTry(c.get('ctx'), 'a mailed link')
    await resetPassword(c.get('ctx'), c.req.valid('json'))
    await good()
    return c.body(null, 204)
  })
  api.openapi(askLinkRoute, async (c) => {
    await askForLink(c.get('ctx'), { ...c.req.valid('json'), purpose: 'sign-in-link' })
    return c.body(null, 202)
  })
  api.openapi(useLinkRoute, async (c) => {
    const userId = await takeSignInLink(c.get('ctx'), c.req.valid('json').token)
    return c.json(await openBrowser(c, userId, 'wanted'), 200)
  })
  api.openapi(verifyRoute, async (c) => {
    await askToVerify(c.get('ctx'))
    return c.body(null, 202)
  })
  api.openapi(moveRoute, async (c) => {
    await askToMove(c.get('ctx'), c.req.valid('json').email)
    return c.body(null, 202)
  })
  api.openapi(confirmRoute, async (c) => {
    return c.json(await confirmEmail(c.get('ctx'), c.req.valid('json').token), 200)
  })
  return api
}
