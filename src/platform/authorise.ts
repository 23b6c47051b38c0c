import type { Actor, Ctx } from './ctx.ts'
import { DomainError, NotAllowed, NotSignedIn } from './errors.ts'

/** What can be done in a workspace; also the scopes of API tokens. */
export const RIGHTS = [
  'store:read',
  'store:write',
  'products:read',
  'products:write',
  'orders:read',
  'orders:write',
  'orders:refund',
  'customers:read',
  'customers:write',
  'messages:read',
  'messages:write',
  'ledger:read',
  'ledger:write',
  'streams:read',
  'streams:write',
  'planner:read',
  'planner:write',
  'members:read',
  'members:write',
  'tokens:write',
  'audit:read',
  'webhooks:read',
  'webhooks:write',
] as const

/** One right; see RIGHTS. */
export type Right = (typeof RIGHTS)[number]

/** The roles of a workspace's members. */
export const ROLES = ['owner', 'admin', 'editor', 'support', 'analyst'] as const

/** One role; see ROLES. */
export type Role = (typeof ROLES)[number]

const READS = RIGHTS.filter((right) => right.endsWith(':read'))

/** Who may do what: the one table, quoted by the documentation and walked by the tests. */
export const RIGHTS_OF_ROLE: Readonly<Record<Role, readonly Right[]>> = {
  owner: RIGHTS,
  admin: RIGHTS.filter((right) => right !== 'ledger:write'),
  editor: ['store:read', 'products:read', 'products:write'],
  support: [
    'store:read',
    'products:read',
    'orders:read',
    'orders:write',
    'customers:read',
    'messages:read',
    'messages:write',
  ],
  analyst: READS.filter(
    (right) =>
      !['members:read', 'audit:read', 'customers:read', 'messages:read', 'webhooks:read'].includes(right),
  ),
}

/** What a caller may do in the workspace; nothing for those who are no member of it. */
export function rightsOf(actor: Actor): readonly Right[] {
  if (actor.kind === 'system') return RIGHTS
  if (actor.kind === 'member') return RIGHTS_OF_ROLE[actor.role]
  return actor.kind === 'token' ? actor.rights : []
}

/** Whether all that a role may do is among `rights`: nobody gives, changes or takes away more than they have. */
export function covers(rights: readonly Right[], role: Role): boolean {
  return RIGHTS_OF_ROLE[role].every((right) => rights.includes(right))
}

/**
 * Lets the step go on only if the caller has the right.
 * @throws NotSignedIn for an anonymous caller, `workspace-required` for a person who has chosen no workspace of theirs,
 * NotAllowed for a caller without the right.
 */
export function authorise(ctx: Ctx, right: Right): void {
  // Tests listen here: every operation asks for the right that its route declares.
  ctx.log.trace({ right }, 'authorise')
  withRight(ctx, right)
}

/** What `authorise` does, for the edge: routes declare their right by `needs`. @throws as authorise does */
export function withRight({ actor }: Pick<Ctx, 'actor'>, right: Right): void {
  if (actor.kind === 'system') return
  if (actor.kind === 'anonymous') throw new NotSignedIn()
  if (actor.kind === 'person') throw new DomainError('workspace-required', 403)
  if (actor.kind === 'member' && RIGHTS_OF_ROLE[actor.role].includes(right)) return
  if (actor.kind === 'token' && actor.rights.includes(right)) return
  throw new NotAllowed(right)
}
