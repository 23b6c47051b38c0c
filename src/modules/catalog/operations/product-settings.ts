import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** The kinds' own settings of products, for delivery. */
export async function productSettings(
  ctx: TxCtx,
  productIds: readonly string[],
): Promise<{ productId: string; settings: unknown }[]> {
  return rows(
    ctx,
    sql`SELECT id AS "productId", settings FROM products
        WHERE workspace_id = ${ctx.workspaceId} AND id = ANY(${sql.param(productIds)}::uuid[])`,
  )
}
