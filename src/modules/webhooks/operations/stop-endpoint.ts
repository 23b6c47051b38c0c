import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { queueMessages } from '../../../platform/mail/queue-message.ts'
import { audit, listOwners } from '../../workspaces/index.ts'
import type { EndpointRow } from './lock-endpoint.ts'
import { stoppedMail } from './stopped-mail.ts'

/**
 * Stops a locked endpoint by itself, and tells the owners, each in their language. One that has failed for long is paused:
 * what waits for it goes on waiting. One that is gone wants nothing any more, so what waits for it has failed.
 */
export async function stopEndpoint(
  ctx: TxCtx,
  endpoint: EndpointRow,
  verdict: 'pause' | 'gone',
): Promise<EndpointRow> {
  const now = ctx.clock.now()
  const state = verdict === 'pause' ? 'paused' : 'gone'
  if (verdict === 'gone') {
    await rows(
      ctx,
      sql`UPDATE webhook_deliveries SET state = 'failed', last_fault = 'endpoint-gone', next_attempt_at = NULL, done_at = ${now}
          WHERE workspace_id = ${ctx.workspaceId} AND endpoint_id = ${endpoint.id} AND state = 'waiting'`,
    )
  }
  await rows(
    ctx,
    sql`UPDATE webhook_endpoints SET state = ${state}, state_at = ${now} WHERE workspace_id = ${ctx.workspaceId} AND id = ${endpoint.id}`,
  )
  await audit(ctx, {
    action: `webhook-endpoint.${verdict}`,
    subjectKind: 'webhook-endpoint',
    subjectId: endpoint.id,
    before: { state: endpoint.state },
    after: { state },
  })
  const owners = await listOwners(ctx)
  await queueMessages(
    ctx,
    owners.map(({ email, name, locale }) => ({
      ...stoppedMail(locale, {
        name,
        url: endpoint.url,
        verdict,
        settingsUrl: `${ctx.config.publicUrl}/dashboard/settings/webhooks/${endpoint.id}`,
      }),
      fromName: 'Rafid',
      dedupeKey: `webhook-stopped/${endpoint.id}/${now.toISOString()}/${email}`,
      to: { email, name },
    })),
  )
  return { ...endpoint, state, stateAt: now }
}
