import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Role } from '../../../platform/authorise.ts'
import type { Locale } from '../../../shared/locale.ts'
import { members, users, workspaces } from '../tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A mailed request to join the workspace; its link opens once. */
export const invitations = pgTable(
  'invitations',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    email: text('email').notNull(),
    role: text('role').$type<Role>().notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    /** Of the link's secret; another one with every sending. */
    hash: text('hash').notNull(),
    /** Whether the one who invites has seen the link: then it proves nothing of who reads the mailbox. */
    isShown: boolean('is_shown').notNull(),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => users.id),
    createdAt: at('created_at').notNull(),
    sentAt: at('sent_at').notNull(),
    sendings: integer('sendings').notNull(),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    acceptedBy: uuid('accepted_by').references(() => users.id),
    revokedAt: at('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('invitations_hash').on(table.workspaceId, table.hash),
    index('invitations_email').on(table.workspaceId, table.email, table.id),
  ],
)

/** An owner's offer to make another member an owner, until that one answers. */
export const ownershipOffers = pgTable(
  'ownership_offers',
  {
    workspaceId: uuid('workspace_id').notNull(),
    fromUserId: uuid('from_user_id').notNull(),
    toUserId: uuid('to_user_id').notNull(),
    /** Whether the one who offers remains an owner beside the other. */
    isShared: boolean('is_shared').notNull(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.fromUserId] }),
    index('ownership_offers_to').on(table.workspaceId, table.toUserId),
    foreignKey({
      name: 'ownership_offers_from',
      columns: [table.workspaceId, table.fromUserId],
      foreignColumns: [members.workspaceId, members.userId],
    }),
    foreignKey({
      name: 'ownership_offers_receiver',
      columns: [table.workspaceId, table.toUserId],
      foreignColumns: [members.workspaceId, members.userId],
    }),
  ],
)
