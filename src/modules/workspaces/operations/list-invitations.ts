import { sql, type SQL } from 'drizzle-orm'
import { authorise, type Role } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Invitation } from '../invitations/schema.ts'

/** Invitations that nobody has accepted or taken back, newest first; those whose time is up too. */
export async function listInvitations(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<Invitation>> {
  authorise(ctx, 'members:read')
  const before = after === undefined ? undefined : decodeIdCursor(after)
  const found = await transaction(ctx, (tx) =>
    readInvitations(tx, before === undefined ? sql`` : sql`AND i.id < ${before}`, limit + 1),
  )
  return toPage(found, limit, ({ id }) => encodeCursor([id]))
}

/** One invitation that is still to be accepted. @throws NotFound */
export async function getInvitation(ctx: TxCtx, id: string): Promise<Invitation> {
  const [found] = await readInvitations(ctx, sql`AND i.id = ${id}`, 1)
  if (found === undefined) throw new NotFound()
  return found
}

type Row = {
  id: string
  email: string
  role: Role
  locale: Locale
  invited_by: string
  inviter_name: string
  created_at: Date
  sent_at: Date
  expires_at: Date
}

async function readInvitations(ctx: TxCtx, which: SQL, limit: number): Promise<Invitation[]> {
  const found = await rows<Row>(
    ctx,
    sql`SELECT i.id, i.email, i.role, i.locale, i.invited_by, u.name AS inviter_name, i.created_at, i.sent_at, i.expires_at
        FROM invitations i JOIN users u ON u.id = i.invited_by
        WHERE i.workspace_id = ${ctx.workspaceId} AND i.accepted_at IS NULL AND i.revoked_at IS NULL ${which}
        ORDER BY i.id DESC LIMIT ${limit}`,
  )
  const now = ctx.clock.now()
  return found.map(({ id, email, role, locale, ...row }) => ({
    id,
    email,
    role,
    locale,
    invitedBy: { userId: row.invited_by, name: row.inviter_name },
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    expired: row.expires_at <= now,
  }))
}
