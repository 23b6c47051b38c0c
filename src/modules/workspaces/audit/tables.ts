import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '../tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Who did what to what. Append-only: the serving role can neither change nor remove a row. */
export const auditEvents = pgTable(
  'audit_events',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    at: at('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    /** The person who acted, also where a token of theirs did. */
    userId: uuid('user_id'),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    ip: text('ip'),
    requestId: text('request_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('audit_events_subject').on(table.workspaceId, table.subjectKind, table.subjectId, table.id),
    index('audit_events_action').on(table.workspaceId, table.action, table.id),
    index('audit_events_user').on(table.workspaceId, table.userId, table.id),
  ],
)

/** Events that the chain does not hold yet. */
export const auditWaiting = pgTable(
  'audit_waiting',
  { workspaceId: uuid('workspace_id').notNull(), eventId: uuid('event_id').notNull() },
  (table) => [primaryKey({ columns: [table.workspaceId, table.eventId] })],
)

/** The chain over a workspace's log: one link per event, each holding the hash of the one before. Append-only. */
export const auditLinks = pgTable(
  'audit_links',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** From 1, without a gap. */
    number: bigint('number', { mode: 'bigint' }).notNull(),
    eventId: uuid('event_id').notNull(),
    /** SHA-256 in hexadecimal digits. */
    hash: text('hash').notNull(),
    linkedAt: at('linked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.number] }),
    unique('audit_links_event').on(table.workspaceId, table.eventId),
  ],
)

/** How far a workspace's chain reaches, signed with a key that is not in the database. */
export const auditHeads = pgTable('audit_heads', {
  workspaceId: uuid('workspace_id').primaryKey(),
  number: bigint('number', { mode: 'bigint' }).notNull(),
  hash: text('hash').notNull(),
  signature: text('signature').notNull(),
  updatedAt: at('updated_at').notNull(),
})
