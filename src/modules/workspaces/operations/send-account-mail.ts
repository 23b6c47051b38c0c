import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { accountMail, accountNotice } from '../../../platform/mail/account-kinds.ts'
import { sendPrivately } from '../../../platform/mail/send-privately.ts'
import { isLocale } from '../../../shared/locale.ts'
import type { AccountLinkWish, AccountNoticeWish } from '../job-refs.ts'
import { PROOF_MINUTES } from '../rules/proof.ts'
import { makeLink } from './mailed-links.ts'

type Row = { id: string; name: string; email: string; email_verified: boolean; locale: string }

/**
 * Mails a link to whom the address belongs; to an address that is nobody's, nothing. Here and not in the request is where
 * the two differ, so neither the answer nor its time tells them apart.
 */
export async function sendAccountLink(ctx: Ctx, wish: AccountLinkWish): Promise<void> {
  const { requestId, purpose, email, locale } = wish
  const made = await directoryTransaction(ctx, async (tx) => {
    const person = await addressee(tx, wish)
    if (person === undefined) return undefined
    const url = await makeLink(ctx, tx, { requestId, purpose, userId: person.id, email })
    return url === undefined ? undefined : { name: person.name, url }
  })
  if (made === undefined) return
  const validMinutes = PROOF_MINUTES[purpose]
  await sendPrivately(
    ctx,
    { id: requestId, email, name: made.name },
    accountMail(purpose, { locale, ...made, validMinutes }),
  )
}

/** Whom a wish is about; undefined where there is nothing to mail. */
async function addressee(tx: Tx, { purpose, userId, email }: AccountLinkWish): Promise<Row | undefined> {
  const [owner] = await rows<Row>(
    { tx },
    sql`SELECT id, name, email, email_verified, locale FROM users WHERE email = ${email}`,
  )
  if (userId === undefined) return owner
  if (purpose === 'verify-email') return owner?.id === userId && !owner.email_verified ? owner : undefined
  // Somebody has the address to which another wants to move: they are not told, and neither is the other.
  if (owner !== undefined) return undefined
  const [mover] = await rows<Row>(
    { tx },
    sql`SELECT id, name, email, email_verified, locale FROM users WHERE id = ${userId}`,
  )
  return mover
}

/** Tells a person in their language that a way into their account changed. */
export async function sendAccountNotice(ctx: Ctx, wish: AccountNoticeWish): Promise<void> {
  const [person] = await directoryTransaction(ctx, (tx) =>
    rows<{ name: string; locale: string }>(
      { tx },
      sql`SELECT name, locale FROM users WHERE id = ${wish.userId}`,
    ),
  )
  if (person === undefined) return
  const { requestId, email, change, at, from } = wish
  await sendPrivately(
    ctx,
    { id: requestId, email, name: person.name },
    accountNotice({
      locale: isLocale(person.locale) ? person.locale : 'ar',
      name: person.name,
      change,
      at: new Date(at),
      ...(from === undefined ? {} : { from }),
      url: `${ctx.config.publicUrl}/dashboard/forgot-password`,
    }),
  )
}
