import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { DomainError } from '../../../platform/errors.ts'

const HOUR_MS = 3_600_000
const MOST_AN_HOUR = 10

/**
 * Lets only so many free orders an hour go to one address: each sends a mail that whoever orders has not paid for, to
 * whomever they name.
 * @throws `rate-limited`
 */
export async function refuseFlood(ctx: TxCtx, email: string): Promise<void> {
  if (!ctx.config.rateLimits) return
  const now = ctx.clock.now().getTime()
  const [tenth] = await rows<{ paidAt: Date }>(
    ctx,
    sql`SELECT paid_at AS "paidAt" FROM orders
        WHERE workspace_id = ${ctx.workspaceId} AND email = ${email} AND total_minor = 0
          AND paid_at > ${new Date(now - HOUR_MS)}
        ORDER BY id DESC OFFSET ${MOST_AN_HOUR - 1} LIMIT 1`,
  )
  if (tenth === undefined) return
  const retrySeconds = Math.max(1, Math.ceil((tenth.paidAt.getTime() + HOUR_MS - now) / 1000))
  throw new DomainError('rate-limited', 429, { retrySeconds })
}
