import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../shared/currencies.ts'
import { idSchema } from '../../shared/ids.ts'
import { moneySchema } from '../../shared/money.ts'
import { plainText } from '../catalog/schema.ts'

const instant = z.iso.datetime()

/** What somebody of the store writes down about an order. */
export const newNoteSchema = z.strictObject({ body: plainText(2000).min(1) })

/** See newNoteSchema. */
export type NewNote = z.infer<typeof newNoteSchema>

/** A note as it was kept. */
export const noteSchema = z
  .object({ id: idSchema, body: z.string(), createdAt: instant })
  .openapi('OrderNote')

/** See noteSchema. */
export type Note = z.infer<typeof noteSchema>

/** Of which days and in which currency income is wanted; the store's first currency unless told. */
export const incomeFilterSchema = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30),
  currency: currencySchema.optional(),
})

const incomeDaySchema = z.object({
  date: z.iso.date(),
  income: moneySchema.openapi({ description: 'Paid that day, less what was given back that day.' }),
  sales: z.number().int(),
})

/** What came in on one of the store's days. */
export type IncomeDay = z.infer<typeof incomeDaySchema>

/** Income by day, the oldest day first, and of as many days before those. */
export const incomeSchema = z
  .object({
    currency: currencySchema,
    timeZone: z.string(),
    days: z.array(incomeDaySchema),
    before: z.array(incomeDaySchema),
  })
  .openapi('Income')

/** See incomeSchema. */
export type Income = z.infer<typeof incomeSchema>

/** Which customers to list. */
export const customerFilterSchema = z.object({
  search: z.string().max(254).optional(),
  sort: z.enum(['-last', 'last', 'email', '-email']).default('-last'),
})

/** See customerFilterSchema. */
export type CustomerFilter = z.input<typeof customerFilterSchema> & {
  after?: string | undefined
  limit: number
}
