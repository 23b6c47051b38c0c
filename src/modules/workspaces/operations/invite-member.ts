import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Actor, Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert, NotFound } from '../../../platform/errors.ts'
import { once } from '../../../platform/http/idempotency.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { AlreadyInvited, AlreadyMember, TooManyInvitations, TooManyTries } from '../errors.ts'
import type { NewInvitation, SentInvitation } from '../invitations/schema.ts'
import {
  INVITATION_DAYS,
  MOST_OPEN_INVITATIONS,
  MOST_SENDINGS,
  SENDING_PAUSE_SECONDS,
} from '../rules/invitation.ts'
import { audit } from './audit.ts'
import { requireCover } from './change-role.ts'
import { hashToken } from './create-token.ts'
import { getInvitation } from './list-invitations.ts'
import { lockMembers } from './lock-members.ts'
import { requireFresh } from './require-fresh.ts'
import { invitationKey, invitationLink, sendInvitationJob } from './send-invitation.ts'

const DAY_MS = 86_400_000

/**
 * Invites an address to the workspace by a mail whose link works once, for a week. The one who invites has every right of
 * the role. The same `idempotencyKey` again is the same invitation.
 * @throws RoleTooWide, FreshAuthenticationRequired for an owner, AlreadyMember, AlreadyInvited, TooManyInvitations
 */
export async function inviteMember(
  ctx: Ctx,
  input: NewInvitation,
  idempotencyKey: string = ctx.ids.next(),
): Promise<SentInvitation> {
  authorise(ctx, 'members:write')
  requireCover(ctx, input.role)
  if (input.role === 'owner') requireFresh(ctx)
  const request = { scope: 'invitation', key: idempotencyKey, request: input }
  const { id } = await once(ctx, request, (tx) => writeInvitation(tx, input))
  return transaction(ctx, (tx) => describe(tx, id, 1))
}

async function writeInvitation(ctx: TxCtx, input: NewInvitation): Promise<{ id: string }> {
  const { workspaceId } = ctx
  const { email, role } = input
  await lockMembers(ctx)
  await refuseKnown(ctx, email)
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  const locale = input.locale ?? ctx.locale
  await rows(
    ctx,
    sql`INSERT INTO invitations (workspace_id, id, email, role, locale, hash, is_shown, invited_by, created_at, sent_at,
          sendings, expires_at)
        VALUES (${workspaceId}, ${id}, ${email}, ${role}, ${locale}, ${hashOf(ctx, id, 1)}, ${ctx.mail === undefined},
          ${userOf(ctx.actor)}, ${now}, ${now}, 1, ${endOf(now)})`,
  )
  await enqueue(ctx, sendInvitationJob, { invitationId: id, sending: 1 })
  await audit(ctx, {
    action: 'invitation.create',
    subjectKind: 'invitation',
    subjectId: id,
    // Not the address: the log cannot be changed, and the invitation can be erased.
    after: { role },
  })
  return { id }
}

async function refuseKnown(ctx: TxCtx, email: string): Promise<void> {
  const { workspaceId } = ctx
  const [known] = await rows<{ member: boolean; invited: boolean; open: bigint }>(
    ctx,
    sql`SELECT
          EXISTS (SELECT FROM members m JOIN users u ON u.id = m.user_id
            WHERE m.workspace_id = ${workspaceId} AND u.email = ${email}) AS member,
          EXISTS (SELECT FROM invitations i WHERE i.workspace_id = ${workspaceId} AND i.email = ${email}
            AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${ctx.clock.now()}) AS invited,
          (SELECT count(*) FROM invitations i WHERE i.workspace_id = ${workspaceId}
            AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${ctx.clock.now()}) AS open`,
  )
  assert(known !== undefined, 'a question without a table has an answer')
  if (known.member) throw new AlreadyMember()
  if (known.invited) throw new AlreadyInvited()
  if (known.open >= MOST_OPEN_INVITATIONS) throw new TooManyInvitations(MOST_OPEN_INVITATIONS)
}

type Sent = { role: SentInvitation['role']; sendings: number; sent_at: Date }

/**
 * Mails an invitation again, with another link and another week; the link before is void. The same `idempotencyKey` again is
 * the same mail.
 * @throws NotFound, RoleTooWide, TooManyTries within a minute or after five mails
 */
export async function resendInvitation(
  ctx: Ctx,
  id: string,
  idempotencyKey: string = ctx.ids.next(),
): Promise<SentInvitation> {
  authorise(ctx, 'members:write')
  const request = { scope: `invitation/${id}/resend`, key: idempotencyKey, request: {} }
  const sending = await once(ctx, request, (tx) => sendAgain(tx, id))
  return transaction(ctx, (tx) => describe(tx, id, sending))
}

async function sendAgain(tx: TxCtx, id: string): Promise<number> {
  const [sent] = await rows<Sent>(
    tx,
    sql`SELECT role, sendings, sent_at FROM invitations WHERE workspace_id = ${tx.workspaceId} AND id = ${id}
            AND accepted_at IS NULL AND revoked_at IS NULL FOR UPDATE`,
  )
  if (sent === undefined) throw new NotFound()
  requireCover(tx, sent.role)
  const now = tx.clock.now()
  const due = sent.sent_at.getTime() + SENDING_PAUSE_SECONDS * 1000
  if (sent.sendings >= MOST_SENDINGS) throw new TooManyTries(DAY_MS / 1000)
  if (due > now.getTime()) throw new TooManyTries(Math.ceil((due - now.getTime()) / 1000))
  const sending = sent.sendings + 1
  await rows(
    tx,
    sql`UPDATE invitations SET hash = ${hashOf(tx, id, sending)}, sendings = ${sending}, sent_at = ${now},
            expires_at = ${endOf(now)}, is_shown = is_shown OR ${tx.mail === undefined}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
  )
  await enqueue(tx, sendInvitationJob, { invitationId: id, sending })
  await audit(tx, { action: 'invitation.resend', subjectKind: 'invitation', subjectId: id })
  return sending
}

/** Takes an invitation back: its link opens no more. Doing it twice is no error. @throws NotFound */
export async function revokeInvitation(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'members:write')
  await transaction(ctx, async (tx) => {
    const revoked = await rows(
      tx,
      sql`UPDATE invitations SET revoked_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND accepted_at IS NULL AND revoked_at IS NULL
          RETURNING id`,
    )
    if (revoked.length > 0)
      return audit(tx, { action: 'invitation.revoke', subjectKind: 'invitation', subjectId: id })
    const known = await rows(
      tx,
      sql`SELECT id FROM invitations WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND accepted_at IS NULL`,
    )
    if (known.length === 0) throw new NotFound()
  })
}

async function describe(ctx: TxCtx, id: string, sending: number): Promise<SentInvitation> {
  const invitation = await getInvitation(ctx, id)
  // Whoever may invite as this role may know the link; nobody else would ever get it.
  const link = ctx.mail === undefined ? invitationLink(ctx, id, sending) : null
  return { ...invitation, link }
}

function hashOf(ctx: TxCtx, id: string, sending: number): string {
  return hashToken(invitationKey(ctx, id, sending))
}

function endOf(now: Date): Date {
  return new Date(now.getTime() + INVITATION_DAYS * DAY_MS)
}

function userOf(actor: Actor): string {
  assert(actor.kind === 'member' || actor.kind === 'token', 'members invite')
  return actor.userId
}
