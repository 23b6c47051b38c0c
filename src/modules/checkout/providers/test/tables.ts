import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const minor = (name: string) => bigint(name, { mode: 'bigint' })

/** The test provider's own books: what a bank would keep outside. Only `providers/test` reads or writes it. */
export const testPayments = pgTable(
  'test_payments',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    status: text('status')
      .$type<'open' | 'challenge' | 'processing' | 'paid' | 'declined' | 'cancelled'>()
      .notNull(),
    currency: text('currency').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    refundedMinor: minor('refunded_minor')
      .notNull()
      .default(sql`0`),
    description: text('description').notNull(),
    locale: text('locale').$type<'ar' | 'en'>().notNull(),
    returnUrl: text('return_url').notNull(),
    settlesAt: at('settles_at'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('test_payments_key').on(table.workspaceId, table.idempotencyKey),
    check('test_payments_refunded', sql`${table.refundedMinor} BETWEEN 0 AND ${table.amountMinor}`),
  ],
)

/** Refunds in the test provider's books, once per key. */
export const testRefunds = pgTable(
  'test_refunds',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    testPaymentId: uuid('test_payment_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.testPaymentId],
      foreignColumns: [testPayments.workspaceId, testPayments.id],
    }),
    unique('test_refunds_key').on(table.workspaceId, table.idempotencyKey),
  ],
)

/** Faults that a test asked of the test provider: its next calls of a kind do their work and then answer with an error. */
export const testFaults = pgTable(
  'test_faults',
  {
    workspaceId: uuid('workspace_id').notNull(),
    call: text('call').$type<'start' | 'fetch' | 'refund'>().notNull(),
    remaining: integer('remaining').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.call] }),
    check('test_faults_remaining', sql`${table.remaining} >= 0`),
  ],
)
