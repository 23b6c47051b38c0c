import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CurrencyCode } from '../../shared/currencies.ts'
import { workspaces } from '../workspaces/tables.ts'
import type { Alarm, Dimension } from './rules/concentration.ts'
import type { Step, When } from './rules/living-costs.ts'
import type { CostKind, Direction, Every, HoursPurpose, StreamKind } from './schema.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })

/**
 * Something that earns. Its money is the ledger's postings with the dimension that it names: its own (`stream`), or that
 * of what feeds it without a hand, such as a product.
 */
export const streams = pgTable(
  'streams',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    kind: text('kind').$type<StreamKind>().notNull(),
    name: text('name').notNull(),
    dimensionKind: text('dimension_kind').notNull(),
    dimensionId: text('dimension_id').notNull(),
    platform: text('platform').notNull(),
    payer: text('payer').notNull(),
    country: text('country'),
    /** Null for a product: its prices say. */
    currency: text('currency').$type<CurrencyCode>(),
    beganOn: day('began_on'),
    endedOn: day('ended_on'),
    /** Over how many months the hours of building are written off. */
    lifeMonths: integer('life_months').notNull(),
    archivedAt: at('archived_at'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('streams_dimension').on(table.workspaceId, table.dimensionKind, table.dimensionId),
  ],
)

/** Time that a person gave to a stream on a day. */
export const streamHours = pgTable(
  'stream_hours',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    streamId: uuid('stream_id').notNull(),
    userId: uuid('user_id'),
    purpose: text('purpose').$type<HoursPurpose>().notNull(),
    day: day('day').notNull(),
    minutes: integer('minutes').notNull(),
    note: text('note').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('stream_hours_day').on(table.workspaceId, table.day),
    index('stream_hours_stream').on(table.workspaceId, table.streamId, table.id),
    foreignKey({
      columns: [table.workspaceId, table.streamId],
      foreignColumns: [streams.workspaceId, streams.id],
    }),
  ],
)

/** The clock that a person has running: one at a time. */
export const streamTimers = pgTable(
  'stream_timers',
  {
    workspaceId: uuid('workspace_id').notNull(),
    userId: uuid('user_id').notNull(),
    streamId: uuid('stream_id').notNull(),
    purpose: text('purpose').$type<HoursPurpose>().notNull(),
    /** The day on which it was started, where the person is. */
    day: day('day').notNull(),
    startedAt: at('started_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    foreignKey({
      columns: [table.workspaceId, table.streamId],
      foreignColumns: [streams.workspaceId, streams.id],
    }),
  ],
)

/** Income or cost that comes again and again. `next_on` is the first day that is not posted yet; null when it has ended. */
export const streamRecurring = pgTable(
  'stream_recurring',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    streamId: uuid('stream_id').notNull(),
    direction: text('direction').$type<Direction>().notNull(),
    costKind: text('cost_kind').$type<CostKind>().notNull(),
    amount: bigint('amount', { mode: 'bigint' }).notNull(),
    currency: text('currency').$type<CurrencyCode>().notNull(),
    note: text('note').notNull(),
    every: text('every').$type<Every>().notNull(),
    beginsOn: day('begins_on').notNull(),
    endsOn: day('ends_on'),
    nextOn: day('next_on'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('stream_recurring_due')
      .on(table.workspaceId, table.nextOn)
      .where(sql`next_on IS NOT NULL`),
    foreignKey({
      columns: [table.workspaceId, table.streamId],
      foreignColumns: [streams.workspaceId, streams.id],
    }),
  ],
)

/**
 * How a workspace reads its money: the currency that it reports in (its streams’ own unless it is said), and whether
 * foreign money counts at official rates or at those paid beside them. Its row is the lock of what is replaced as a whole.
 */
export const streamMoneySettings = pgTable(
  'stream_money_settings',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    reportingCurrency: text('reporting_currency'),
    rateKind: text('rate_kind').$type<'official' | 'parallel'>().notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId] })],
)

/**
 * What life costs, item by item, in ladders that each hold from a month on (`2026-03`); all in one currency. `month` (1–12)
 * stands only where it falls due in one month.
 */
export const livingCosts = pgTable(
  'living_costs',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    validFrom: text('valid_from').notNull(),
    place: integer('place').notNull(),
    step: text('step').$type<Step>().notNull(),
    label: text('label').notNull(),
    amount: bigint('amount', { mode: 'bigint' }).notNull(),
    currency: text('currency').notNull(),
    when: text('falls').$type<When>().notNull(),
    month: integer('month'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
)

/** What one unit of `base` was worth in `quote` beside the official rate, from a day on: numerator ÷ denominator. */
export const streamParallelRates = pgTable(
  'stream_parallel_rates',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    base: text('base').notNull(),
    quote: text('quote').notNull(),
    day: day('day').notNull(),
    numerator: bigint('numerator', { mode: 'bigint' }).notNull(),
    denominator: bigint('denominator', { mode: 'bigint' }).notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.quote, table.base, table.day] }),
    index('stream_parallel_rates_latest').on(table.workspaceId, table.day, table.quote, table.base),
  ],
)

/** By month (`2026-02`) the consumer price index, or what a gram of gold cost, in a currency: numerator ÷ denominator. */
export const streamPriceSeries = pgTable(
  'stream_price_series',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    kind: text('kind').$type<'prices' | 'gold'>().notNull(),
    currency: text('currency').notNull(),
    month: text('month').notNull(),
    numerator: bigint('numerator', { mode: 'bigint' }).notNull(),
    denominator: bigint('denominator', { mode: 'bigint' }).notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.kind, table.currency, table.month] })],
)

/** From where on concentration sets off an alarm, in basis points; null for never. Where there is no row the usual limits hold. */
export const concentrationLimits = pgTable(
  'concentration_limits',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    dimension: text('dimension').$type<Dimension>().notNull(),
    hhiBps: integer('hhi_bps'),
    largestBps: integer('largest_bps'),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.dimension] })],
)

/** How a workspace watches its concentration: whether its owners are told by mail, and the last month that was looked at. */
export const concentrationWatches = pgTable(
  'concentration_watches',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    mails: boolean('mails').notNull(),
    checkedMonth: text('checked_month'),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId] })],
)

/** A limit that was over when a month turned, and since which month; the row goes when it is not over any more. */
export const concentrationAlarms = pgTable(
  'concentration_alarms',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    dimension: text('dimension').$type<Dimension>().notNull(),
    kind: text('kind').$type<Alarm['kind']>().notNull(),
    since: text('since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.dimension, table.kind] })],
)
