import { sql } from 'drizzle-orm'
import type { Announcement } from '../../../platform/announcement.ts'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { EndpointsFull } from '../errors.ts'
import type { EndpointWithSecret, NewEndpoint } from '../schema.ts'
import { webhookEndpoints } from '../tables.ts'
import { checkEndpoint } from './check-endpoint.ts'
import { describeEndpoint } from './describe-endpoint.ts'
import { newSecret } from './endpoint-secret.ts'

const MOST_ENDPOINTS = 20

/** Adds an endpoint; what happens from now on is told to it. @throws UrlRefused, UnknownEventType, EndpointsFull */
export async function createEndpoint(
  ctx: Ctx,
  input: NewEndpoint,
  announcements: readonly Announcement[],
): Promise<EndpointWithSecret> {
  authorise(ctx, 'webhooks:write')
  checkEndpoint(ctx, input, announcements)
  return transaction(ctx, async (tx) => {
    const [there] = await rows<{ count: bigint }>(
      tx,
      sql`SELECT count(*) FROM webhook_endpoints WHERE workspace_id = ${tx.workspaceId} AND deleted_at IS NULL`,
    )
    if (Number(there?.count ?? 0) >= MOST_ENDPOINTS) throw new EndpointsFull(MOST_ENDPOINTS)
    const now = ctx.clock.now()
    const id = ctx.ids.next()
    const { shown, kept } = await newSecret(tx, id)
    const [row] = await tx.tx.db
      .insert(webhookEndpoints)
      .values({
        workspaceId: tx.workspaceId,
        id,
        url: input.url,
        description: input.description,
        eventTypes: input.eventTypes,
        state: input.enabled ? 'on' : 'off',
        stateAt: now,
        secret: kept,
        slow: false,
        createdAt: now,
        updatedAt: now,
      })
      .returning()
    await audit(tx, {
      action: 'webhook-endpoint.create',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
      after: input,
    })
    if (row === undefined) throw new Error('assertion failed: the endpoint was not written')
    return { ...describeEndpoint(row, now), secret: shown }
  })
}
