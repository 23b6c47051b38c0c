import { sql } from 'drizzle-orm'
import { announcePublicChange } from '../../../platform/changes.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { afterCommit, rows } from '../../../platform/database/transaction.ts'

/** Tells page caches that something that the public can see has changed; in the transaction that changes it. */
export async function touchStore(ctx: TxCtx): Promise<void> {
  await rows(ctx, sql`UPDATE stores SET revision = revision + 1 WHERE workspace_id = ${ctx.workspaceId}`)
  afterCommit(ctx, () => announcePublicChange(ctx.workspaceId))
}
