import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { EndpointStopped } from '../errors.ts'
import { KEPT_MS } from '../rules/backoff.ts'
import type { Replayed } from '../schema.ts'
import { mustLockEndpoint, type EndpointRow } from './lock-endpoint.ts'
import { wakeEndpoint } from './wake-endpoint.ts'

const MOST_AT_ONCE = 10_000

/** Sends one message to its endpoint again, whatever came of it before. @throws NotFound, EndpointStopped */
export async function replayDelivery(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'webhooks:write')
  await transaction(ctx, async (tx) => {
    const [delivery] = await rows<{ endpointId: string }>(
      tx,
      sql`SELECT endpoint_id AS "endpointId" FROM webhook_deliveries WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    if (delivery === undefined) throw new NotFound()
    const endpoint = await lockRunning(tx, delivery.endpointId)
    await rows(tx, sql`${setGoing(tx)} WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`)
    await wakeEndpoint(tx, endpoint, { at: ctx.clock.now() })
    await audit(tx, { action: 'webhook-delivery.replay', subjectKind: 'webhook-delivery', subjectId: id })
  })
}

/**
 * Sends again what was given up since a time, the oldest first, ten thousand at once. @throws NotFound, EndpointStopped
 */
export async function replayFailed(
  ctx: Ctx,
  { endpointId, since }: { endpointId: string; since: string },
): Promise<Replayed> {
  authorise(ctx, 'webhooks:write')
  return transaction(ctx, async (tx) => {
    const endpoint = await lockRunning(tx, endpointId)
    const again = await rows(
      tx,
      sql`${setGoing(tx)} WHERE workspace_id = ${tx.workspaceId} AND id IN (
            SELECT id FROM webhook_deliveries WHERE workspace_id = ${tx.workspaceId} AND endpoint_id = ${endpointId}
              AND state = 'failed' AND created_at >= ${earliestOf(since, ctx.clock.now())}
            ORDER BY id LIMIT ${MOST_AT_ONCE})
          RETURNING id`,
    )
    if (again.length > 0) await wakeEndpoint(tx, endpoint, { at: ctx.clock.now() })
    await audit(tx, {
      action: 'webhook-endpoint.replay',
      subjectKind: 'webhook-endpoint',
      subjectId: endpointId,
      after: { since, count: again.length },
    })
    return { count: again.length, more: again.length === MOST_AT_ONCE }
  })
}

async function lockRunning(tx: TxCtx, id: string): Promise<EndpointRow> {
  const endpoint = await mustLockEndpoint(tx, id)
  if (endpoint.state !== 'on') throw new EndpointStopped()
  return endpoint
}

/** Nothing is older than what is kept; years that no calendar of the database has need not be asked for. */
function earliestOf(since: string, now: Date): Date {
  return new Date(Math.max(Date.parse(since), now.getTime() - KEPT_MS))
}

function setGoing(ctx: TxCtx) {
  return sql`UPDATE webhook_deliveries SET state = 'waiting', tries = 0, next_attempt_at = ${ctx.clock.now()}, done_at = NULL`
}
