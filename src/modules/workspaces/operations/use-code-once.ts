import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'

/**
 * Claims a one-time code or challenge for good: true for the first who does, false for everybody after, also at the same
 * moment. `lastsMs` is for how long it could be used at all.
 */
export async function useOnce(ctx: Ctx, what: string, lastsMs: number): Promise<boolean> {
  const hash = createHash('sha256').update(what).digest('base64url')
  const now = ctx.clock.now()
  const claimed = await directoryTransaction(ctx, async (tx) => {
    await rows({ tx }, sql`DELETE FROM used_codes WHERE expires_at < ${now}`)
    return rows(
      { tx },
      sql`INSERT INTO used_codes (hash, expires_at) VALUES (${hash}, ${new Date(now.getTime() + lastsMs)})
          ON CONFLICT DO NOTHING RETURNING hash`,
    )
  })
  return claimed.length === 1
}

/** An app's code is good for its half minute, the one before and the one after; then some, for clocks that differ. */
const APP_CODE_MS = 3 * 60_000

/** Claims a code of a person's authenticator app, before it is looked at; see useOnce. */
export function claimAppCode(ctx: Ctx, userId: string, code: string): Promise<boolean> {
  return useOnce(ctx, `app-code/${userId}/${code}`, APP_CODE_MS)
}

/** Who gave the right password and owes the second step, by the challenge in their cookie; undefined if it is over. */
export async function findChallenged(ctx: Ctx, identifier: string): Promise<string | undefined> {
  const [found] = await directoryTransaction(ctx, (tx) =>
    rows<{ value: string }>(
      { tx },
      sql`SELECT value FROM verifications WHERE identifier = ${identifier} AND expires_at > ${ctx.clock.now()}`,
    ),
  )
  return found?.value
}
