import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { ERASED, type Buyer } from '../../../platform/personal-data.ts'
import type { Customer, CustomerFilter } from '../schema.ts'
import { findByName } from './index-buyers.ts'
import { getDocument, type DocumentFile } from './get-document.ts'

/** The last character there is: what begins with a text lies between it and it followed by this. */
const LAST = '\u{10ffff}'

type Row = { email: string; name: string; orders: number; paid: number; last_at: Date }

/** The people who ordered in the store, by their addresses, each with what they are called last. */
export async function listCustomers(ctx: Ctx, filter: CustomerFilter): Promise<Page<Customer>> {
  authorise(ctx, 'customers:read')
  const search = (filter.search ?? '').trim().toLowerCase()
  const [after = ''] = filter.after === undefined ? [] : decodeCursor(filter.after, 1)
  const found = await transaction(ctx, async (tx) =>
    rows<Row>(
      tx,
      sql`SELECT email, (array_agg(buyer_name ORDER BY id DESC))[1] AS name, count(*)::int AS orders,
            count(paid_at)::int AS paid, max(placed_at) AS last_at
          FROM orders WHERE workspace_id = ${tx.workspaceId} AND email <> ${ERASED.email}
            ${search === '' ? sql`` : await matching(tx, search)}
            ${after === '' ? sql`` : sql`AND email ~>~ ${after}`}
          GROUP BY email ORDER BY email USING ~<~ LIMIT ${filter.limit + 1}`,
    ),
  )
  const customers = found.map(({ email, name, orders, paid, last_at }) => ({
    email,
    name,
    orders,
    paid,
    lastOrderAt: last_at.toISOString(),
  }))
  return toPage(customers, filter.limit, ({ email }) => encodeCursor([email]))
}

async function matching(ctx: TxCtx, search: string): Promise<SQL> {
  const named = search.includes('@') ? [] : await findByName(ctx, search)
  const beginning = sql`(email ~>=~ ${search} AND email ~<~ ${search + LAST})`
  return named.length === 0
    ? sql`AND ${beginning}`
    : sql`AND (${beginning} OR email = ANY (${sql.param(named)}::text[]))`
}

/** Whom an address means in this store: what they called themselves, and their orders. */
export async function findBuyer(ctx: TxCtx, email: string): Promise<Buyer> {
  const { workspaceId } = ctx
  const found = await rows<{ id: string; buyer_name: string }>(
    ctx,
    sql`SELECT id, buyer_name FROM orders WHERE workspace_id = ${workspaceId} AND email = ${email} ORDER BY id`,
  )
  const names = [...new Set(found.map(({ buyer_name }) => buyer_name))]
  return { workspaceId, email, names, orderIds: found.map(({ id }) => id) }
}

/** The documents of orders, one after the other, as they were issued. */
export async function* documentsOf(ctx: Ctx, orderIds: readonly string[]): AsyncGenerator<DocumentFile> {
  const issued = await transaction(ctx, (tx) =>
    rows<{ id: string; order_id: string }>(
      tx,
      sql`SELECT id, order_id FROM documents WHERE workspace_id = ${tx.workspaceId}
            AND order_id = ANY (${sql.param(orderIds)}::uuid[]) ORDER BY issued_at, id`,
    ),
  )
  for (const { id, order_id: orderId } of issued) yield await getDocument(ctx, { orderId, documentId: id })
}
