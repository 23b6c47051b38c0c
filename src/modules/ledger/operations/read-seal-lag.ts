import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'

/** For how many seconds what was posted since the last seal of a workspace waits for the next one; 0 when all is sealed. */
export async function readSealLag(ctx: Ctx): Promise<number> {
  const [last] = await statement<{ sealedAt: Date }>(
    ctx,
    sql`SELECT sealed_at AS "sealedAt" FROM ledger_seals WHERE workspace_id = ${ctx.workspaceId}
        ORDER BY number DESC LIMIT 1`,
  )
  const [first] = await statement<{ recordedAt: Date | null }>(
    ctx,
    sql`SELECT (SELECT recorded_at FROM ledger_entries WHERE workspace_id = ${ctx.workspaceId}
            AND id > ${firstIdOf(last?.sealedAt)} ORDER BY id LIMIT 1) AS "recordedAt"
        WHERE EXISTS (
          SELECT FROM ledger_accounts a
          LEFT JOIN ledger_sealed s ON s.workspace_id = a.workspace_id AND s.account = a.number
          WHERE a.workspace_id = ${ctx.workspaceId} AND a.version > coalesce(s.version, 0))`,
  )
  // An entry that was begun before the seal and posted after it is as old as the seal.
  const since = first === undefined ? undefined : (first.recordedAt ?? last?.sealedAt)
  return since === undefined ? 0 : Math.max(0, (ctx.clock.now().getTime() - since.getTime()) / 1_000)
}

/** No id that is made from then on is smaller: ids begin with the time. Source: RFC 9562, section 5.7. */
function firstIdOf(at: Date | undefined): string {
  const time = (at?.getTime() ?? 0).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}
