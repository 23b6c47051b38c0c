import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { keyset, sortOf, type KeyColumn } from '../../../platform/database/keyset.ts'
import { encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { firstIdAt, parseHumanCode } from '../../../shared/ids.ts'
import { orderFilterSchema, type OrderSummary } from '../schema.ts'
import { findByName } from './index-buyers.ts'
import { ORDER_COLUMNS, toSummary, type OrderRow } from './read-order.ts'

const NUMBER_LENGTH = 8

/** A shorter beginning of a number means too many orders. */
const LEAST_NUMBER = 3

/** Greater than every continuation of a text, in the byte order that the index has. */
const LAST = '\u{10FFFF}'

/** Which orders, and which page of them. */
export type ListOrders = {
  status?: OrderSummary['status'] | undefined
  search?: string | undefined
  /** Only those that wait for a person. */
  attention?: boolean | undefined
  placedFrom?: string | undefined
  placedBefore?: string | undefined
  /** Amounts are sorted within their currency; `-` means the greatest first. */
  sort?: '-placed' | 'placed' | '-total' | 'total' | undefined
  after?: string | undefined
  limit: number
}

/**
 * Orders, newest first unless told. The search takes an order number as people write it, the beginning of one, an e-mail
 * address or its beginning, or names of a buyer who paid.
 */
export async function listOrders(ctx: Ctx, input: ListOrders): Promise<Page<OrderSummary>> {
  authorise(ctx, 'orders:read')
  const { status, search, placedFrom, placedBefore, sort } = orderFilterSchema
    .omit({ attention: true })
    .parse(input)
  const { by, descending } = sortOf<'placed' | 'total'>(sort)
  const { beyond, order } = keyset(KEYS[by], { descending, after: input.after })
  const found = await transaction(ctx, async (tx) =>
    rows<OrderRow>(
      tx,
      sql`SELECT ${ORDER_COLUMNS} FROM orders o WHERE o.workspace_id = ${tx.workspaceId}
          ${status === undefined ? sql`` : sql`AND o.status = ${status}`}
          ${input.attention === true ? inQuestion(tx.workspaceId) : sql``}
          ${placed(placedFrom, placedBefore)}
          ${search === undefined || search === '' ? sql`` : await matching(tx, search)}
          ${beyond} ORDER BY ${order} LIMIT ${input.limit + 1}`,
    ),
  )
  return toPage(found.map(toSummary), input.limit, ({ id, total }) =>
    encodeCursor(by === 'placed' ? [id] : [total.currency, total.amount, id]),
  )
}

/** Ids begin with their time. Amounts of two currencies cannot be compared, so each currency stands by itself. */
const KEYS: Record<'placed' | 'total', readonly KeyColumn[]> = {
  placed: [{ column: sql`o.id`, type: 'uuid' }],
  total: [
    { column: sql`o.currency`, type: 'text' },
    { column: sql`o.total_minor`, type: 'int8' },
    { column: sql`o.id`, type: 'uuid' },
  ],
}

/** How far an order's id may be from its time: clocks of several processes differ. */
const SLACK_MS = 10 * 60_000

/** Ids begin with their time, so that a span of time is a span of the primary key. */
function placed(from: string | undefined, before: string | undefined): SQL {
  const since = from === undefined ? undefined : new Date(from)
  const until = before === undefined ? undefined : new Date(before)
  return sql`${since === undefined ? sql`` : sql`AND o.placed_at >= ${since} AND o.id >= ${firstIdAt(since.getTime() - SLACK_MS)}`}
    ${until === undefined ? sql`` : sql`AND o.placed_at < ${until} AND o.id <= ${firstIdAt(until.getTime() + SLACK_MS)}`}`
}

/** A payment of the order did not match it, and nobody has settled that yet. */
function inQuestion(workspaceId: string) {
  return sql`AND o.id IN (SELECT order_id FROM payments WHERE workspace_id = ${workspaceId}
    AND problem IS NOT NULL AND problem_settled_at IS NULL AND status <> 'captured')`
}

async function matching(ctx: TxCtx, search: string): Promise<SQL> {
  const first = search.toLowerCase()
  const named = search.includes('@') ? [] : await findByName(ctx, search)
  // Row-level security lets no index serve LIKE, which is not leak-proof; these two comparisons say the same and are.
  const ways = [
    sql`(o.email ~>=~ ${first} AND o.email ~<~ ${first + LAST})`,
    ...numbered(search),
    ...(named.length === 0 ? [] : [sql`o.email = ANY (${sql.param(named)}::text[])`]),
  ]
  return sql`AND (${sql.join(ways, sql` OR `)})`
}

/** Numbers all have the same length and letters, so those with a beginning lie between its least and its greatest. */
function numbered(search: string): SQL[] {
  for (let length = NUMBER_LENGTH; length >= LEAST_NUMBER; length -= 1) {
    const code = parseHumanCode(search, length)
    if (code === undefined) continue
    const [least, greatest] = [code.padEnd(NUMBER_LENGTH, '0'), code.padEnd(NUMBER_LENGTH, 'Z')]
    return least === greatest
      ? [sql`o.number = ${code}`]
      : [sql`(o.number >= ${least} AND o.number <= ${greatest})`]
  }
  return []
}
