import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forAnybody, forPerson } from '../../../platform/http/rights.ts'
import { addPasskey, offerPasskey, removePasskey, renamePasskey } from '../operations/add-passkey.ts'
import { countTry } from '../operations/limit-tries.ts'
import { askPasskey, usePasskey } from '../operations/use-passkey.ts'
import { signedInSchema } from '../schema.ts'
import {
  askPasskeySchema,
  newPasskeySchema,
  passkeyAnswerSchema,
  passkeyNameSchema,
  passkeyOptionsSchema,
  passkeySchema,
} from '../sign-in-schema.ts'
import { openBrowser } from './browser.ts'

const id = z.object({ id: z.uuid() })

const challengeRoute = createRoute({
  method: 'post',
  path: '/auth/passkeys/challenge',
  ...forAnybody,
  tags: ['Sign-in'],
  summary: 'Get a challenge for a passkey',
  description: 'It ends after five minutes and is good once.',
  request: { body: jsonBody(askPasskeySchema) },
  responses: { 200: answer(passkeyOptionsSchema, 'The options.'), ...refusals('passkeys-unavailable') },
})

const signInRoute = createRoute({
  method: 'post',
  path: '/auth/passkeys/sign-in',
  ...forAnybody,
  tags: ['Sign-in'],
  summary: 'Sign in with a passkey',
  description: 'A passkey asks for a finger, a face or a PIN itself, so no code is wanted after it.',
  request: { body: jsonBody(passkeyAnswerSchema) },
  responses: {
    200: answer(signedInSchema, 'Signed in.'),
    ...refusals('passkey-refused'),
    ...refusals('passkeys-unavailable'),
  },
})

const offerRoute = createRoute({
  method: 'post',
  path: '/auth/passkeys/offer',
  ...forPerson,
  tags: ['Account security'],
  summary: 'Get what a new passkey is made with',
  responses: {
    200: answer(passkeyOptionsSchema, 'The options.'),
    ...refusals('fresh-authentication-required'),
    ...refusals('passkeys-unavailable', 'conflict'),
  },
})

const addRoute = createRoute({
  method: 'post',
  path: '/auth/passkeys',
  ...forPerson,
  tags: ['Account security'],
  summary: 'Add a passkey',
  request: { body: jsonBody(newPasskeySchema) },
  responses: {
    201: answer(passkeySchema, 'The passkey.'),
    ...refusals('passkey-refused'),
    ...refusals('fresh-authentication-required'),
    ...refusals('passkeys-unavailable'),
  },
})

const renameRoute = createRoute({
  method: 'patch',
  path: '/auth/passkeys/{id}',
  ...forPerson,
  tags: ['Account security'],
  summary: 'Rename a passkey',
  request: { params: id, body: jsonBody(passkeyNameSchema) },
  responses: { 204: { description: 'Renamed.' }, ...refusals('not-found') },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/auth/passkeys/{id}',
  ...forPerson,
  tags: ['Account security'],
  summary: 'Remove a passkey',
  request: { params: id },
  responses: {
    204: { description: 'Removed; it opens nothing any more.' },
    ...refusals('fresh-authentication-required'),
    ...refusals('not-found'),
  },
})

/** Passkeys: signing in with them, and keeping them. */
export function passkeysApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(challengeRoute, async (c) => {
    return c.json({ options: await askPasskey(c.get('ctx'), c.req.valid('json').for) }, 200)
  })
  api.openapi(signInRoute, async (c) => {
    const ctx = c.get('ctx')
    const input = c.req.valid('json')
    const good = await countTry(ctx, `passkey ${input.response.id}`)
    const userId = await usePasskey(ctx, input, 'sign-in')
    await good()
    return c.json(await openBrowser(c, userId, 'given'), 200)
  })
  api.openapi(offerRoute, async (c) => c.json({ options: await offerPasskey(c.get('ctx')) }, 200))
  api.openapi(addRoute, async (c) => c.json(await addPasskey(c.get('ctx'), c.req.valid('json')), 201))
  api.openapi(renameRoute, async (c) => {
    await renamePasskey(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').name)
    return c.body(null, 204)
  })
  api.openapi(removeRoute, async (c) => {
    await removePasskey(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  return api
}
