import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { enqueueForNobody } from '../../../platform/jobs/jobs.ts'
import { NotSignedIn } from '../../../platform/errors.ts'
import { sendAccountLinkRef } from '../job-refs.ts'
import { countMail } from './limit-tries.ts'
import { noteAccountChange } from './note-account-change.ts'
import { personIn, requireFresh } from './require-fresh.ts'

/**
 * Asks for a link by mail, to sign in or to choose another password. Does the same for every address: whether it belongs
 * to anybody is found out later, by the job.
 * @throws TooManyTries
 */
export async function askForLink(
  ctx: Ctx,
  { email, purpose }: { email: string; purpose: 'reset-password' | 'sign-in-link' },
): Promise<void> {
  await countMail(ctx, email)
  const wish = { requestId: ctx.ids.next(), email, purpose, locale: ctx.locale }
  await directoryTransaction(ctx, (tx) =>
    enqueueForNobody({ ...ctx, workspaceId: undefined, tx }, sendAccountLinkRef, wish),
  )
}

/** Mails the person who asks a link that proves their address; nothing where that is proven. @throws TooManyTries */
export async function askToVerify(ctx: Ctx): Promise<void> {
  const userId = personIn(ctx)
  await directoryTransaction(ctx, async (tx) => {
    const { email, email_verified } = await readAddress({ ...ctx, tx }, userId)
    if (email_verified) return
    await countMail(ctx, email)
    const wish = {
      requestId: ctx.ids.next(),
      email,
      purpose: 'verify-email' as const,
      locale: ctx.locale,
      userId,
    }
    await enqueueForNobody({ ...ctx, workspaceId: undefined, tx }, sendAccountLinkRef, wish)
  })
}

/**
 * Begins the move of an account to another address: a link goes to the new one, a notice to the present one. Answers the
 * same where the new address is somebody's already.
 * @throws FreshAuthenticationRequired, TooManyTries
 */
export async function askToMove(ctx: Ctx, email: string): Promise<void> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  await countMail(ctx, email)
  await directoryTransaction(ctx, async (tx) => {
    const present = await readAddress({ ...ctx, tx }, userId)
    if (present.email === email) return
    const wish = {
      requestId: ctx.ids.next(),
      email,
      purpose: 'change-email' as const,
      locale: ctx.locale,
      userId,
    }
    await enqueueForNobody({ ...ctx, workspaceId: undefined, tx }, sendAccountLinkRef, wish)
    await noteAccountChange(ctx, tx, { userId, email: present.email, change: 'email-asked' })
  })
}

type Address = { email: string; email_verified: boolean }

async function readAddress(ctx: Parameters<typeof rows>[0], userId: string): Promise<Address> {
  const [address] = await rows<Address>(
    ctx,
    sql`SELECT email, email_verified FROM users WHERE id = ${userId} FOR NO KEY UPDATE`,
  )
  if (address === undefined) throw new NotSignedIn()
  return address
}
