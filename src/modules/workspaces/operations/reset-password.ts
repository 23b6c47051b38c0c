import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import type { ResetPassword } from '../sign-in-schema.ts'
import { forgetActors } from './actor-cache.ts'
import { readLink, takeLink, voidLinks } from './mailed-links.ts'
import { noteAccountChange } from './note-account-change.ts'
import { hashNewPassword } from './register-person.ts'

const purposes = ['reset-password'] as const

/**
 * Sets a new password by a mailed link. Every session of the person ends, and every other link that was mailed to them:
 * whoever had got in is out. The link has proven the address as well.
 * @throws MailedLinkInvalid, Invalid for a weak password, which leaves the link as it is
 */
export async function resetPassword(ctx: Ctx, { token, newPassword }: ResetPassword): Promise<void> {
  const personal = await directoryTransaction(ctx, async (tx) => {
    const { userId } = await readLink(ctx, tx, { key: token, purposes })
    return personalTexts(tx, userId)
  })
  const hash = await hashNewPassword(newPassword, { personal, pointer: '/newPassword' })
  await directoryTransaction(ctx, async (tx) => {
    const { userId, email } = await takeLink(ctx, tx, { key: token, purposes })
    await writePassword(ctx, tx, { userId, hash })
    await rows(
      { tx },
      sql`UPDATE users SET email_verified = true, updated_at = ${ctx.clock.now()} WHERE id = ${userId} AND email = ${email}`,
    )
    await rows({ tx }, sql`DELETE FROM sessions WHERE user_id = ${userId}`)
    await voidLinks(ctx, tx, userId)
    await noteAccountChange(ctx, tx, { userId, email, change: 'password-reset' })
  })
  forgetActors()
}

/** What a person's password must not be made of. */
async function personalTexts(tx: Tx, userId: string): Promise<string[]> {
  const [person] = await rows<{ name: string; email: string }>(
    { tx },
    sql`SELECT name, email FROM users WHERE id = ${userId}`,
  )
  return person === undefined ? [] : [person.name, person.email]
}

async function writePassword(
  ctx: Ctx,
  tx: Tx,
  { userId, hash }: { userId: string; hash: string },
): Promise<void> {
  const changed = await rows(
    { tx },
    sql`UPDATE accounts SET password = ${hash}, updated_at = ${ctx.clock.now()}
        WHERE user_id = ${userId} AND provider_id = 'credential' RETURNING id`,
  )
  assert(changed.length === 1, 'a person has one password')
}

/** After a password was changed by a signed-in person: links that were mailed before are void, and they are told. */
export async function notePasswordChange(
  ctx: Ctx,
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  await directoryTransaction(ctx, async (tx) => {
    await voidLinks(ctx, tx, userId)
    await noteAccountChange(ctx, tx, { userId, email, change: 'password-changed' })
  })
}
