import { sql } from 'drizzle-orm'
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
import { workspaces } from '../workspaces/tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * A place of the seller's that is told of events. `secret` and `previous_secret` are sealed. `lease` is held by whoever
 * delivers to it now; `wake_at` is when the next job for it is due, so that there is one and not many.
 */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    url: text('url').notNull(),
    description: text('description').notNull(),
    eventTypes: text('event_types').array(),
    state: text('state').$type<'on' | 'off' | 'paused' | 'gone'>().notNull(),
    stateAt: at('state_at').notNull(),
    secret: text('secret').notNull(),
    previousSecret: text('previous_secret'),
    previousUntil: at('previous_until'),
    failingSince: at('failing_since'),
    lastSuccessAt: at('last_success_at'),
    slow: boolean('slow').notNull(),
    lease: uuid('lease'),
    leaseUntil: at('lease_until'),
    wakeAt: at('wake_at'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    deletedAt: at('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
)

/** What is told, byte for byte, since the bytes are signed. One for all endpoints; its id is that of the event. */
export const webhookMessages = pgTable(
  'webhook_messages',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    type: text('type').notNull(),
    body: text('body').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('webhook_messages_age').on(table.workspaceId, table.createdAt),
  ],
)

/** A message on its way to one endpoint. `tries` counts since it was last set going; `attempts` counts all. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    messageId: uuid('message_id').notNull(),
    state: text('state').$type<'waiting' | 'delivered' | 'failed'>().notNull(),
    tries: integer('tries').notNull(),
    attempts: integer('attempts').notNull(),
    nextAttemptAt: at('next_attempt_at'),
    lastStatus: integer('last_status'),
    lastFault: text('last_fault'),
    createdAt: at('created_at').notNull(),
    doneAt: at('done_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('webhook_deliveries_once').on(table.workspaceId, table.messageId, table.endpointId),
    index('webhook_deliveries_due')
      .on(table.workspaceId, table.endpointId, table.nextAttemptAt)
      .where(sql`state = 'waiting'`),
    index('webhook_deliveries_of_endpoint').on(table.workspaceId, table.endpointId, table.id),
    index('webhook_deliveries_failed')
      .on(table.workspaceId, table.endpointId, table.id)
      .where(sql`state = 'failed'`),
    foreignKey({
      columns: [table.workspaceId, table.endpointId],
      foreignColumns: [webhookEndpoints.workspaceId, webhookEndpoints.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.messageId],
      foreignColumns: [webhookMessages.workspaceId, webhookMessages.id],
    }),
  ],
)

/** One request and what came of it. `answer` is the beginning of what the endpoint said. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    number: integer('number').notNull(),
    at: at('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    status: integer('status'),
    fault: text('fault'),
    answer: text('answer').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.deliveryId, table.number] }),
    foreignKey({
      columns: [table.workspaceId, table.deliveryId],
      foreignColumns: [webhookDeliveries.workspaceId, webhookDeliveries.id],
    }),
  ],
)
