import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** What went out with one link to a file of a right. */
export type LinkUse = {
  entitlementId: string
  fileId: string
  linkId: string
  sizeBytes: bigint
  sentBytes: bigint
  forgiven: number
}

/** Every link of these rights that was used, in one statement. */
export async function usesOf(ctx: TxCtx, entitlementIds: readonly string[]): Promise<LinkUse[]> {
  return rows<LinkUse>(
    ctx,
    sql`SELECT entitlement_id AS "entitlementId", file_id AS "fileId", link_id AS "linkId", size_bytes AS "sizeBytes",
          sent_bytes AS "sentBytes", forgiven
        FROM downloads
        WHERE workspace_id = ${ctx.workspaceId} AND entitlement_id = ANY (${sql.param(entitlementIds)}::uuid[])`,
  )
}
