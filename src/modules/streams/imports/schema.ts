import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../../shared/currencies.ts'
import { isoDateSchema, type Calendar } from '../../../shared/dates.ts'
import { idSchema } from '../../../shared/ids.ts'
import { moneySchema } from '../../../shared/money.ts'
import { TEXT_ENCODINGS } from '../../../shared/text-encoding.ts'
import { MONEY_KINDS, ROW_PROBLEMS, SKIP_REASONS } from './importer.ts'
import { MAPPED_FIELDS, TAKEN } from './mapped.ts'

/** How far an import is. */
export const IMPORT_STATES = [
  'mapping',
  'reading',
  'refused',
  'ready',
  'posting',
  'posted',
  'undoing',
  'undone',
] as const

/** See IMPORT_STATES. */
export type ImportState = (typeof IMPORT_STATES)[number]

/** What becomes of a row. */
export const ROW_FATES = ['new', 'posted', 'duplicate', 'skipped', 'problem', 'undone'] as const

/** See ROW_FATES. */
export type RowFate = (typeof ROW_FATES)[number]

/** Why a file as a whole cannot be taken, or an import came to a stop. */
export const IMPORT_PROBLEMS = [
  'quote-open',
  'cell-too-long',
  'too-many-cells',
  'too-many-rows',
  'no-rows',
  'period-closed',
] as const

/** A file's problem; `line` where it is in one, `openFrom` for a closed period. */
export const importProblemSchema = z.object({
  problem: z.enum(IMPORT_PROBLEMS),
  line: z.int().nullable(),
  openFrom: isoDateSchema.nullable(),
})

/** See importProblemSchema. */
export type ImportProblem = z.infer<typeof importProblemSchema>

const CALENDARS = ['gregorian', 'hijri'] as const satisfies readonly Calendar[]

/** The most columns that a mapping can name; files have no more. */
const MOST_COLUMNS = 200

const place = z
  .int()
  .min(0)
  .max(MOST_COLUMNS - 1)

/** How a person names the columns of a file: for each field the place of its column, counted from 0. */
export const importMappingSchema = z
  .object({
    columns: z.partialRecord(z.enum(MAPPED_FIELDS), place).openapi({
      description:
        'Wants `date` and one of `amount`, `incoming`, `outgoing`. Columns of a recognised platform need no naming.',
      example: { date: 0, description: 1, amount: 3 },
    }),
    headerLine: z.int().min(1).max(1000).openapi({ description: 'The line with the columns’ names.' }),
    currency: currencySchema.nullable().openapi({ description: 'The currency of rows that name none.' }),
    take: z.enum(TAKEN).openapi({ description: 'Which money is taken; the other rows are left out.' }),
  })
  .openapi('StreamImportMapping')

/** See importMappingSchema. */
export type ImportMapping = z.infer<typeof importMappingSchema>

/** How to read a file again: what is left out, or null, is found out by the file itself. */
export const readImportSchema = z
  .object({
    mapping: importMappingSchema.nullable().default(null).openapi({
      description:
        'Null for a platform that was recognised. It is remembered for files with the same header.',
    }),
    encoding: z.enum(TEXT_ENCODINGS).nullable().default(null),
    decimal: z.enum(['point', 'comma']).nullable().default(null),
    dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable().default(null),
    calendar: z.enum(CALENDARS).nullable().default(null).openapi({
      description:
        'Hijri years are read by Umm al-Qura. Years of four figures say which they are; this decides those of two.',
    }),
  })
  .openapi('StreamImportReading')

/** See readImportSchema. */
export type ReadImport = z.infer<typeof readImportSchema>

/** The beginning of a file, as it is shown where columns are named, and how it is to be read. */
export const importHeadSchema = z.object({
  encoding: z.enum(TEXT_ENCODINGS),
  delimiter: z.string(),
  headerLine: z.int(),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())).openapi({ description: 'The first rows below the header.' }),
  suggested: importMappingSchema.nullable().openapi({
    description: 'How the columns were named last, or what they seem to be; null for a known platform.',
  }),
  remembered: z.boolean().openapi({ description: 'Whether a person named such columns before.' }),
  decimal: z.enum(['point', 'comma']).nullable(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable(),
  calendar: z.enum(CALENDARS).nullable(),
})

