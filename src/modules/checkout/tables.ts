import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { products } from '../catalog/tables.ts'
import type { CartItem, ObservedMoney } from './schema.ts'
import type { DocumentData } from './rules/document-data.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const minor = (name: string) => bigint(name, { mode: 'bigint' })

/** What a visitor means to buy. Holds no prices: they are read when it is shown and fixed when the order is placed. */
export const carts = pgTable(
  'carts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    currency: text('currency').notNull(),
    items: jsonb('items').$type<CartItem[]>().notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    /** The order that was placed from it; such a cart is never changed again. */
    orderId: uuid('order_id'),
    /** The unpaid order whose content this cart has again; it is cancelled when this cart is ordered. */
    replacesOrderId: uuid('replaces_order_id'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('carts_age').on(table.workspaceId, table.updatedAt),
  ],
)

/** A purchase, with its prices and taxes fixed. */
export const orders = pgTable(
  'orders',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    /** What people quote: short, random, unique in the store. */
    number: text('number').notNull(),
    status: text('status')
      .$type<'pending' | 'paid' | 'partially-refunded' | 'refunded' | 'cancelled'>()
      .notNull(),
    locale: text('locale').$type<'ar' | 'en'>().notNull(),
    email: text('email').notNull(),
    buyerName: text('buyer_name').notNull(),
    currency: text('currency').notNull(),
    netMinor: minor('net_minor').notNull(),
    taxMinor: minor('tax_minor').notNull(),
    totalMinor: minor('total_minor').notNull(),
    refundedMinor: minor('refunded_minor')
      .notNull()
      .default(sql`0`),
    taxRateBps: integer('tax_rate_bps').notNull(),
    pricesIncludeTax: boolean('prices_include_tax').notNull(),
    placedAt: at('placed_at').notNull(),
    paidAt: at('paid_at'),
    /** Until when the stock of an unpaid order stays reserved. */
    expiresAt: at('expires_at').notNull(),
    cancelledAt: at('cancelled_at'),
    cancelReason: text('cancel_reason').$type<'expired' | 'buyer' | 'seller'>(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('orders_number').on(table.workspaceId, table.number),
    index('orders_buyer').on(table.workspaceId, table.email.op('text_pattern_ops'), table.id),
    index('orders_status').on(table.workspaceId, table.status, table.id),
    // For the list by amount, each currency by itself.
    index('orders_total').on(table.workspaceId, table.currency, table.totalMinor, table.id),
    index('orders_pending')
      .on(table.workspaceId, table.expiresAt)
      .where(sql`status = 'pending'`),
    // With what the days' income is summed from: a quarter of a million orders are not looked up one by one.
    index('orders_paid')
      .on(table.workspaceId, table.paidAt, table.currency, table.totalMinor)
      .where(sql`paid_at IS NOT NULL`),
    check('orders_sum', sql`${table.netMinor} + ${table.taxMinor} = ${table.totalMinor}`),
    check('orders_refunded', sql`${table.refundedMinor} BETWEEN 0 AND ${table.totalMinor}`),
  ],
)

/** One product of an order, with its words and figures as they were. */
export const orderLines = pgTable(
  'order_lines',
  {
    workspaceId: uuid('workspace_id').notNull(),
    orderId: uuid('order_id').notNull(),
    line: integer('line').notNull(),
    productId: uuid('product_id').notNull(),
    kind: text('kind').notNull(),
    titleAr: text('title_ar').notNull(),
    titleEn: text('title_en').notNull(),
    quantity: integer('quantity').notNull(),
    unitMinor: minor('unit_minor').notNull(),
    netMinor: minor('net_minor').notNull(),
    taxMinor: minor('tax_minor').notNull(),
    totalMinor: minor('total_minor').notNull(),
    /** Whether a copy of a product with a stock limit is held, or sold, for it. */
    stocked: boolean('stocked').notNull(),
    refundedMinor: minor('refunded_minor')
      .notNull()
      .default(sql`0`),
    refundedTaxMinor: minor('refunded_tax_minor')
      .notNull()
      .default(sql`0`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.orderId, table.line] }),
    foreignKey({
      columns: [table.workspaceId, table.orderId],
      foreignColumns: [orders.workspaceId, orders.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    index('order_lines_product').on(table.workspaceId, table.productId, table.orderId),
    check('order_lines_sum', sql`${table.netMinor} + ${table.taxMinor} = ${table.totalMinor}`),
    check('order_lines_refunded', sql`${table.refundedMinor} BETWEEN 0 AND ${table.totalMinor}`),
    check('order_lines_refunded_tax', sql`${table.refundedTaxMinor} BETWEEN 0 AND ${table.taxMinor}`),
  ],
)

/** One attempt to be paid for an order by one provider. */
export const payments = pgTable(
  'payments',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    orderId: uuid('order_id').notNull(),
    provider: text('provider').notNull(),
    /** `created` before the provider knows it, `started` with its reference; then what became of it. */
    status: text('status')
      .$type<'created' | 'started' | 'processing' | 'captured' | 'declined' | 'cancelled'>()
      .notNull(),
    currency: text('currency').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    refundedMinor: minor('refunded_minor')
      .notNull()
      .default(sql`0`),
    providerReference: text('provider_reference'),
    redirectUrl: text('redirect_url'),
    declineReason: text('decline_reason'),
    /** Why the provider's word was not acted on; a person has to look. */
    problem: text('problem').$type<'mismatch'>(),
    /** What the provider said instead, at the last look. */
    observed: jsonb('observed').$type<ObservedMoney>(),
    /** When and with which words a person settled it. */
    problemSettledAt: at('problem_settled_at'),
    problemNote: text('problem_note'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    capturedAt: at('captured_at'),
    /** When the sweeper asks the provider next; null once nothing can change any more. */
    checkAt: at('check_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.orderId],
      foreignColumns: [orders.workspaceId, orders.id],
    }),
    index('payments_order').on(table.workspaceId, table.orderId),
    unique('payments_reference').on(table.workspaceId, table.provider, table.providerReference),
    index('payments_due')
      .on(table.workspaceId, table.checkAt)
      .where(sql`check_at IS NOT NULL`),
    index('payments_problem')
      .on(table.workspaceId, table.orderId)
      .where(sql`problem IS NOT NULL AND problem_settled_at IS NULL`),
    check('payments_refunded', sql`${table.refundedMinor} BETWEEN 0 AND ${table.amountMinor}`),
  ],
)

