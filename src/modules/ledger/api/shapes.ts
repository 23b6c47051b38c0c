import { z } from '@hono/zod-openapi'
import { currencySchema, type CurrencyCode } from '../../../shared/currencies.ts'
import { idSchema } from '../../../shared/ids.ts'
import { moneySchema, toApi, type ApiMoney } from '../../../shared/money.ts'
import type { JournalEntry } from '../operations/list-journal.ts'
import { isTimeZone } from '../rules/read-day.ts'
import { ACCOUNT_CODE, ACCOUNT_TYPES } from '../rules/standard-chart.ts'

/** The tag of the ledger's routes in the reference. */
export const tags = ['Ledger']

/** A code of the chart. */
export const codeSchema = z.string().regex(ACCOUNT_CODE).meta({ example: '1150.test' })

/** A name in both languages. */
export const namesSchema = z.object({ ar: z.string(), en: z.string() })

/** What both languages call something. */
export function namesOf({ nameAr, nameEn }: { nameAr: string; nameEn: string }): { ar: string; en: string } {
  return { ar: nameAr, en: nameEn }
}

/**
 * A sum in the API's form. Totals can have more digits than a single amount may have, so they are not checked against it.
 */
export function money(amountMinor: bigint, currency: string): ApiMoney {
  const form = { amountMinor: 0n, currency: currency as CurrencyCode }
  return { ...toApi(form), amount: amountMinor.toString() }
}

/** A day, or a moment. */
export const dayOrInstant = z.union([z.iso.date(), z.iso.datetime()])

/** Whose days are meant. */
export const zone = z
  .string()
  .refine(isTimeZone)
  .default('UTC')
  .openapi({ description: 'Whose days these are, as an IANA name.', example: 'Asia/Riyadh' })

/** Bounds of a period: days of a time zone, both counted; or moments, of which the second is not counted. */
export const periodQuery = z.object({
  from: dayOrInstant.optional(),
  to: dayOrInstant.optional(),
  timeZone: zone,
})

/** A short word that tells kinds apart. */
export const wordSchema = z.string().trim().min(1).max(64)

const sort = z.enum(['-recorded', 'recorded']).default('-recorded')

/** By what the journal is narrowed, and in which order it was recorded it is read. */
export const journalQuery = periodQuery.extend({
  kind: wordSchema.optional(),
  account: codeSchema.optional(),
  stream: z.string().max(200).optional(),
  sourceKind: wordSchema.optional(),
  sourceId: idSchema.optional(),
  sort,
})

/** See journalQuery. */
export type JournalQuery = z.infer<typeof journalQuery>

/** Which account's statement, and in which order. */
export const statementQuery = z.object({ account: codeSchema, currency: currencySchema, sort })

/** See statementQuery. */
export type StatementQuery = z.infer<typeof statementQuery>

/** A row of the chart. */
export const chartAccountSchema = z
  .object({ code: codeSchema, type: z.enum(ACCOUNT_TYPES), name: namesSchema })
  .meta({ id: 'ChartAccount' })

const refSchema = z.object({ kind: z.string(), id: z.string() })

/** A journal entry. */
export const entrySchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    effectiveAt: z.iso.datetime(),
    recordedAt: z.iso.datetime(),
    memo: z.string(),
    source: refSchema.nullable(),
    actor: refSchema.nullable(),
    postings: z.array(
      z.object({
        line: z.int(),
        account: codeSchema,
        name: namesSchema,
        amount: moneySchema,
        open: moneySchema.nullable().openapi({
          description: 'What of it is not reversed yet, with the sign of `amount`; null in lists.',
        }),
        stream: refSchema.nullable(),
        version: z.string(),
      }),
    ),
    reverses: idSchema.nullable(),
    reversedBy: z.array(idSchema),
    posts: idSchema.nullable(),
    hash: z
      .string()
      .nullable()
      .openapi({ description: 'SHA-256 in the integrity chain; null until it is sealed, and in lists.' }),
  })
  .meta({ id: 'JournalEntry' })

/** An entry in the API's form. */
export function toEntry(entry: JournalEntry & { hash?: string | null }): z.infer<typeof entrySchema> {
  const { effectiveAt, recordedAt, postings, hash = null, reversedBy, ...rest } = entry
  return {
    ...rest,
    effectiveAt: effectiveAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    reversedBy: [...reversedBy],
    hash,
    postings: postings.map(
      ({ line, account, currency, amountMinor, openMinor, stream, version, ...names }) => ({
        line,
        account,
        name: namesOf(names),
        amount: money(amountMinor, currency),
        open: openMinor === null ? null : money(openMinor, currency),
        stream,
        version: version.toString(),
      }),
    ),
  }
}

/** Money of a report: a sum, which may have any number of digits. */
export const sumSchema = z.object({ amount: z.string().regex(/^-?\d+$/u), currency: currencySchema })
