import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { NotSignedIn } from '../../../platform/errors.ts'
import { ERASED, type Member } from '../../../platform/personal-data.ts'
import { forgetActors } from './actor-cache.ts'
import { noteAccountChange } from './note-account-change.ts'
import { leaveAs } from './remove-member.ts'
import { personIn, requireFresh } from './require-fresh.ts'

/** What lets a person in, and what says where they were let in. */
const WAYS_IN = ['sessions', 'accounts', 'two_factors', 'passkeys', 'proofs'] as const

/**
 * Closes the account of whoever asks, in one transaction: they leave every workspace, what is theirs there is erased by
 * `eraseOwn`, nobody can sign in as them any more, and neither their name nor their address is kept. The row stays, since
 * logs and books name it by its id. A mail to the old address says that it happened.
 * @throws FreshAuthenticationRequired, LastOwner while a workspace has no other owner: then nothing has changed
 */
export async function closeAccount(
  ctx: Ctx,
  eraseOwn: (ctx: TxCtx, who: Member) => Promise<void>,
): Promise<void> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  await directoryTransaction(
    ctx,
    async (tx) => {
      const [person] = await rows<{ email: string }>(
        { tx },
        sql`SELECT email FROM users WHERE id = ${userId} FOR UPDATE`,
      )
      if (person === undefined) throw new NotSignedIn()
      const { email } = person
      await noteAccountChange(ctx, tx, { userId, email, change: 'account-closed' })
      for (const workspaceId of await workspacesOf(tx, userId)) {
        await rows({ tx }, sql`SELECT set_config('rafid.workspace_id', ${workspaceId}, true)`)
        const there: TxCtx = { ...ctx, tx, workspaceId, actor: { kind: 'person', userId } }
        await leaveAs(there, userId)
        await eraseOwn(there, { workspaceId, userId, email })
      }
      for (const table of WAYS_IN)
        await rows({ tx }, sql`DELETE FROM ${sql.identifier(table)} WHERE user_id = ${userId}`)
      await rows(
        { tx },
        sql`UPDATE users SET name = ${ERASED.name}, email = ${`${userId}@erased.invalid`}, email_verified = false,
              two_factor_enabled = false, image = NULL, updated_at = ${ctx.clock.now()}
            WHERE id = ${userId}`,
      )
    },
    userId,
  )
  forgetActors()
}

/** In the order of their ids, in which everybody locks several. */
async function workspacesOf(tx: Tx, userId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    { tx },
    sql`SELECT workspace_id AS id FROM members WHERE user_id = ${userId} ORDER BY workspace_id`,
  )
  return found.map(({ id }) => id)
}
