import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { Locale } from '../../../shared/locale.ts'

/** Whom the program itself writes to about the workspace. */
export type Owner = { email: string; name: string; locale: Locale }

/** The owners of the workspace, each with the language that they read. */
export async function listOwners(ctx: TxCtx): Promise<Owner[]> {
  return rows<Owner>(
    ctx,
    sql`SELECT u.email, u.name, u.locale FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.workspace_id = ${ctx.workspaceId} AND m.role = 'owner' ORDER BY m.user_id`,
  )
}
