import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'

/** Whether a password is the person's own; takes some 50 ms. */
export async function isPasswordOf(ctx: Ctx, userId: string, password: string): Promise<boolean> {
  const [account] = await directoryTransaction(ctx, (tx) =>
    rows<{ password: string | null }>(
      { tx },
      sql`SELECT password FROM accounts WHERE user_id = ${userId} AND provider_id = 'credential'`,
    ),
  )
  if (account === undefined || account.password === null) return false
  const { verifyPassword } = await import('better-auth/crypto')
  return verifyPassword({ hash: account.password, password })
}

/** Ends the session that another has just taken the place of. */
export async function endReplacedSession(ctx: Ctx): Promise<void> {
  const { session } = ctx
  if (session === undefined) return
  await directoryTransaction(ctx, (tx) => rows({ tx }, sql`DELETE FROM sessions WHERE id = ${session.id}`))
}
