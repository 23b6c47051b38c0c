import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { parseHumanCode } from '../../../shared/ids.ts'
import { orderFilterSchema, type OrderSummary } from '../schema.ts'
import { ORDER_COLUMNS, toSummary, type OrderRow } from './read-order.ts'

const NUMBER_LENGTH = 8

/** Greater than every continuation of a text, in the byte order that the index has. */
const LAST = '\u{10FFFF}'

/** Which orders, and which page of them. */
export type ListOrders = {
  status?: OrderSummary['status'] | undefined
  search?: string | undefined
  /** Only those that wait for a person. */
  attention?: boolean | undefined
  after?: string | undefined
  limit: number
}

/** Orders, newest first. The search takes an order number as people write it, or an e-mail address or its beginning. */
export async function listOrders(ctx: Ctx, input: ListOrders): Promise<Page<OrderSummary>> {
  authorise(ctx, 'orders:read')
  const { status, search } = orderFilterSchema.omit({ attention: true }).parse(input)
  const after = input.after === undefined ? undefined : decodeIdCursor(input.after)
  const found = await transaction(ctx, (tx) =>
    rows<OrderRow>(
      tx,
      sql`SELECT ${ORDER_COLUMNS} FROM orders o WHERE o.workspace_id = ${tx.workspaceId}
          ${status === undefined ? sql`` : sql`AND o.status = ${status}`}
          ${input.attention === true ? inQuestion(tx.workspaceId) : sql``}
          ${search === undefined || search === '' ? sql`` : matching(search)}
          ${after === undefined ? sql`` : sql`AND o.id < ${after}`}
          ORDER BY o.id DESC LIMIT ${input.limit + 1}`,
    ),
  )
  return toPage(found.map(toSummary), input.limit, (order) => encodeCursor([order.id]))
}

/** A payment of the order did not match it, and nobody has settled that yet. */
function inQuestion(workspaceId: string) {
  return sql`AND o.id IN (SELECT order_id FROM payments WHERE workspace_id = ${workspaceId}
    AND problem IS NOT NULL AND problem_settled_at IS NULL AND status <> 'captured')`
}

function matching(search: string) {
  const number = parseHumanCode(search, NUMBER_LENGTH)
  const first = search.toLowerCase()
  // Row-level security lets no index serve LIKE, which is not leak-proof; these two comparisons say the same and are.
  const beginning = sql`(o.email ~>=~ ${first} AND o.email ~<~ ${first + LAST})`
  return number === undefined ? sql`AND ${beginning}` : sql`AND (o.number = ${number} OR ${beginning})`
}