/** See importHeadSchema. */
export type ImportHead = z.infer<typeof importHeadSchema>

/** What a reading has found. */
export const importPreviewSchema = z.object({
  counts: z.record(z.enum(ROW_FATES), z.int()),
  reasons: z
    .array(z.object({ fate: z.enum(ROW_FATES), reason: z.string(), count: z.int() }))
    .openapi({ description: 'Why rows are left out or cannot be taken, the most frequent first.' }),
  totals: z
    .array(z.object({ kind: z.enum(MONEY_KINDS), count: z.int(), total: moneySchema }))
    .openapi({ description: 'Of what is new, by kind and currency; what goes out is below zero.' }),
  items: z
    .array(z.object({ what: z.string(), count: z.int() }))
    .openapi({ description: 'What most of the new rows are about, at most fifty.' }),
  moreItems: z.boolean(),
  firstDay: isoDateSchema.nullable(),
  lastDay: isoDateSchema.nullable(),
  decimal: z.enum(['point', 'comma']),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']),
  dateOrderUnsure: z
    .boolean()
    .openapi({ description: 'The dates could be read in another order just as well.' }),
  calendar: z.enum(CALENDARS).openapi({
    description: '`hijri`: the file has Hijri dates, which were read as Gregorian days by Umm al-Qura.',
  }),
  calendarUnsure: z.boolean().openapi({
    description: 'All years have two figures, and were taken for the calendar that does not lie ahead.',
  }),
})

/** See importPreviewSchema. */
export type ImportPreview = z.infer<typeof importPreviewSchema>

/** To which streams the rows go. */
export const importTargetsSchema = z
  .object({
    streamId: idSchema.openapi({ description: 'The stream of all rows that no line of `items` names.' }),
    items: z
      .array(
        z.object({
          what: z
            .string()
            .max(300)
            .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters'),
          streamId: idSchema,
        }),
      )
      .max(500)
      .default([]),
    leaveProblems: z
      .boolean()
      .default(false)
      .openapi({ description: 'Post although some rows cannot be taken; those are left out.' }),
  })
  .openapi('StreamImportTargets')

/** See importTargetsSchema. */
export type ImportTargets = z.infer<typeof importTargetsSchema>

/** An import and how far it is. */
export const importSchema = z
  .object({
    id: idSchema,
    fileName: z.string(),
    sizeBytes: z.int(),
    source: z.string().openapi({ description: 'A platform, or `mapped`.', example: 'gumroad' }),
    state: z.enum(IMPORT_STATES),
    head: importHeadSchema,
    mapping: importMappingSchema.nullable(),
    preview: importPreviewSchema.nullable(),
    problem: importProblemSchema.nullable(),
    progress: z
      .object({ done: z.int(), total: z.int() })
      .openapi({ description: 'Rows; `total` is 0 until it is known.' }),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .openapi('StreamImport')

/** See importSchema. */
export type StreamImport = z.infer<typeof importSchema>

/** Which rows of an import to list. */
export const importRowFilterSchema = z.object({ fate: z.enum(ROW_FATES).optional() })

/** A row of a file and what became of it. */
export const importRowSchema = z
  .object({
    line: z.int(),
    fate: z.enum(ROW_FATES),
    reason: z.enum([...SKIP_REASONS, ...ROW_PROBLEMS]).nullable(),
    cell: z.string().openapi({ description: 'The cell that is the cause.' }),
    kind: z.enum(MONEY_KINDS).nullable(),
    day: isoDateSchema.nullable(),
    amount: moneySchema.nullable(),
    fee: moneySchema.nullable(),
    what: z.string(),
    payer: z.string(),
    entryId: idSchema.nullable(),
  })
  .openapi('StreamImportRow')

/** See importRowSchema. */
export type ImportRow = z.infer<typeof importRowSchema>
