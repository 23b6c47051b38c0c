import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Role } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { t } from '../../../platform/i18n/index.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'
import { invitationMail } from '../../../platform/mail/kinds.ts'
import { sendPrivately } from '../../../platform/mail/send-privately.ts'
import type { Locale } from '../../../shared/locale.ts'
import { INVITATION_DAYS } from '../rules/invitation.ts'
import { writeWorkspaceKey } from '../rules/token.ts'

const inputSchema = z.object({ invitationId: z.uuid(), sending: z.int() })

type Input = z.infer<typeof inputSchema>

/** Mails invitations, past the outbox: whoever may read the outbox must not be able to accept them. */
export const sendInvitationJob = defineJob({
  name: 'send-invitation',
  schema: inputSchema,
  handler: async (ctx, inputs) => {
    for (const input of inputs) await sendInvitation(ctx, input)
  },
})

type Row = {
  email: string
  role: Role
  locale: Locale
  inviter: string
  workspace: string
}

async function sendInvitation(ctx: Ctx, { invitationId, sending }: Input): Promise<void> {
  if (ctx.mail === undefined) return
  const invitation = await transaction(ctx, (tx) => readSending(tx, invitationId, sending))
  if (invitation === undefined) return
  const { email, role, locale } = invitation
  const content = invitationMail({
    locale,
    workspaceName: invitation.workspace,
    inviterName: invitation.inviter,
    roleName: t(locale, `dashboard.settings.members.roles.${role}`),
    url: invitationLink(ctx, invitationId, sending),
    validDays: INVITATION_DAYS,
  })
  await sendPrivately(ctx, { id: `invitation-${sending}-${invitationId}`, email, name: '' }, content)
}

/** What is to be mailed; undefined if it was taken back, accepted, or sent again since. */
async function readSending(ctx: TxCtx, id: string, sending: number): Promise<Row | undefined> {
  const [row] = await rows<Row>(
    ctx,
    sql`SELECT i.email, i.role, i.locale, u.name AS inviter, w.name AS workspace
        FROM invitations i
        JOIN users u ON u.id = i.invited_by
        JOIN workspaces w ON w.id = i.workspace_id
        WHERE i.workspace_id = ${ctx.workspaceId} AND i.id = ${id} AND i.sendings = ${sending}
          AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${ctx.clock.now()}`,
  )
  return row
}

/** Where an invitation is accepted; the key stands behind `#`, so that it reaches no log and no other site. */
export function invitationLink(ctx: Ctx, id: string, sending: number): string {
  return `${ctx.config.publicUrl}/dashboard/invitation#${invitationKey(ctx, id, sending)}`
}

/** The key of one sending. Made anew from the installation's own key whenever it is needed, so that it is kept nowhere. */
export function invitationKey(ctx: Ctx, id: string, sending: number): string {
  const secret = createHmac('sha256', ctx.secrets.key('links')).update(`invitation/${id}/${sending}`).digest()
  return writeWorkspaceKey(ctx.workspaceId ?? '', secret)
}
