import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../platform/database/transaction.ts'
import { listStoreDirectory } from '../../workspaces/index.ts'
import { KEPT_MS } from '../rules/backoff.ts'
import { ENDPOINT_COLUMNS, type EndpointRow } from './lock-endpoint.ts'
import { wakeEndpoint } from './wake-endpoint.ts'

const MOST_STORES = 100_000
const BATCH = 1_000
const OVERDUE_MS = 60_000

/** What a sweep did. */
export type Swept = { woken: number; forgotten: number }

/** Every hour, in every workspace: wakes endpoints whose job was lost, and forgets what is older than thirty days. */
export async function sweepWebhooks(ctx: Ctx): Promise<void> {
  for (const { workspaceId } of await listStoreDirectory(ctx, MOST_STORES))
    await sweepWorkspace({ ...ctx, workspaceId })
}

/** Sweeps the workspace of the context. */
export async function sweepWorkspace(ctx: Ctx): Promise<Swept> {
  return { woken: await wakeOverdue(ctx), forgotten: await forget(ctx) }
}

async function wakeOverdue(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  return transaction(ctx, async (tx) => {
    const overdue = await rows<EndpointRow>(
      tx,
      sql`SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints e
          WHERE workspace_id = ${tx.workspaceId} AND state = 'on' AND deleted_at IS NULL
            AND (lease_until IS NULL OR lease_until < ${now}) AND EXISTS (
              SELECT FROM webhook_deliveries d WHERE d.workspace_id = e.workspace_id AND d.endpoint_id = e.id
                AND d.state = 'waiting' AND d.next_attempt_at < ${new Date(now.getTime() - OVERDUE_MS)})
          ORDER BY id FOR NO KEY UPDATE`,
    )
    for (const endpoint of overdue) await wakeEndpoint(tx, endpoint, { at: now })
    return overdue.length
  })
}

/** Old messages with all that hangs on them, so many at a time that nobody waits for a lock; then what is left over. */
async function forget(ctx: Ctx): Promise<number> {
  const ws = ctx.workspaceId
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS)
  const old = sql`SELECT id FROM webhook_messages WHERE workspace_id = ${ws} AND created_at < ${before}
    ORDER BY created_at LIMIT ${BATCH}`
  const deliveries = sql`SELECT id FROM webhook_deliveries WHERE workspace_id = ${ws} AND message_id IN (${old})`
  let forgotten = 0
  for (let count = BATCH; count === BATCH;) {
    count = await transaction(ctx, async (tx) => {
      await rows(
        tx,
        sql`DELETE FROM webhook_attempts WHERE workspace_id = ${ws} AND delivery_id IN (${deliveries})`,
      )
      await rows(
        tx,
        sql`DELETE FROM webhook_deliveries WHERE workspace_id = ${ws} AND message_id IN (${old})`,
      )
      return (
        await rows(
          tx,
          sql`DELETE FROM webhook_messages WHERE workspace_id = ${ws} AND id IN (${old}) RETURNING id`,
        )
      ).length
    })
    forgotten += count
  }
  await forgetRemoved(ctx)
  return forgotten
}

/** Secrets that are no longer signed with, and removed endpoints of which nothing is left to show. */
async function forgetRemoved(ctx: Ctx): Promise<void> {
  const ws = ctx.workspaceId
  await statement(
    ctx,
    sql`UPDATE webhook_endpoints SET previous_secret = NULL, previous_until = NULL
        WHERE workspace_id = ${ws} AND previous_until < ${ctx.clock.now()}`,
  )
  await statement(
    ctx,
    sql`DELETE FROM webhook_endpoints e WHERE workspace_id = ${ws} AND deleted_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.workspace_id = e.workspace_id AND d.endpoint_id = e.id)`,
  )
}
