import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** What the workspace is called: the heading of its reports. */
export async function workspaceName(ctx: TxCtx): Promise<string> {
  const [row] = await rows<{ name: string }>(
    ctx,
    sql`SELECT name FROM workspaces WHERE id = ${ctx.workspaceId}`,
  )
  return row?.name ?? ''
}
