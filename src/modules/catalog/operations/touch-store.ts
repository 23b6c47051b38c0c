import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** Tells page caches that something that the public can see has changed; in the transaction that changes it. */
export async function touchStore(ctx: TxCtx): Promise<void> {
  await rows(ctx, sql`UPDATE stores SET revision = revision + 1 WHERE workspace_id = ${ctx.workspaceId}`)
}
