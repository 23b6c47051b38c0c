import { sql } from 'drizzle-orm'
import {
  bigint,
  customType,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const money = (name: string) => bigint(name, { mode: 'bigint' })
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * One row per workspace: how many numbers have been given out, and from when on its books are open. Accounts and
 * periods are opened and closed under a lock of this row; posting never touches it.
 */
export const ledgerBooks = pgTable('ledger_books', {
  workspaceId: uuid('workspace_id').primaryKey(),
  accounts: integer('accounts').notNull().default(0),
  dimensions: integer('dimensions').notNull().default(0),
  openFrom: instant('open_from')
    .notNull()
    .default(sql`'-infinity'`),
})

/** What a code means, for all currencies: the accountant's chart. Sub-accounts (`1100.stripe`) have rows of their own. */
export const ledgerChart = pgTable(
  'ledger_chart',
  {
    workspaceId: uuid('workspace_id').notNull(),
    code: text('code').notNull(),
    type: text('type').$type<'asset' | 'liability' | 'equity' | 'income' | 'expense'>().notNull(),
    nameAr: text('name_ar').notNull(),
    nameEn: text('name_en').notNull(),
    /** +1 if a debit raises the balance that people expect here, −1 if a credit does. */
    sign: smallint('sign').notNull(),
    /** The least normal balance that accounts opened under this code may show; null for none. */
    floor: money('floor'),
    openedAt: instant('opened_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.code] })],
)

/**
 * One account: a code in one currency, and the state that its last posting left. `balance` is debit-positive. `version`
 * counts its postings. Every posting takes this row's lock until its commit, so versions appear gapless and in order.
 */
export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    balance: money('balance')
      .notNull()
      .default(sql`0`),
    version: money('version')
      .notNull()
      .default(sql`0`),
    pendingDebit: money('pending_debit')
      .notNull()
      .default(sql`0`),
    pendingCredit: money('pending_credit')
      .notNull()
      .default(sql`0`),
    recordedAt: instant('recorded_at').notNull(),
    openFrom: instant('open_from').notNull(),
    openedAt: instant('opened_at').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    number: integer('number').notNull(),
    sign: smallint('sign').notNull(),
    code: text('code').notNull(),
    currency: text('currency').notNull(),
    floor: money('floor'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.number] }),
    unique('ledger_accounts_code').on(table.workspaceId, table.code, table.currency),
  ],
)

/** What postings and entries are about, as short numbers: streams (a product, a service, a holding) and actors. */
export const ledgerDimensions = pgTable(
  'ledger_dimensions',
  {
    workspaceId: uuid('workspace_id').notNull(),
    number: integer('number').notNull(),
    kind: text('kind').notNull(),
    id: text('id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.number] }),
    unique('ledger_dimensions_id').on(table.workspaceId, table.kind, table.id),
  ],
)

/** A journal entry. `key` is the first half of the SHA-256 of the caller's idempotency key. Never changed, never deleted. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    effectiveAt: instant('effective_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    key: uuid('key').notNull(),
    actor: integer('actor').notNull(),
    kind: text('kind').notNull(),
    sourceKind: text('source_kind').notNull().default(''),
    memo: text('memo').notNull().default(''),
    sourceId: uuid('source_id'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('ledger_entries_key').on(table.workspaceId, table.key),
    // For the search: sales have no memo, so what is posted all day does not touch it.
    index('ledger_entries_memo')
      .on(table.workspaceId, table.id)
      .where(sql`memo <> ''`),
  ],
)

/**
 * A posting: one line of an entry on one account, with the account's balance after it. Its version among the account's
 * postings is chapter × 64 + place. The index by account holds chapters, which the B-tree keeps as one key with a list: a
 * fifth of an index of versions, and one that row-level security lets be used, as it would not an expression's. That no
 * version comes twice follows from the account's lock, and `verify` proves it.
 */
export const ledgerPostings = pgTable(
  'ledger_postings',
  {
    amount: money('amount').notNull(),
    balance: money('balance').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    entryId: uuid('entry_id').notNull(),
    account: integer('account').notNull(),
    chapter: integer('chapter').notNull(),
    /** 0 for none: a null would cost each row of the table eight bytes. */
    stream: integer('stream').notNull().default(0),
    place: smallint('place').notNull(),
    line: smallint('line').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.entryId, table.line] }),
    index('ledger_postings_chapter').on(table.workspaceId, table.account, table.chapter),
  ],
)

