import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { getProductKind } from '../kinds/index.ts'
import type { Held } from '../kinds/kind.ts'
import type { BuyerView } from '../schema.ts'

type Row = {
  id: string
  order_id: string
  line: number
  product_id: string
  kind: string
  quantity: number
  granted_at: Date
  revoked_at: Date | null
}

/** What the buyers of these orders have, by order and line. Who may ask has been settled by the caller. */
export async function listOrderRights(ctx: Ctx, orderIds: readonly string[]): Promise<BuyerView[]> {
  const found = await transaction(ctx, (tx) =>
    rows<Row>(
      tx,
      sql`SELECT id, order_id, line, product_id, kind, quantity, granted_at, revoked_at FROM entitlements
          WHERE workspace_id = ${tx.workspaceId} AND order_id = ANY(${sql.param(orderIds)}::uuid[])
          ORDER BY order_id, line`,
    ),
  )
  const views = new Map<string, BuyerView>()
  for (const [kind, ofKind] of Map.groupBy(found, (row) => row.kind)) {
    for (const view of await getProductKind(kind).view(ctx, ofKind.map(toHeld)))
      views.set(view.entitlementId, view)
  }
  return found.flatMap(({ id }) => views.get(id) ?? [])
}

function toHeld(row: Row): Held {
  return {
    entitlementId: row.id,
    orderId: row.order_id,
    line: row.line,
    productId: row.product_id,
    kind: row.kind,
    quantity: row.quantity,
    grantedAt: row.granted_at,
    revokedAt: row.revoked_at ?? undefined,
  }
}
