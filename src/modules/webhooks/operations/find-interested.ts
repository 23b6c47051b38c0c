import { sql } from 'drizzle-orm'
import { systemCtx, type Services } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'

/**
 * Which workspaces have an endpoint that is told of events: one look at an index each, asked for many events at once, so
 * that a sale in a workspace without endpoints costs no job and no row. Paused endpoints count: their events wait.
 */
export async function findInterested(
  services: Services,
  workspaceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    workspaceIds.map(async (workspaceId) => {
      const endpoints = await statement(
        systemCtx(services, workspaceId),
        sql`SELECT true FROM webhook_endpoints
            WHERE workspace_id = ${workspaceId} AND deleted_at IS NULL AND state IN ('on', 'paused') LIMIT 1`,
      )
      return endpoints.length > 0 ? [workspaceId] : []
    }),
  )
  return new Set(found.flat())
}