/** What providers told us, once each, as they said it. */
export const paymentEvents = pgTable(
  'payment_events',
  {
    workspaceId: uuid('workspace_id').notNull(),
    provider: text('provider').notNull(),
    eventId: text('event_id').notNull(),
    reference: text('reference').notNull(),
    payload: text('payload').notNull(),
    receivedAt: at('received_at').notNull(),
    handledAt: at('handled_at'),
    outcome: text('outcome'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.provider, table.eventId] }),
    index('payment_events_age').on(table.workspaceId, table.receivedAt),
  ],
)

/**
 * Money given back: `pending` before the provider has answered. An `order` refund takes back a part of the sale. The others
 * return a payment that never became a sale, so they have no lines: a `surplus` came too late or twice, a `mismatch` was
 * of another amount than was asked for.
 */
export const refunds = pgTable(
  'refunds',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    orderId: uuid('order_id').notNull(),
    paymentId: uuid('payment_id').notNull(),
    kind: text('kind').$type<'order' | 'surplus' | 'mismatch'>().notNull(),
    status: text('status').$type<'pending' | 'done' | 'failed'>().notNull(),
    currency: text('currency').notNull(),
    netMinor: minor('net_minor').notNull(),
    taxMinor: minor('tax_minor').notNull(),
    totalMinor: minor('total_minor').notNull(),
    reason: text('reason').notNull(),
    /** Whether the copies of lines that are given back whole can be sold again. */
    restock: boolean('restock').notNull().default(false),
    providerReference: text('provider_reference'),
    failedReason: text('failed_reason'),
    createdAt: at('created_at').notNull(),
    doneAt: at('done_at'),
    checkAt: at('check_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.orderId],
      foreignColumns: [orders.workspaceId, orders.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.paymentId],
      foreignColumns: [payments.workspaceId, payments.id],
    }),
    index('refunds_order').on(table.workspaceId, table.orderId),
    index('refunds_done')
      .on(table.workspaceId, table.doneAt)
      .where(sql`done_at IS NOT NULL`),
    index('refunds_due')
      .on(table.workspaceId, table.checkAt)
      .where(sql`check_at IS NOT NULL`),
    check('refunds_sum', sql`${table.netMinor} + ${table.taxMinor} = ${table.totalMinor}`),
  ],
)

/** How a refund falls on the order's lines. */
export const refundLines = pgTable(
  'refund_lines',
  {
    workspaceId: uuid('workspace_id').notNull(),
    refundId: uuid('refund_id').notNull(),
    line: integer('line').notNull(),
    netMinor: minor('net_minor').notNull(),
    taxMinor: minor('tax_minor').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.refundId, table.line] }),
    foreignKey({
      columns: [table.workspaceId, table.refundId],
      foreignColumns: [refunds.workspaceId, refunds.id],
    }),
  ],
)

/** The last number given to a kind of document in a year; the row's lock makes the numbers gapless. */
export const documentCounters = pgTable(
  'document_counters',
  {
    workspaceId: uuid('workspace_id').notNull(),
    kind: text('kind').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.kind, table.year] })],
)

/** Invoices, credit notes and receipts of free orders as issued: numbered without gaps, never changed. */
export const documents = pgTable(
  'documents',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<'invoice' | 'credit-note' | 'receipt'>().notNull(),
    year: integer('year').notNull(),
    number: integer('number').notNull(),
    orderId: uuid('order_id').notNull(),
    refundId: uuid('refund_id'),
    /** All that the paper says, frozen. */
    data: jsonb('data').$type<DocumentData>().notNull(),
    issuedAt: at('issued_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.orderId],
      foreignColumns: [orders.workspaceId, orders.id],
    }),
    unique('documents_number').on(table.workspaceId, table.kind, table.year, table.number),
    unique('documents_once')
      .on(table.workspaceId, table.orderId, table.kind, table.refundId)
      .nullsNotDistinct(),
  ],
)
