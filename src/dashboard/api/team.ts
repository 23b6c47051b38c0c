import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  ChangeRole,
  Invitation,
  Join,
  Joined,
  NewInvitation,
  NewOwnershipOffer,
  OpenInvitation,
  OwnershipOffer,
  SentInvitation,
} from '../../modules/workspaces/invitations/schema.ts'
import type { Member, NewWorkspace, OpenedWorkspace } from '../../modules/workspaces/schema.ts'
import { request, type Page } from './client.ts'

export type { Invitation, OpenInvitation, OwnershipOffer, SentInvitation }

/** A role that is given by others; ownership is offered. */
export type GivenRole = ChangeRole['role']

/** The members of the workspace, page by page. */
export const memberPages = infiniteQueryOptions({
  queryKey: ['members', 'pages'],
  queryFn: ({ pageParam }) =>
    request<Page<Member>>('GET', '/members', { query: { limit: 50, after: pageParam } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

/** Invitations that nobody has accepted yet. */
export const invitationPages = infiniteQueryOptions({
  queryKey: ['invitations'],
  queryFn: ({ pageParam }) =>
    request<Page<Invitation>>('GET', '/invitations', { query: { limit: 50, after: pageParam } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

/** Offers of ownership that the person made or was made. */
export const ownershipOffersQuery = queryOptions({
  queryKey: ['ownership-offers'],
  queryFn: () => request<{ items: OwnershipOffer[] }>('GET', '/ownership-offers'),
})

/** Invites somebody; the same key is the same invitation. */
export function invite(input: NewInvitation, idempotencyKey: string): Promise<SentInvitation> {
  return request('POST', '/invitations', { body: input, idempotencyKey })
}

/** Sends an invitation again, with another link. */
export function resendInvitation(id: string): Promise<SentInvitation> {
  return request('POST', `/invitations/${id}/resend`)
}

/** Takes an invitation back. */
export function revokeInvitation(id: string): Promise<void> {
  return request('DELETE', `/invitations/${id}`)
}

/** What an invitation is for. */
export function openInvitation(key: string): Promise<OpenInvitation> {
  return request('POST', '/invitations/open', { body: { key } })
}

/** Joins with the account that is signed in. */
export function acceptInvitation(key: string): Promise<Joined> {
  return request('POST', '/invitations/accept', { body: { key } })
}

/** Makes an account and joins. */
export function joinByInvitation(input: Join): Promise<Joined> {
  return request('POST', '/invitations/join', { body: input })
}

/** Gives a member another role. */
export function changeRole(userId: string, role: GivenRole): Promise<Member> {
  return request('PATCH', `/members/${userId}`, { body: { role } })
}

/** Takes a member out. */
export function removeMember(userId: string): Promise<void> {
  return request('DELETE', `/members/${userId}`)
}

/** Leaves the present workspace. */
export function leaveWorkspace(): Promise<void> {
  return request('POST', '/members/leave')
}

/** Offers a member the ownership. */
export function offerOwnership(input: NewOwnershipOffer): Promise<{ items: OwnershipOffer[] }> {
  return request('POST', '/ownership-offers', { body: input })
}

/** Accepts what an owner offers. */
export function acceptOwnership(fromUserId: string): Promise<void> {
  return request('POST', `/ownership-offers/${fromUserId}/accept`)
}

/** Withdraws one's own offer, or declines one. */
export function endOwnershipOffer(fromUserId: string): Promise<void> {
  return request('DELETE', `/ownership-offers/${fromUserId}`)
}

/** Opens another workspace. */
export function openWorkspace(input: NewWorkspace): Promise<OpenedWorkspace> {
  return request('POST', '/workspaces', { body: input })
}
