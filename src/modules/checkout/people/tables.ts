import { foreignKey, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { orders } from '../tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * The words of the names of those who paid, in the normal form of search, for finding them by any of their names. Written by
 * a job after the sale, and read by bounded ranges of words.
 */
export const buyerWords = pgTable(
  'buyer_words',
  {
    workspaceId: uuid('workspace_id').notNull(),
    email: text('email').notNull(),
    word: text('word').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.email, table.word] }),
    index('buyer_words_word').on(table.workspaceId, table.word.op('text_pattern_ops'), table.email),
  ],
)

/** What the people of the store write down about an order, for each other. */
export const orderNotes = pgTable(
  'order_notes',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    orderId: uuid('order_id').notNull(),
    /** Who wrote it; null for a program. */
    userId: uuid('user_id'),
    body: text('body').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.orderId],
      foreignColumns: [orders.workspaceId, orders.id],
    }),
    index('order_notes_order').on(table.workspaceId, table.orderId, table.id),
  ],
)
