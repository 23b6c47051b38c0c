import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { SESSION_EXTENDED_EVERY_SECONDS, SESSION_LONGEST_SECONDS, SESSION_SECONDS } from '../rules/session.ts'
import { forgetActors } from './actor-cache.ts'

/** Puts off the end of a session that is in use, at most once a day and never past its longest. Returns whether its cookie is to be sent again. */
export async function extendSession(ctx: Ctx, token: string): Promise<boolean> {
  const now = ctx.clock.now()
  const end = new Date(now.getTime() + SESSION_SECONDS * 1000)
  const extended = await directoryTransaction(ctx, (tx) =>
    rows(
      { tx },
      sql`UPDATE sessions SET expires_at = least(${end}, created_at + make_interval(secs => ${SESSION_LONGEST_SECONDS})),
            updated_at = ${now}
          WHERE token = ${token} AND expires_at > ${now}
            AND expires_at < least(${end}, created_at + make_interval(secs => ${SESSION_LONGEST_SECONDS}))
              - make_interval(secs => ${SESSION_EXTENDED_EVERY_SECONDS})
          RETURNING id`,
    ),
  )
  if (extended.length > 0) forgetActors()
  return extended.length > 0
}
