import { sql } from 'drizzle-orm'
import {
  check,
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
import type { Attachment, MessageStatus } from './message.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** The outbox: every mail as its reader sees it, and what became of it. */
export const messages = pgTable(
  'messages',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    /** What the mail is about, `receipt/<order>`: the same key is never mailed twice. */
    dedupeKey: text('dedupe_key').notNull(),
    kind: text('kind').notNull(),
    locale: text('locale').$type<'ar' | 'en'>().notNull(),
    fromName: text('from_name').notNull(),
    replyTo: text('reply_to'),
    toEmail: text('to_email').notNull(),
    toName: text('to_name').notNull(),
    subject: text('subject').notNull(),
    html: text('html').notNull(),
    text: text('text').notNull(),
    /** What stands where html and text have dots: a key that only the reader may have, gone once the mail is sent. */
    secret: text('secret'),
    attachments: jsonb('attachments').$type<readonly Attachment[]>().notNull(),
    /** What it belongs to: an order, a refund, a person. */
    relatedKind: text('related_kind'),
    relatedId: uuid('related_id'),
    status: text('status').$type<MessageStatus>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** The server's own words, or ours in short. */
    lastError: text('last_error'),
    messageId: text('message_id').notNull(),
    createdAt: at('created_at').notNull(),
    /** When a sender took it; after the lease it is no longer known whether it went out. */
    claimedAt: at('claimed_at'),
    retryAt: at('retry_at'),
    sentAt: at('sent_at'),
    /** After this nobody has use for it: a link that no longer opens. */
    expiresAt: at('expires_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('messages_dedupe').on(table.workspaceId, table.dedupeKey),
    index('messages_status').on(table.workspaceId, table.status, table.id),
    index('messages_related').on(table.workspaceId, table.relatedKind, table.relatedId),
    check('messages_sent', sql`(${table.status} = 'sent') = (${table.sentAt} IS NOT NULL)`),
  ],
)
