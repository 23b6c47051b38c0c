import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'

/** Does the work of a request; should it fail, whoever asked sees that until the next try. */
export async function orSayFailed(ctx: Ctx, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await transaction(ctx, (tx) =>
      rows(
        tx,
        sql`UPDATE privacy_requests SET status = 'failed'
            WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND status <> 'done'`,
      ),
    )
    throw error
  }
}
