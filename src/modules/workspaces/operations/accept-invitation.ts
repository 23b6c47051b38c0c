import { sql } from 'drizzle-orm'
import { covers, RIGHTS_OF_ROLE, type Role } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { afterCommit, rows, transaction, write } from '../../../platform/database/transaction.ts'
import { NotSignedIn } from '../../../platform/errors.ts'
import type { InvitationKey, Join, Joined, OpenInvitation } from '../invitations/schema.ts'
import { AccountKnown, AlreadyMember, InvitationForAnother, InvitationOver } from '../errors.ts'
import { isOpen } from '../rules/invitation.ts'
import { workspaceOfKey } from '../rules/token.ts'
import { forgetActors } from './actor-cache.ts'
import { audit } from './audit.ts'
import { hashToken } from './create-token.ts'
import { findRole, lockMembers } from './lock-members.ts'
import { hashNewPassword, insertPerson } from './register-person.ts'

type Row = {
  id: string
  email: string
  role: Role
  is_shown: boolean
  expires_at: Date
  accepted_at: Date | null
  revoked_at: Date | null
  inviter_name: string
  inviter_role: Role | null
  workspace_name: string
  user_id: string | null
}

/**
 * What an invitation is for, as its holder sees it. Wrong, used and late keys are all answered alike.
 * @throws InvitationOver
 */
export async function openInvitation(ctx: Ctx, { key }: InvitationKey): Promise<OpenInvitation> {
  const found = await transaction(inWorkspaceOf(ctx, key), (tx) => readOpen(tx, key))
  return {
    workspaceName: found.workspace_name,
    inviterName: found.inviter_name,
    email: found.email,
    role: found.role,
    expiresAt: found.expires_at.toISOString(),
    hasAccount: found.user_id !== null,
  }
}

/**
 * Makes the person who is signed in a member. The link proves the mailbox and the session the person, so both must be of
 * the same address.
 * @throws InvitationOver, InvitationForAnother, AlreadyMember
 */
export async function acceptInvitation(ctx: Ctx, { key }: InvitationKey): Promise<Joined> {
  const { actor } = ctx
  if (actor.kind !== 'person' && actor.kind !== 'member') throw new NotSignedIn()
  const { userId } = actor
  return transaction(inWorkspaceOf(ctx, key), async (tx) => {
    await lockMembers(tx)
    const invitation = await readOpen(tx, key)
    if (invitation.user_id !== userId) throw new InvitationForAnother(invitation.email)
    if ((await findRole(tx, userId)) !== undefined) throw new AlreadyMember()
    return enter(tx, invitation, userId)
  })
}

/**
 * Makes an account for the invited address, and a member of it.
 * @throws InvitationOver, AccountKnown, Invalid for a weak password
 */
export async function joinByInvitation(ctx: Ctx, input: Join): Promise<Joined & { email: string }> {
  const { key, name, locale } = input
  const inside = inWorkspaceOf(ctx, key)
  const { email } = await transaction(inside, (tx) => readOpen(tx, key))
  const personal = [name, email]
  const passwordHash = await hashNewPassword(input.password, { personal, pointer: '/password' })
  return transaction(inside, async (tx) => {
    await lockMembers(tx)
    const invitation = await readOpen(tx, key)
    if (invitation.user_id !== null) throw new AccountKnown(email)
    const userId = await insertPerson(tx, { name, email, passwordHash, locale })
    return { ...(await enter(tx, invitation, userId)), email }
  })
}

async function enter(ctx: TxCtx, invitation: Row, userId: string): Promise<Joined> {
  const { workspaceId } = ctx
  const { id, role } = invitation
  const now = ctx.clock.now()
  // The link came by mail and by no other way, so it proves the mailbox.
  if (!invitation.is_shown) write(ctx, sql`UPDATE users SET email_verified = true WHERE id = ${userId}`)
  await rows(
    ctx,
    sql`WITH used AS (
          UPDATE invitations SET accepted_at = ${now}, accepted_by = ${userId}
          WHERE workspace_id = ${workspaceId} AND id = ${id})
        INSERT INTO members (workspace_id, user_id, role, joined_at)
        VALUES (${workspaceId}, ${userId}, ${role}, ${now})`,
  )
  const person: TxCtx = { ...ctx, actor: { kind: 'person', userId } }
  await audit(person, {
    action: 'member.join',
    subjectKind: 'member',
    subjectId: userId,
    after: { role, invitationId: id },
  })
  afterCommit(ctx, forgetActors)
  return { workspaceId, userId }
}

/** The context in the workspace that the key names; a key that names none is like one that is not known. */
function inWorkspaceOf(ctx: Ctx, key: string): Ctx {
  const workspaceId = workspaceOfKey(key)
  if (workspaceId === undefined) throw new InvitationOver()
  return { ...ctx, workspaceId }
}

async function readOpen(ctx: TxCtx, key: string): Promise<Row> {
  const [row] = await rows<Row>(
    ctx,
    sql`SELECT i.id, i.email, i.role, i.is_shown, i.expires_at, i.accepted_at, i.revoked_at,
          u.name AS inviter_name, m.role AS inviter_role, w.name AS workspace_name, p.id AS user_id
        FROM invitations i
        JOIN workspaces w ON w.id = i.workspace_id
        JOIN users u ON u.id = i.invited_by
        LEFT JOIN members m ON m.workspace_id = i.workspace_id AND m.user_id = i.invited_by
        LEFT JOIN users p ON p.email = i.email
        WHERE i.workspace_id = ${ctx.workspaceId} AND i.hash = ${hashToken(key)}`,
  )
  if (row === undefined) throw new InvitationOver()
  const isBacked = row.inviter_role !== null && covers(RIGHTS_OF_ROLE[row.inviter_role], row.role)
  const state = {
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    revokedAt: row.revoked_at,
    isBacked,
  }
  if (!isOpen(state, ctx.clock.now())) throw new InvitationOver()
  return row
}
