import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, isUniqueViolation, rows } from '../../../platform/database/transaction.ts'
import { takeLink, voidLinks } from './mailed-links.ts'
import { noteAccountChange } from './note-account-change.ts'
import { MailedLinkInvalid } from '../sign-in-errors.ts'

/**
 * Takes a mailed link as the proof that an address is a person's, and moves their account there if that is what they
 * asked for; the address before gets a notice.
 * @returns the address that is theirs now.
 * @throws MailedLinkInvalid, also where another has taken the address in the meantime
 */
export async function confirmEmail(ctx: Ctx, key: string): Promise<{ email: string }> {
  try {
    return await directoryTransaction(ctx, async (tx) => {
      const { purpose, userId, email } = await takeLink(ctx, tx, {
        key,
        purposes: ['verify-email', 'change-email'],
      })
      const [before] = await rows<{ email: string }>(
        { tx },
        sql`SELECT email FROM users WHERE id = ${userId} FOR UPDATE`,
      )
      if (before === undefined || (purpose === 'verify-email' && before.email !== email))
        throw new MailedLinkInvalid()
      await rows(
        { tx },
        sql`UPDATE users SET email = ${email}, email_verified = true, updated_at = ${ctx.clock.now()} WHERE id = ${userId}`,
      )
      if (before.email !== email) {
        await voidLinks(ctx, tx, userId)
        await noteAccountChange(ctx, tx, { userId, email: before.email, change: 'email-changed' })
      }
      return { email }
    })
  } catch (error) {
    throw isUniqueViolation(error) ? new MailedLinkInvalid() : error
  }
}

/** Takes a mailed link as the proof of who signs in. @returns the person. @throws MailedLinkInvalid */
export async function takeSignInLink(ctx: Ctx, key: string): Promise<string> {
  return directoryTransaction(ctx, async (tx) => {
    const { userId, email } = await takeLink(ctx, tx, { key, purposes: ['sign-in-link'] })
    await rows(
      { tx },
      sql`UPDATE users SET email_verified = true, updated_at = ${ctx.clock.now()}
          WHERE id = ${userId} AND email = ${email} AND NOT email_verified`,
    )
    return userId
  })
}
