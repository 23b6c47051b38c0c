import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'

/** Whether owners are told by mail, and the last month that was looked at. */
export type Watch = { readonly mails: boolean; readonly checkedMonth: string | null }

const UNWATCHED: Watch = { mails: true, checkedMonth: null }

/** Says whether the owners are told by mail when a limit is first passed. */
export async function setConcentrationMails(ctx: Ctx, on: boolean): Promise<{ on: boolean }> {
  authorise(ctx, 'streams:write')
  return transaction(ctx, async (tx) => {
    const before = await lockWatch(tx)
    await rows(
      tx,
      sql`UPDATE concentration_watches SET mails = ${on}, updated_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId}`,
    )
    await audit(tx, {
      action: 'concentration.set-mails',
      subjectKind: 'concentration',
      subjectId: tx.workspaceId,
      before: { on: before.mails },
      after: { on },
    })
    return { on }
  })
}

/** How the workspace watches its concentration. */
export async function readWatch(ctx: TxCtx): Promise<Watch> {
  const [row] = await rows<Watch>(
    ctx,
    sql`SELECT mails, checked_month AS "checkedMonth" FROM concentration_watches
        WHERE workspace_id = ${ctx.workspaceId}`,
  )
  return row ?? UNWATCHED
}

/** The same, the caller’s until the transaction ends. */
export async function lockWatch(ctx: TxCtx): Promise<Watch> {
  const [row] = await rows<Watch>(
    ctx,
    sql`INSERT INTO concentration_watches (workspace_id, mails, updated_at)
        VALUES (${ctx.workspaceId}, ${UNWATCHED.mails}, ${ctx.clock.now()})
        ON CONFLICT (workspace_id) DO UPDATE SET updated_at = excluded.updated_at
        RETURNING mails, checked_month AS "checkedMonth"`,
  )
  return row ?? UNWATCHED
}
