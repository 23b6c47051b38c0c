import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'

/** For how many seconds the oldest posting of a workspace has waited for its seal; 0 when all are sealed. */
export async function readSealLag(ctx: Ctx): Promise<number> {
  const [row] = await statement<{ since: Date | null }>(
    ctx,
    sql`SELECT min(e.recorded_at) AS since FROM ledger_accounts a
        LEFT JOIN ledger_sealed s ON s.workspace_id = a.workspace_id AND s.account = a.number
        JOIN ledger_postings p ON p.workspace_id = a.workspace_id AND p.account = a.number
          AND p.version = coalesce(s.version, 0) + 1
        JOIN ledger_entries e ON e.workspace_id = p.workspace_id AND e.id = p.entry_id
        WHERE a.workspace_id = ${ctx.workspaceId} AND a.version > coalesce(s.version, 0)`,
  )
  if (row?.since === undefined || row.since === null) return 0
  return Math.max(0, (ctx.clock.now().getTime() - row.since.getTime()) / 1_000)
}
