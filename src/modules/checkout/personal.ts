import { sql } from 'drizzle-orm'
import { isOneOf, type Buyer, type PersonalTable } from '../../platform/personal-data.ts'

const ofPayments = ({ workspaceId, orderIds }: Buyer) =>
  sql`SELECT provider_reference FROM payments WHERE workspace_id = ${workspaceId} AND ${isOneOf('order_id', orderIds)}`

/** What carts, orders and payments hold about people. */
export const personal: readonly PersonalTable[] = [
  {
    table: 'orders',
    columns: { email: 'email', buyer_name: 'name' },
    buyer: ({ orderIds }) => isOneOf('id', orderIds),
  },
  {
    table: 'buyer_words',
    columns: { email: 'row', word: 'row' },
    buyer: ({ email }) => sql`email = ${email}`,
  },
  {
    // Written by the people of the store about the order, and so perhaps about its buyer.
    table: 'order_notes',
    columns: { body: 'row', user_id: 'kept: who of the store wrote it' },
    buyer: ({ orderIds }) => isOneOf('order_id', orderIds),
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
  { table: 'order_lines', columns: {}, buyer: ({ orderIds }) => isOneOf('order_id', orderIds) },
  {
    table: 'payments',
    columns: { redirect_url: 'null', problem_note: 'null' },
    buyer: ({ orderIds }) => isOneOf('order_id', orderIds),
  },
  {
    // What a provider told, in its own words: needed until it is settled, and a person's only by chance.
    table: 'payment_events',
    columns: { payload: 'empty' },
    buyer: (who) => sql`reference IN (${ofPayments(who)})`,
  },
  {
    table: 'refunds',
    columns: { reason: 'empty' },
    buyer: ({ orderIds }) => isOneOf('order_id', orderIds),
  },
  {
    // As issued: tax law of nearly every country wants invoices and credit notes kept unchanged for years.
    table: 'documents',
    columns: { data: 'kept: invoices are kept as issued, as tax law wants' },
    buyer: ({ orderIds }) => isOneOf('order_id', orderIds),
  },
  {
    table: 'carts',
    columns: { items: 'row' },
    buyer: ({ orderIds }) =>
      sql`(${isOneOf('order_id', orderIds)} OR ${isOneOf('replaces_order_id', orderIds)})`,
  },
  {
    table: 'test_payments',
    columns: { return_url: 'empty' },
    buyer: (who) => sql`id::text IN (${ofPayments(who)})`,
    secret: ['idempotency_key'],
  },
]
