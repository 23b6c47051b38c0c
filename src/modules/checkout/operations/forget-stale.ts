import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'
import { listStoreDirectory } from '../../workspaces/index.ts'

const MOST_STORES = 100_000
const BATCH = 1_000
const DAY_MS = 24 * 3_600_000

/** Longer than browsers keep a cart, and longer than anybody repeats a request. */
const CART_DAYS = 90
const KEY_DAYS = 30

/** How much was forgotten. */
export type Forgotten = { carts: number; keys: number }

/** Every night: drops carts that nobody comes back to, and the keys of requests that nobody repeats any more. */
export const forgetStaleJob = defineJob({
  name: 'forget-stale',
  schema: z.object({}),
  cron: '20 3 * * *',
  expireSeconds: 3600,
  handler: async (ctx) => {
    for (const { workspaceId } of await listStoreDirectory(ctx, MOST_STORES))
      await forgetStale({ ...ctx, workspaceId })
  },
})

/** Does it for the store of the context's workspace, so many rows at a time that nobody waits for a lock. */
export async function forgetStale(ctx: Ctx): Promise<Forgotten> {
  const before = (days: number) => new Date(ctx.clock.now().getTime() - days * DAY_MS)
  const ws = ctx.workspaceId
  return {
    carts: await inBatches(
      ctx,
      sql`DELETE FROM carts WHERE workspace_id = ${ws} AND id IN (
            SELECT id FROM carts WHERE workspace_id = ${ws} AND updated_at < ${before(CART_DAYS)}
            ORDER BY updated_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING id`,
    ),
    keys: await inBatches(
      ctx,
      sql`DELETE FROM idempotency_keys WHERE workspace_id = ${ws} AND (scope, key) IN (
            SELECT scope, key FROM idempotency_keys WHERE workspace_id = ${ws} AND created_at < ${before(KEY_DAYS)}
            ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING key`,
    ),
  }
}

async function inBatches(ctx: Ctx, deletion: SQL): Promise<number> {
  for (let forgotten = 0; ;) {
    const { length } = await transaction(ctx, (tx) => rows(tx, deletion))
    forgotten += length
    if (length < BATCH) return forgotten
  }
}
