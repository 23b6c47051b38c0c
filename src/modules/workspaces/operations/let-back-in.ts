import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { makeLink } from './mailed-links.ts'
import { noteAccountChange } from './note-account-change.ts'

/**
 * A link with which a person chooses another password, for whoever has the server itself: where no mail leaves it, or
 * where phone and recovery codes are lost (`withoutSecondFactor`). Undefined for an address that is nobody's.
 */
export async function letBackIn(
  ctx: Ctx,
  { email, withoutSecondFactor }: { email: string; withoutSecondFactor: boolean },
): Promise<string | undefined> {
  assert(ctx.actor.kind === 'system', 'the program itself lets somebody back in')
  return directoryTransaction(ctx, async (tx) => {
    const [person] = await rows<{ id: string }>({ tx }, sql`SELECT id FROM users WHERE email = ${email}`)
    if (person === undefined) return undefined
    const userId = person.id
    if (withoutSecondFactor) {
      const gone = await rows(
        { tx },
        sql`DELETE FROM two_factors WHERE user_id = ${userId} AND verified RETURNING id`,
      )
      await rows({ tx }, sql`UPDATE users SET two_factor_enabled = false WHERE id = ${userId}`)
      if (gone.length > 0) await noteAccountChange(ctx, tx, { userId, email, change: 'second-factor-off' })
    }
    // Older links are not needed any more, and would count against the hour's measure.
    await rows({ tx }, sql`DELETE FROM proofs WHERE user_id = ${userId} AND purpose = 'reset-password'`)
    return makeLink(ctx, tx, { requestId: ctx.ids.next(), purpose: 'reset-password', userId, email })
  })
}
