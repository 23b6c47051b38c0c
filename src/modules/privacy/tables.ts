import { bigint, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '../workspaces/tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * A wish to take along, or to have erased, what is kept about one person: a buyer by their address, or a member. Whom it is
 * about is forgotten with the archive; that it was done stays.
 */
export const privacyRequests = pgTable(
  'privacy_requests',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    kind: text('kind').$type<'export' | 'erasure'>().notNull(),
    about: text('about').$type<'buyer' | 'member'>().notNull(),
    /** The buyer's address; null once it is erased or the archive is gone. */
    email: text('email'),
    /** The member whose data it is. */
    userId: uuid('user_id'),
    requestedBy: uuid('requested_by').notNull(),
    status: text('status').$type<'waiting' | 'running' | 'done' | 'failed'>().notNull(),
    /** Parts that are done, of `parts`. */
    done: integer('done').notNull().default(0),
    parts: integer('parts').notNull().default(0),
    /** Rows that were written into the archive, or erased. */
    rowsTouched: integer('rows_touched').notNull().default(0),
    sizeBytes: bigint('size_bytes', { mode: 'bigint' }),
    createdAt: at('created_at').notNull(),
    finishedAt: at('finished_at'),
    /** When the archive is removed. */
    expiresAt: at('expires_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('privacy_requests_member').on(table.workspaceId, table.userId, table.id),
    index('privacy_requests_expiry').on(table.workspaceId, table.expiresAt),
  ],
)
