import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { forPerson, needs } from '../../../platform/http/rights.ts'
import { changeRoleSchema, newOwnershipOfferSchema, ownershipOfferSchema } from '../invitations/schema.ts'
import { changeRole } from '../operations/change-role.ts'
import {
  acceptOwnership,
  endOwnershipOffer,
  listOwnershipOffers,
  offerOwnership,
} from '../operations/offer-ownership.ts'
import { leaveWorkspace, removeMember } from '../operations/remove-member.ts'
import { memberSchema } from '../schema.ts'

const params = z.object({ userId: z.uuid() })
const offers = z.object({ items: z.array(ownershipOfferSchema) })

const changeRoute = createRoute({
  method: 'patch',
  path: '/members/{userId}',
  ...needs('members:write'),
  tags: ['Workspaces'],
  summary: 'Give a member another role',
  description:
    'You need every right of the role before and of the one after. It holds at once for the member’s sessions and tokens, within a second in other processes. Ownership is not given this way but offered.',
  request: { params, body: jsonBody(changeRoleSchema) },
  responses: {
    200: answer(memberSchema, 'The member with the new role.'),
    ...refusals('role-too-wide', 'last-owner', 'not-found'),
  },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/members/{userId}',
  ...needs('members:write'),
  tags: ['Workspaces'],
  summary: 'Remove a member',
  description:
    'Their sessions and tokens may do nothing in this workspace any more, within a second in every process; the tokens are revoked. They are told by mail.',
  request: { params },
  responses: {
    204: { description: 'Removed.' },
    ...refusals('role-too-wide', 'last-owner', 'not-found'),
  },
})

const leaveRoute = createRoute({
  method: 'post',
  path: '/members/leave',
  ...forPerson,
  tags: ['Workspaces'],
  summary: 'Leave the workspace',
  description: 'Ends your own membership and your tokens here. The last owner cannot leave.',
  responses: { 204: { description: 'You are no member any more.' }, ...refusals('last-owner') },
})

const offersRoute = createRoute({
  method: 'get',
  path: '/ownership-offers',
  ...forPerson,
  tags: ['Workspaces'],
  summary: 'Offers of ownership that you made or were made',
  responses: { 200: answer(offers, 'The offers that stand.') },
})

const offerRoute = createRoute({
  method: 'post',
  path: '/ownership-offers',
  ...forPerson,
  tags: ['Workspaces'],
  summary: 'Offer a member the ownership',
  description:
    'For owners in person. The other is asked by mail, and nothing changes until they accept. One offer per owner: another takes the place of the first.',
  request: { body: jsonBody(newOwnershipOfferSchema) },
  responses: {
    200: answer(offers, 'Your offers that stand.'),
    ...refusals('owners-only', 'already-owner', 'not-found'),
  },
})

const acceptRoute = createRoute({
  method: 'post',
  path: '/ownership-offers/{userId}/accept',
  ...forPerson,
  tags: ['Workspaces'],
  summary: 'Accept the ownership that an owner offers you',
  description: 'You become an owner; the other remains one or becomes an admin, as the offer says.',
  request: { params },
  responses: { 204: { description: 'You are an owner.' }, ...refusals('not-found') },
})

const endRoute = createRoute({
  method: 'delete',
  path: '/ownership-offers/{userId}',
  ...forPerson,
  tags: ['Workspaces'],
  summary: 'Withdraw your offer, or decline one that an owner made you',
  description: '`userId` is the owner who offered. Doing it twice is no error.',
  request: { params },
  responses: { 204: { description: 'The offer is gone.' } },
})

/** Roles, removal, leaving, and the transfer of ownership. */
export function membersApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(changeRoute, async (c) =>
    c.json(await changeRole(c.get('ctx'), c.req.valid('param').userId, c.req.valid('json')), 200),
  )
  api.openapi(removeRoute, async (c) => {
    await removeMember(c.get('ctx'), c.req.valid('param').userId)
    return c.body(null, 204)
  })
  api.openapi(leaveRoute, async (c) => {
    await leaveWorkspace(c.get('ctx'))
    return c.body(null, 204)
  })
  api.openapi(offersRoute, async (c) => c.json({ items: await listOwnershipOffers(c.get('ctx')) }, 200))
  api.openapi(offerRoute, async (c) =>
    c.json({ items: await offerOwnership(c.get('ctx'), c.req.valid('json')) }, 200),
  )
  api.openapi(acceptRoute, async (c) => {
    await acceptOwnership(c.get('ctx'), c.req.valid('param').userId)
    return c.body(null, 204)
  })
  api.openapi(endRoute, async (c) => {
    await endOwnershipOffer(c.get('ctx'), c.req.valid('param').userId)
    return c.body(null, 204)
  })
  return api
}
