import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { deliverRef, deliverSlowRef } from '../job-refs.ts'

/** What has to be known of a locked endpoint to wake it. */
export type Sleeper = { id: string; slow: boolean; wakeAt: Date | null }

/**
 * Sees to it that somebody looks after a locked endpoint at that time. A job that is due by then does; `own` is the time
 * of the very job that asks, which is over.
 */
export async function wakeEndpoint(
  ctx: TxCtx,
  { id, slow, wakeAt }: Sleeper,
  { at, own }: { at: Date; own?: string | undefined },
): Promise<void> {
  const now = ctx.clock.now()
  const standing = wakeAt !== null && wakeAt > now && wakeAt <= at && wakeAt.toISOString() !== own
  if (standing) return
  await rows(
    ctx,
    sql`UPDATE webhook_endpoints SET wake_at = ${at} WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  const input = { endpointId: id, at: at.toISOString() }
  await enqueue(ctx, slow ? deliverSlowRef : deliverRef, input, at > now ? { startAfter: at } : {})
}
