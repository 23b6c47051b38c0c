import { boolean, index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ViewSearch } from './schema.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A list as somebody narrowed and sorted it, under a name: their own, or shared with everybody in the workspace. */
export const savedViews = pgTable(
  'saved_views',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    screen: text('screen').notNull(),
    name: text('name').notNull(),
    search: jsonb('search').$type<ViewSearch>().notNull(),
    shared: boolean('shared').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('saved_views_screen').on(table.workspaceId, table.screen, table.id),
  ],
)
