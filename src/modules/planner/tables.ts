import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { workspaces } from '../workspaces/tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What somebody means to do: streams with their parameters, under one budget. `input` is a PlanInput; see schema.ts. */
export const plans = pgTable(
  'plans',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    input: jsonb('input').notNull(),
    version: integer('version').notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    deletedAt: at('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
)

/** What a plan came to when it was reckoned, with all that went into it: it can be reckoned again to the same figures. */
export const projections = pgTable(
  'projections',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    planId: uuid('plan_id').notNull(),
    name: text('name').notNull(),
    seed: text('seed').notNull(),
    engine: integer('engine').notNull(),
    paths: integer('paths').notNull(),
    input: jsonb('input').notNull(),
    result: jsonb('result').notNull(),
    createdBy: uuid('created_by'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('projections_of_plan').on(table.workspaceId, table.planId, table.id),
    foreignKey({
      columns: [table.workspaceId, table.planId],
      foreignColumns: [plans.workspaceId, plans.id],
    }),
  ],
)
