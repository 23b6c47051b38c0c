import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import type { EndpointWithSecret } from '../schema.ts'
import { describeEndpoint } from './describe-endpoint.ts'
import { newSecret, secretsOf } from './endpoint-secret.ts'
import { mustLockEndpoint } from './lock-endpoint.ts'

const OVERLAP_MS = 24 * 3_600_000

/**
 * Gives an endpoint another secret. For a day messages are signed with both, so that the receiver may change over at its
 * leisure. @throws NotFound
 */
export async function rotateSecret(ctx: Ctx, id: string): Promise<EndpointWithSecret> {
  authorise(ctx, 'webhooks:write')
  return transaction(ctx, async (tx) => {
    const before = await mustLockEndpoint(tx, id)
    const now = ctx.clock.now()
    const until = new Date(now.getTime() + OVERLAP_MS)
    const { shown, kept } = await newSecret(tx, id)
    await rows(
      tx,
      sql`UPDATE webhook_endpoints SET secret = ${kept}, previous_secret = secret, previous_until = ${until}, updated_at = ${now}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    await audit(tx, {
      action: 'webhook-endpoint.rotate-secret',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
    })
    const after = {
      ...before,
      secret: kept,
      previousSecret: before.secret,
      previousUntil: until,
      updatedAt: now,
    }
    return { ...describeEndpoint(after, now), secret: shown }
  })
}

/** Shows an endpoint's secret again, which the audit log remembers. @throws NotFound */
export async function revealSecret(ctx: Ctx, id: string): Promise<EndpointWithSecret> {
  authorise(ctx, 'webhooks:write')
  return transaction(ctx, async (tx) => {
    const endpoint = await mustLockEndpoint(tx, id)
    const now = ctx.clock.now()
    await audit(tx, {
      action: 'webhook-endpoint.reveal-secret',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
    })
    const [secret] = secretsOf(tx, endpoint, now)
    return { ...describeEndpoint(endpoint, now), secret }
  })
}
