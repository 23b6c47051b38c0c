import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { limitByAddress } from '../../../platform/http/guard.ts'
import { idempotencyHeader } from '../../../platform/http/idempotency.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { forKeyHolder, forPerson, needs } from '../../../platform/http/rights.ts'
import {
  invitationKeySchema,
  invitationSchema,
  joinedSchema,
  joinSchema,
  newInvitationSchema,
  openInvitationSchema,
  sentInvitationSchema,
} from '../invitations/schema.ts'
import { acceptInvitation, joinByInvitation, openInvitation } from '../operations/accept-invitation.ts'
import { inviteMember, resendInvitation, revokeInvitation } from '../operations/invite-member.ts'
import { listInvitations } from '../operations/list-invitations.ts'
import { signInBrowser } from './browser.ts'

const tags = ['Invitations']
const params = z.object({ id: z.uuid() })

const listRoute = createRoute({
  method: 'get',
  path: '/invitations',
  ...needs('members:read'),
  tags,
  summary: 'Invitations that nobody has accepted yet',
  description: 'Newest first; those whose time is up too, since they can be sent again.',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(invitationSchema), 'A page of invitations.') },
})

const inviteRoute = createRoute({
  method: 'post',
  path: '/invitations',
  ...needs('members:write'),
  tags,
  summary: 'Invite somebody to the workspace',
  description:
    'Mails a link that works once, for seven days. You need every right of the role that you give. Where the server cannot send mail, the answer holds the link.',
  request: { headers: idempotencyHeader, body: jsonBody(newInvitationSchema) },
  responses: {
    201: answer(sentInvitationSchema, 'The invitation.'),
    ...refusals(
      'role-too-wide',
      'already-member',
      'already-invited',
      'too-many-invitations',
      'idempotency-key-reuse',
    ),
  },
})

const resendRoute = createRoute({
  method: 'post',
  path: '/invitations/{id}/resend',
  ...needs('members:write'),
  tags,
  summary: 'Send an invitation again',
  description:
    'With another link and another seven days; the link before is void. At most once a minute and five times in all, so that doing it twice sends once.',
  request: { params, headers: idempotencyHeader.partial() },
  responses: {
    200: answer(sentInvitationSchema, 'The invitation.'),
    ...refusals('not-found', 'role-too-wide', 'rate-limited', 'idempotency-key-reuse'),
  },
})

const revokeRoute = createRoute({
  method: 'delete',
  path: '/invitations/{id}',
  ...needs('members:write'),
  tags,
  summary: 'Take an invitation back',
  description: 'Its link opens no more; doing it twice is no error.',
  request: { params },
  responses: { 204: { description: 'Taken back.' }, ...refusals('not-found') },
})

const openRoute = createRoute({
  method: 'post',
  path: '/invitations/open',
  ...forKeyHolder,
  tags,
  summary: 'What an invitation is for',
  description: 'Changes nothing; the key is in the body so that it stands in no log.',
  request: { body: jsonBody(invitationKeySchema) },
  responses: { 200: answer(openInvitationSchema, 'The invitation.'), ...refusals('invitation-over') },
})

const acceptRoute = createRoute({
  method: 'post',
  path: '/invitations/accept',
  ...forPerson,
  tags,
  summary: 'Accept an invitation with the account that you have',
  description: 'The account must be of the address that was invited.',
  request: { body: jsonBody(invitationKeySchema) },
  responses: {
    200: answer(joinedSchema, 'You are a member.'),
    ...refusals('invitation-over', 'invitation-for-another', 'already-member'),
  },
})

const joinRoute = createRoute({
  method: 'post',
  path: '/invitations/join',
  ...forKeyHolder,
  tags,
  summary: 'Accept an invitation by making an account',
  description: 'Makes an account of the invited address, a member of it, and signs the browser in.',
  request: { body: jsonBody(joinSchema) },
  responses: {
    201: answer(joinedSchema, 'You are a member, and signed in.'),
    ...refusals('invitation-over', 'account-known'),
  },
})

/** Inviting people, and accepting. */
export function invitationsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  const perAddress = limitByAddress({ points: 60, seconds: 600 })
  for (const step of ['open', 'accept', 'join']) api.use(`/invitations/${step}`, perAddress)

  api.openapi(listRoute, async (c) => c.json(await listInvitations(c.get('ctx'), c.req.valid('query')), 200))
  api.openapi(inviteRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key']
    return c.json(await inviteMember(c.get('ctx'), c.req.valid('json'), key), 201)
  })
  api.openapi(resendRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key']
    return c.json(await resendInvitation(c.get('ctx'), c.req.valid('param').id, key), 200)
  })
  api.openapi(revokeRoute, async (c) => {
    await revokeInvitation(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  api.openapi(openRoute, async (c) => c.json(await openInvitation(c.get('ctx'), c.req.valid('json')), 200))
  api.openapi(acceptRoute, async (c) =>
    c.json(await acceptInvitation(c.get('ctx'), c.req.valid('json')), 200),
  )
  api.openapi(joinRoute, async (c) => {
    const input = c.req.valid('json')
    const { email, ...joined } = await joinByInvitation(c.get('ctx'), input)
    await signInBrowser(c, { email, password: input.password })
    return c.json(joined, 201)
  })
  return api
}
