import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { purchasesLinkMail } from '../../../platform/mail/kinds.ts'
import { queueMessage } from '../../../platform/mail/queue-message.ts'
import { listBuyerOrders } from '../../checkout/index.ts'
import type { PurchasesLinkRequest } from '../job-refs.ts'
import { hashToken } from './redeem-purchases-link.ts'
import { storeMail } from './store-mail.ts'

/** For how long a mailed link to the purchases can be used. */
export const LINK_VALID_MINUTES = 30
const MOST_LINKS_AN_HOUR = 5

/** Mails each address that bought here its link; the others get nothing, so that nobody can flood a stranger. */
export async function sendPurchasesLinks(ctx: Ctx, requests: readonly PurchasesLinkRequest[]): Promise<void> {
  for (const request of requests) await sendPurchasesLink(ctx, request)
}

async function sendPurchasesLink(
  ctx: Ctx,
  { requestId, email, locale }: PurchasesLinkRequest,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const { items } = await listBuyerOrders(tx, { email, limit: 1 })
    if (items.length === 0) return
    // The same request always makes the same token, so a job that runs twice makes one link and one mail.
    const token = createHmac('sha256', ctx.secrets.key('links'))
      .update(`purchases/${requestId}`)
      .digest('base64url')
    const now = ctx.clock.now()
    const made = await rows(
      tx,
      sql`INSERT INTO buyer_links (workspace_id, token_hash, email, created_at, expires_at)
          SELECT ${tx.workspaceId}, ${hashToken(token)}, ${email}, ${now}, ${new Date(now.getTime() + LINK_VALID_MINUTES * 60_000)}
          WHERE (SELECT count(*) FROM buyer_links WHERE workspace_id = ${tx.workspaceId} AND email = ${email}
            AND created_at > ${new Date(now.getTime() - 3_600_000)}) < ${MOST_LINKS_AN_HOUR}
          ON CONFLICT DO NOTHING RETURNING true`,
    )
    if (made.length === 0) return
    const { store, envelope } = await storeMail(tx, locale)
    const url = `${store.url}/-/purchases/enter?token=${token}`
    await queueMessage(tx, {
      ...purchasesLinkMail({ locale, store, url, validMinutes: LINK_VALID_MINUTES }),
      ...envelope,
      dedupeKey: `purchases/${requestId}`,
      secret: token,
      to: { email },
      expiresAt: new Date(now.getTime() + LINK_VALID_MINUTES * 60_000),
    })
  })
}
