import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { LinkExpired } from '../errors.ts'
import { issueBuyerSession } from './buyer-session.ts'

/** The form in which a magic link's token is kept. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Uses a magic link up and gives the session it stands for. @throws LinkExpired if it is unknown, old or used. */
export async function redeemPurchasesLink(
  ctx: Ctx,
  token: string,
): Promise<{ email: string; session: string }> {
  const now = ctx.clock.now()
  const [link] = await transaction(ctx, (tx) =>
    rows<{ email: string }>(
      tx,
      sql`UPDATE buyer_links SET used_at = ${now}
          WHERE workspace_id = ${tx.workspaceId} AND token_hash = ${hashToken(token)}
            AND used_at IS NULL AND expires_at > ${now}
          RETURNING email`,
    ),
  )
  if (link === undefined) throw new LinkExpired()
  return { email: link.email, session: issueBuyerSession(ctx, link.email) }
}
