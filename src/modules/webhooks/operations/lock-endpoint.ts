import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { webhookEndpoints } from '../tables.ts'

/** An endpoint's row. */
export type EndpointRow = Omit<typeof webhookEndpoints.$inferSelect, 'workspaceId'>

/** The columns of EndpointRow. */
export const ENDPOINT_COLUMNS =
  sql.raw(`id, url, description, event_types AS "eventTypes", state, state_at AS "stateAt",
  secret, previous_secret AS "previousSecret", previous_until AS "previousUntil", failing_since AS "failingSince",
  last_success_at AS "lastSuccessAt", slow, lease, lease_until AS "leaseUntil", wake_at AS "wakeAt",
  created_at AS "createdAt", updated_at AS "updatedAt", deleted_at AS "deletedAt"`)

/** An endpoint, and nobody else may change it until the transaction ends; undefined if it was removed. */
export async function lockEndpoint(ctx: TxCtx, id: string): Promise<EndpointRow | undefined> {
  const [row] = await rows<EndpointRow>(
    ctx,
    sql`SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} AND deleted_at IS NULL FOR NO KEY UPDATE`,
  )
  return row
}

/** The same for one that somebody asks for. @throws NotFound */
export async function mustLockEndpoint(ctx: TxCtx, id: string): Promise<EndpointRow> {
  const row = await lockEndpoint(ctx, id)
  if (row === undefined) throw new NotFound()
  return row
}
