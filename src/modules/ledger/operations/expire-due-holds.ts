import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { expireHold } from './hold-amount.ts'

const BATCH = 500

/** Frees every hold whose time is up, each in a transaction of its own; holds that others resolve meanwhile are theirs. */
export async function expireDueHolds(ctx: Ctx): Promise<number> {
  let expired = 0
  for (;;) {
    const due = await transaction(ctx, (tx) =>
      rows<{ id: string }>(
        tx,
        sql`SELECT id FROM ledger_holds WHERE workspace_id = ${tx.workspaceId} AND resolved_at IS NULL
              AND expires_at IS NOT NULL AND expires_at <= ${ctx.clock.now()} ORDER BY expires_at LIMIT ${BATCH}`,
      ),
    )
    for (const { id } of due) {
      const { outcome } = await transaction(ctx, (tx) => expireHold(tx, id))
      if (outcome === 'resolved-now') expired++
    }
    if (due.length < BATCH) return expired
  }
}