/** Why an entry exists because of another: it reverses an entry, or posts part of a hold. */
export const ledgerRelations = pgTable(
  'ledger_relations',
  {
    workspaceId: uuid('workspace_id').notNull(),
    entryId: uuid('entry_id').notNull(),
    kind: text('kind').$type<'reverses' | 'posts'>().notNull(),
    targetId: uuid('target_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.entryId] }),
    index('ledger_relations_target').on(table.workspaceId, table.targetId),
  ],
)

/**
 * A hold: an amount set aside on two accounts until it is posted (whole or in part), voided or expired. The four parts
 * always add up: amount = posted + voided + expired + what is still pending.
 */
export const ledgerHolds = pgTable(
  'ledger_holds',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    key: uuid('key').notNull(),
    debitAccount: integer('debit_account').notNull(),
    creditAccount: integer('credit_account').notNull(),
    amount: money('amount').notNull(),
    posted: money('posted')
      .notNull()
      .default(sql`0`),
    voided: money('voided')
      .notNull()
      .default(sql`0`),
    expired: money('expired')
      .notNull()
      .default(sql`0`),
    actor: integer('actor').notNull(),
    stream: integer('stream'),
    kind: text('kind').notNull(),
    sourceKind: text('source_kind').notNull().default(''),
    sourceId: uuid('source_id'),
    memo: text('memo').notNull().default(''),
    recordedAt: instant('recorded_at').notNull(),
    expiresAt: instant('expires_at'),
    resolvedAt: instant('resolved_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('ledger_holds_key').on(table.workspaceId, table.key),
    index('ledger_holds_expiry')
      .on(table.workspaceId, table.expiresAt)
      .where(sql`${table.resolvedAt} is null and ${table.expiresAt} is not null`),
  ],
)

/** A period was closed: nothing may be posted before `through` any more. */
export const ledgerClosings = pgTable(
  'ledger_closings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    through: instant('through').notNull(),
    closedAt: instant('closed_at').notNull(),
    actor: integer('actor').notNull(),
    memo: text('memo').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.through] })],
)

/** What one unit of `base` was worth in `quote` on a day: numerator ÷ denominator, exact. */
export const ledgerRates = pgTable(
  'ledger_rates',
  {
    workspaceId: uuid('workspace_id').notNull(),
    base: text('base').notNull(),
    quote: text('quote').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    numerator: money('numerator').notNull(),
    denominator: money('denominator').notNull(),
    source: text('source').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.base, table.quote, table.day] })],
)

/**
 * A block of the integrity chain: for each account named, the postings of the versions (from, to], in that order.
 * `locators` holds four bytes of each posting's own hash, so that a broken block names the row.
 */
export const ledgerSeals = pgTable(
  'ledger_seals',
  {
    workspaceId: uuid('workspace_id').notNull(),
    number: integer('number').notNull(),
    sealedAt: instant('sealed_at').notNull(),
    postings: integer('postings').notNull(),
    accounts: integer('accounts').array().notNull(),
    fromVersions: money('from_versions').array().notNull(),
    toVersions: money('to_versions').array().notNull(),
    previous: bytes('previous').notNull(),
    hash: bytes('hash').notNull(),
    locators: bytes('locators').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.number] })],
)

/** Up to which version each account is sealed and summed by day. */
export const ledgerSealed = pgTable(
  'ledger_sealed',
  {
    workspaceId: uuid('workspace_id').notNull(),
    account: integer('account').notNull(),
    version: money('version').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.account] })],
)

/**
 * Sums of the sealed postings per account, stream (0 for none) and UTC day of their effective time, and the range of
 * versions in which they lie. Can be rebuilt from the postings; `verify` does.
 */
export const ledgerDays = pgTable(
  'ledger_days',
  {
    workspaceId: uuid('workspace_id').notNull(),
    account: integer('account').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    stream: integer('stream').notNull(),
    debit: numeric('debit').notNull(),
    credit: numeric('credit').notNull(),
    postings: money('postings').notNull(),
    firstVersion: money('first_version').notNull(),
    lastVersion: money('last_version').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.account, table.day, table.stream] })],
)
