import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { keyset, sortOf } from '../../../platform/database/keyset.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { ERASED, type Buyer } from '../../../platform/personal-data.ts'
import type { Customer } from '../schema.ts'
import type { CustomerFilter } from '../seller-schema.ts'
import { findByName } from './index-buyers.ts'
import { getDocument, type DocumentFile } from './get-document.ts'

/** The last character there is: what begins with a text lies between it and it followed by this. */
const LAST = '\u{10ffff}'

type Row = { email: string; name: string; orders: number; paid: number; last_at: Date; last_id: string }

/** The people who ordered in the store, who ordered last first unless told, each with what they are called last. */
export async function listCustomers(ctx: Ctx, filter: CustomerFilter): Promise<Page<Customer>> {
  authorise(ctx, 'customers:read')
  const search = (filter.search ?? '').trim().toLowerCase()
  const { by, descending } = sortOf<'last' | 'email'>(filter.sort ?? '-last')
  const page = { descending, after: filter.after, limit: filter.limit + 1 }
  const found = await transaction(ctx, async (tx) => {
    const wanted = search === '' ? sql`` : await matching(tx, search)
    return rows<Row>(tx, by === 'last' ? byLast(tx, wanted, page) : byEmail(tx, wanted, page))
  })
  const { items, next } = toPage(found, filter.limit, ({ email, last_id }) =>
    encodeCursor([by === 'last' ? last_id : email]),
  )
  const customers = items.map(({ email, name, orders, paid, last_at }) => ({
    email,
    name,
    orders,
    paid,
    lastOrderAt: last_at.toISOString(),
  }))
  return { items: customers, next }
}

type Wanted = { descending: boolean; after: string | undefined; limit: number }

const FIGURES = sql.raw(`(array_agg(o.buyer_name ORDER BY o.id DESC))[1] AS name, count(*)::int AS orders,
  count(o.paid_at)::int AS paid, max(o.placed_at) AS last_at, (array_agg(o.id ORDER BY o.id DESC))[1] AS last_id`)

function byEmail({ workspaceId }: TxCtx, wanted: SQL, { descending, after, limit }: Wanted): SQL {
  const [last = ''] = after === undefined || after === '' ? [] : decodeCursor(after, 1)
  const beyond = descending ? sql`AND o.email ~<~ ${last}` : sql`AND o.email ~>~ ${last}`
  return sql`SELECT o.email, ${FIGURES} FROM orders o
      WHERE o.workspace_id = ${workspaceId} AND o.email <> ${ERASED.email} ${wanted} ${last === '' ? sql`` : beyond}
      GROUP BY o.email ORDER BY o.email USING ${descending ? sql`~>~` : sql`~<~`} LIMIT ${limit}`
}

/**
 * A customer stands where their last order does: orders are walked through in the order of their ids, and those that their buyer
 * followed by another are passed over. Only those of the page are added up. Both are asked one by one, since a join of the two
 * would be planned as one of all orders.
 */
function byLast({ workspaceId }: TxCtx, wanted: SQL, { descending, after, limit }: Wanted): SQL {
  const { beyond, order } = keyset([{ column: sql`o.id`, type: 'uuid' }], { descending, after })
  return sql`WITH latest AS MATERIALIZED (
        SELECT o.email, o.id FROM orders o
        WHERE o.workspace_id = ${workspaceId} AND o.email <> ${ERASED.email} ${wanted} ${beyond}
          AND (SELECT true FROM orders later WHERE later.workspace_id = ${workspaceId} AND later.email = o.email
            AND later.id > o.id LIMIT 1) IS NOT TRUE
        ORDER BY ${order} LIMIT ${limit})
      SELECT latest.email, sums.* FROM latest CROSS JOIN LATERAL (SELECT ${FIGURES} FROM orders o
        WHERE o.workspace_id = ${workspaceId} AND o.email = latest.email) sums
      ORDER BY latest.id ${sql.raw(descending ? 'DESC' : 'ASC')}`
}

async function matching(ctx: TxCtx, search: string): Promise<SQL> {
  const named = search.includes('@') ? [] : await findByName(ctx, search)
  const beginning = sql`(o.email ~>=~ ${search} AND o.email ~<~ ${search + LAST})`
  return named.length === 0
    ? sql`AND ${beginning}`
    : sql`AND (${beginning} OR o.email = ANY (${sql.param(named)}::text[]))`
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
