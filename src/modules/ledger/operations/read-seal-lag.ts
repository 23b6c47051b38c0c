import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'

/** For how many seconds the oldest posting of a workspace has waited for its seal at most; 0 when all are sealed. */
export async function readSealLag(ctx: Ctx): Promise<number> {
  const [row] = await statement<{ since: Date | null }>(
    ctx,
    sql`SELECT coalesce(
          (SELECT sealed_at FROM ledger_seals WHERE workspace_id = ${ctx.workspaceId} ORDER BY number DESC LIMIT 1),
          (SELECT recorded_at FROM ledger_entries WHERE workspace_id = ${ctx.workspaceId} ORDER BY id LIMIT 1)) AS since
        WHERE EXISTS (
          SELECT FROM ledger_accounts a
          LEFT JOIN ledger_sealed s ON s.workspace_id = a.workspace_id AND s.account = a.number
          WHERE a.workspace_id = ${ctx.workspaceId} AND a.version > coalesce(s.version, 0))`,
  )
  if (row?.since === undefined || row.since === null) return 0
  return Math.max(0, (ctx.clock.now().getTime() - row.since.getTime()) / 1_000)
}
