import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { isId, parseHumanCode } from '../../../shared/ids.ts'
import { orderFilterSchema, type OrderSummary } from '../schema.ts'
import { ORDER_COLUMNS, toSummary, type OrderRow } from './read-order.ts'

const NUMBER_LENGTH = 8

/** Which orders, and which page of them. */
export type ListOrders = {
  status?: OrderSummary['status'] | undefined
  search?: string | undefined
  after?: string | undefined
  limit: number
}

/** Orders, newest first. The search takes an order number as people write it, or an e-mail address or its beginning. */
export async function listOrders(ctx: Ctx, input: ListOrders): Promise<Page<OrderSummary>> {
  authorise(ctx, 'orders:read')
  const { status, search } = orderFilterSchema.parse({ status: input.status, search: input.search })
  const after = input.after === undefined ? undefined : cursorId(input.after)
  const found = await transaction(ctx, (tx) =>
    rows<OrderRow>(
      tx,
      sql`SELECT ${ORDER_COLUMNS} FROM orders o WHERE o.workspace_id = ${tx.workspaceId}
          ${status === undefined ? sql`` : sql`AND o.status = ${status}`}
          ${search === undefined || search === '' ? sql`` : matching(search)}
          ${after === undefined ? sql`` : sql`AND o.id < ${after}`}
          ORDER BY o.id DESC LIMIT ${input.limit + 1}`,
    ),
  )
  return toPage(found.map(toSummary), input.limit, (order) => encodeCursor([order.id]))
}

function matching(search: string) {
  const number = parseHumanCode(search, NUMBER_LENGTH)
  const beginning = `${search.toLowerCase().replace(/[\\%_]/gu, '\\$&')}%`
  return number === undefined
    ? sql`AND o.email LIKE ${beginning}`
    : sql`AND (o.number = ${number} OR o.email LIKE ${beginning})`
}

function cursorId(cursor: string): string {
  const [id = ''] = decodeCursor(cursor, 1)
  return isId(id) ? id : '00000000-0000-7000-8000-000000000000'
}
