import { sql } from 'drizzle-orm'
import type { Announcement } from '../../../platform/announcement.ts'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import type { Endpoint, UpdateEndpoint } from '../schema.ts'
import { checkEndpoint } from './check-endpoint.ts'
import { describeEndpoint } from './describe-endpoint.ts'
import { mustLockEndpoint, type EndpointRow } from './lock-endpoint.ts'
import { wakeEndpoint } from './wake-endpoint.ts'

/**
 * Changes an endpoint. Switched on again, it gets what has been waiting for it, at once.
 * @throws NotFound, UrlRefused, UnknownEventType
 */
export async function updateEndpoint(
  ctx: Ctx,
  { id, change }: { id: string; change: UpdateEndpoint },
  announcements: readonly Announcement[],
): Promise<Endpoint> {
  authorise(ctx, 'webhooks:write')
  checkEndpoint(ctx, change, announcements)
  return transaction(ctx, async (tx) => {
    const before = await mustLockEndpoint(tx, id)
    const now = ctx.clock.now()
    const after = changed(before, change, now)
    await rows(
      tx,
      sql`UPDATE webhook_endpoints SET url = ${after.url}, description = ${after.description},
            event_types = ${sql.param(after.eventTypes)}::text[], state = ${after.state}, state_at = ${after.stateAt},
            failing_since = ${after.failingSince}::timestamptz, slow = ${after.slow}, updated_at = ${now}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    if (before.state !== 'on' && after.state === 'on') await resume(tx, after)
    await audit(tx, {
      action: 'webhook-endpoint.update',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
      before: auditedPart(before),
      after: auditedPart(after),
    })
    return describeEndpoint(after, now)
  })
}

function changed(before: EndpointRow, change: UpdateEndpoint, now: Date): EndpointRow {
  const {
    url = before.url,
    description = before.description,
    eventTypes = before.eventTypes,
    enabled,
  } = change
  const after = { ...before, url, description, eventTypes, updatedAt: now }
  if (enabled === undefined || enabled === (before.state === 'on')) return after
  // A new start: how it fared before says nothing any more.
  if (enabled) return { ...after, state: 'on', stateAt: now, failingSince: null, slow: false }
  return { ...after, state: 'off', stateAt: now }
}

async function resume(ctx: TxCtx, endpoint: EndpointRow): Promise<void> {
  const now = ctx.clock.now()
  await rows(
    ctx,
    sql`UPDATE webhook_deliveries SET next_attempt_at = ${now}
        WHERE workspace_id = ${ctx.workspaceId} AND endpoint_id = ${endpoint.id} AND state = 'waiting'`,
  )
  await wakeEndpoint(ctx, endpoint, { at: now })
}

function auditedPart({ url, description, eventTypes, state }: EndpointRow) {
  return { url, description, eventTypes, state }
}
