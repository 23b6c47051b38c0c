import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { enqueueForNobody } from '../../../platform/jobs/jobs.ts'
import type { AccountChange } from '../../../platform/mail/account-kinds.ts'
import { sendAccountNoticeRef } from '../job-refs.ts'
import { audit } from './audit.ts'

/**
 * Notes in the transaction that a way into a person's account changed: in the log of every workspace of theirs, and in a
 * mail to them.
 */
export async function noteAccountChange(
  ctx: Ctx,
  tx: Tx,
  { userId, email, change }: { userId: string; email: string; change: AccountChange },
): Promise<void> {
  const wish = {
    requestId: ctx.ids.next(),
    userId,
    email,
    change,
    at: ctx.clock.now().toISOString(),
    ...(ctx.ip === undefined ? {} : { from: ctx.ip }),
  }
  await enqueueForNobody({ ...ctx, workspaceId: undefined, tx }, sendAccountNoticeRef, wish)
  await rows({ tx }, sql`SELECT set_config('rafid.user_id', ${userId}, true)`)
  const memberships = await rows<{ workspace_id: string }>(
    { tx },
    sql`SELECT workspace_id FROM members WHERE user_id = ${userId}`,
  )
  for (const { workspace_id: workspaceId } of memberships) {
    await rows({ tx }, sql`SELECT set_config('rafid.workspace_id', ${workspaceId}, true)`)
    await audit(
      {
        ...ctx,
        tx,
        workspaceId,
        actor: ctx.actor.kind === 'system' ? ctx.actor : { kind: 'person', userId },
      },
      { action: `person.${change}`, subjectKind: 'person', subjectId: userId },
    )
  }
  await rows({ tx }, sql`SELECT set_config('rafid.workspace_id', '', true)`)
}
