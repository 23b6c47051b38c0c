import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { workspaces } from '../../workspaces/tables.ts'
import type { MoneyKind } from './importer.ts'
import type {
  ImportHead,
  ImportMapping,
  ImportPreview,
  ImportProblem,
  ImportState,
  ImportTargets,
  RowFate,
} from './schema.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })

/**
 * A file of another platform or a bank on its way into the books. `reading` counts how often it was asked to be read, so
 * that a reading under older rules stops. `preview` is what the last reading found; `problem` why it came to an end.
 */
export const streamImports = pgTable(
  'stream_imports',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    id: uuid('id').notNull(),
    fileName: text('file_name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    source: text('source').notNull(),
    state: text('state').$type<ImportState>().notNull(),
    /** The header as it stands, and a few rows below it, to be shown where columns are named. */
    head: jsonb('head').$type<ImportHead>().notNull(),
    mapping: jsonb('mapping').$type<ImportMapping>(),
    preview: jsonb('preview').$type<ImportPreview>(),
    targets: jsonb('targets').$type<ImportTargets>(),
    problem: jsonb('problem').$type<ImportProblem>(),
    reading: integer('reading').notNull(),
    done: integer('done').notNull(),
    total: integer('total').notNull(),
    createdBy: uuid('created_by'),
    createdAt: at('created_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('stream_imports_age').on(table.workspaceId, table.createdAt),
  ],
)

/**
 * What became of each row of a file. `key` makes the row itself; amounts are signed, what goes out below zero. No foreign key to the
 * import: it would be checked row by row, and rows are only ever written together with a lock of their import.
 */
export const streamImportRows = pgTable(
  'stream_import_rows',
  {
    workspaceId: uuid('workspace_id').notNull(),
    importId: uuid('import_id').notNull(),
    line: integer('line').notNull(),
    fate: text('fate').$type<RowFate>().notNull(),
    /** Why it is left out or cannot be taken. */
    reason: text('reason').notNull(),
    /** The cell that is the cause. */
    cell: text('cell').notNull(),
    key: uuid('key'),
    kind: text('kind').$type<MoneyKind>(),
    day: day('day'),
    currency: text('currency').$type<CurrencyCode>(),
    amount: bigint('amount', { mode: 'bigint' }),
    fee: bigint('fee', { mode: 'bigint' }),
    what: text('what').notNull(),
    payer: text('payer').notNull(),
    entryId: uuid('entry_id'),
    feeEntryId: uuid('fee_entry_id'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.importId, table.line] }),
    index('stream_import_rows_fate').on(table.workspaceId, table.importId, table.fate, table.line),
  ],
)

/** The keys of all rows that are in the books, from whatever file: what stands here is not posted again. */
export const streamImportKeys = pgTable(
  'stream_import_keys',
  {
    workspaceId: uuid('workspace_id').notNull(),
    key: uuid('key').notNull(),
    importId: uuid('import_id').notNull(),
    line: integer('line').notNull(),
    amount: bigint('amount', { mode: 'bigint' }).notNull(),
    fee: bigint('fee', { mode: 'bigint' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.key] })],
)

/** How a person named the columns of a kind of file, known again by the hash of its header. */
export const streamImportMappings = pgTable(
  'stream_import_mappings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    signature: text('signature').notNull(),
    mapping: jsonb('mapping').$type<ImportMapping>().notNull(),
    usedAt: at('used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.signature] })],
)
