import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'

/** A closing: when it was made, and up to when. */
export type Closing = { readonly through: Date; readonly closedAt: Date; readonly memo: string }

/** The closings, the latest first; the books are open from the first one's `through` on. */
export async function listClosings(ctx: Ctx): Promise<Closing[]> {
  authorise(ctx, 'ledger:read')
  return readClosings(ctx)
}

/** The same for whoever has just closed a period, and may not read the books otherwise. */
export async function readClosings(ctx: Ctx): Promise<Closing[]> {
  return transaction(ctx, (tx) =>
    rows<Closing>(
      tx,
      sql`SELECT through, closed_at AS "closedAt", memo FROM ledger_closings
          WHERE workspace_id = ${tx.workspaceId} ORDER BY through DESC LIMIT 100`,
    ),
  )
}
