import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CurrencyCode } from '../../shared/currencies.ts'
import { streams } from '../streams/tables.ts'
import { workspaces } from '../workspaces/tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })
const minor = (name: string) => bigint(name, { mode: 'bigint' })

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

/**
 * What one person answered, by the name of the question, and which contradictions they said are true after all. It is that
 * person's: nobody else in the workspace reads it.
 */
export const assessments = pgTable(
  'planner_assessments',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    userId: uuid('user_id').notNull(),
    answers: jsonb('answers').notNull(),
    settled: text('settled').array().notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId] })],
)

/**
 * The one stream that the workspace stays with, and those before. It is stable after `rule_months` of the last `rule_of` whole
 * months with at least `rule_amount` left and less than `rule_minutes` of upkeep. What was decided is kept when it ends.
 */
export const focuses = pgTable(
  'planner_focuses',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    streamId: uuid('stream_id').notNull(),
    /** The stream of the assessment, if it was begun from there, and what was recommended then. */
    profile: text('profile'),
    recommended: text('recommended'),
    begunOn: day('begun_on').notNull(),
    killOn: day('kill_on').notNull(),
    lossCap: minor('loss_cap').notNull(),
    currency: text('currency').$type<CurrencyCode>().notNull(),
    ruleMonths: integer('rule_months').notNull(),
    ruleOf: integer('rule_of').notNull(),
    ruleAmount: minor('rule_amount').notNull(),
    ruleMinutes: integer('rule_minutes').notNull(),
    endedOn: day('ended_on'),
    endedAs: text('ended_as').$type<'stable' | 'killed' | 'left'>(),
    note: text('note').notNull(),
    decidedBy: uuid('decided_by'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('planner_focuses_one')
      .on(table.workspaceId)
      .where(sql`ended_on IS NULL`),
    foreignKey({
      columns: [table.workspaceId, table.streamId],
      foreignColumns: [streams.workspaceId, streams.id],
    }),
  ],
)

/** A step on the way, with its date. */
export const milestones = pgTable(
  'planner_milestones',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    focusId: uuid('focus_id').notNull(),
    title: text('title').notNull(),
    dueOn: day('due_on').notNull(),
    doneOn: day('done_on'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('planner_milestones_of_focus').on(table.workspaceId, table.focusId, table.dueOn),
    foreignKey({
      columns: [table.workspaceId, table.focusId],
      foreignColumns: [focuses.workspaceId, focuses.id],
    }),
  ],
)

/** Five answers about one week, by its Monday; null where it was skipped. */
export const reviews = pgTable(
  'planner_reviews',
  {
    workspaceId: uuid('workspace_id').notNull(),
    focusId: uuid('focus_id').notNull(),
    week: day('week').notNull(),
    answers: jsonb('answers'),
    writtenBy: uuid('written_by'),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.focusId, table.week] }),
    foreignKey({
      columns: [table.workspaceId, table.focusId],
      foreignColumns: [focuses.workspaceId, focuses.id],
    }),
  ],
)

/** What was decided when another stream was wanted, with the figures that were shown then. */
export const jumps = pgTable(
  'planner_jumps',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    focusId: uuid('focus_id').notNull(),
    wanted: text('wanted').notNull(),
    decision: text('decision').$type<'stay' | 'jump'>().notNull(),
    reason: text('reason').notNull(),
    figures: jsonb('figures').notNull(),
    decidedBy: uuid('decided_by'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.focusId],
      foreignColumns: [focuses.workspaceId, focuses.id],
    }),
  ],
)
