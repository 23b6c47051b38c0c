import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { mustLockEndpoint } from './lock-endpoint.ts'

/**
 * Removes an endpoint: nothing is sent to it any more, what waited for it does not wait any longer, and its secrets are
 * forgotten. Its log goes when its time is over. @throws NotFound
 */
export async function removeEndpoint(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'webhooks:write')
  await transaction(ctx, async (tx) => {
    const { url } = await mustLockEndpoint(tx, id)
    const now = ctx.clock.now()
    await rows(
      tx,
      sql`WITH dropped AS (
          UPDATE webhook_deliveries SET state = 'failed', last_fault = 'endpoint-gone', next_attempt_at = NULL, done_at = ${now}
          WHERE workspace_id = ${tx.workspaceId} AND endpoint_id = ${id} AND state = 'waiting')
        UPDATE webhook_endpoints SET deleted_at = ${now}, state = 'off', secret = '', previous_secret = NULL, updated_at = ${now}
        WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    await audit(tx, {
      action: 'webhook-endpoint.remove',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
      before: { url },
    })
  })
}
