import { z } from '@hono/zod-openapi'
import { isoDateSchema } from '../../shared/dates.ts'
import { idSchema } from '../../shared/ids.ts'
import { moneySchema, positiveMoneySchema } from '../../shared/money.ts'
import { COST_KINDS, DIRECTIONS, EVERY } from './schema.ts'

const note = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')
  .default('')
const counterparty = z
  .string()
  .regex(/^[1-5][0-9]{3}(?:\.[a-z0-9][a-z0-9-]{0,63}){0,4}$/)
  .default('1180')
  .openapi({ description: 'The account of the chart that the money went to or came from.' })

/** Money that came in or was spent, as a person enters it. */
export const newMoneySchema = z.object({
  kind: z.enum(DIRECTIONS),
  amount: positiveMoneySchema,
  on: isoDateSchema.openapi({ description: 'The day on which it came in or was spent.' }),
  note,
  costKind: z.enum(COST_KINDS).default('other').openapi({ description: 'What a cost was for.' }),
  counterparty,
})

/** See newMoneySchema. */
export type NewMoney = z.infer<typeof newMoneySchema>

/** An entry of the books, as far as it is about a stream. */
export const moneyEntrySchema = z
  .object({
    id: idSchema.openapi({ description: 'The journal entry.' }),
    on: isoDateSchema,
    parts: z
      .array(z.object({ kind: z.enum(DIRECTIONS), amount: moneySchema }))
      .openapi({ description: 'Less than zero takes back.' }),
    note: z.string(),
    origin: z.enum(['hand', 'recurring', 'import', 'sale', 'reversal', 'books']).openapi({
      description:
        'Entered by hand, by what recurs, by an import; a sale of the store; taken back; or posted to the books.',
    }),
    reversed: z.boolean().openapi({ description: 'It was taken back.' }),
    recordedAt: z.iso.datetime(),
  })
  .openapi('StreamEntry')

/** See moneyEntrySchema. */
export type MoneyEntry = z.infer<typeof moneyEntrySchema>

/** Something that comes again and again, to be added. */
export const newRecurringSchema = z.object({
  streamId: idSchema,
  kind: z.enum(DIRECTIONS),
  amount: positiveMoneySchema,
  every: z.enum(EVERY),
  beginsOn: isoDateSchema.openapi({
    description: 'The first day; what is due by now is posted at once. Ten years ago at most.',
  }),
  endsOn: isoDateSchema.nullable().default(null),
  note,
  costKind: z.enum(COST_KINDS).default('other'),
  allowOverlap: z.boolean().default(false).openapi({
    description:
      'Something of the same stream, kind and currency recurs in that time already, and this is meant beside it.',
  }),
})

/** See newRecurringSchema. */
export type NewRecurring = z.infer<typeof newRecurringSchema>

/** Something that comes again and again. */
export const recurringSchema = z
  .object({
    id: idSchema,
    streamId: idSchema,
    kind: z.enum(DIRECTIONS),
    amount: moneySchema,
    every: z.enum(EVERY),
    beginsOn: isoDateSchema,
    endsOn: isoDateSchema.nullable(),
    nextOn: isoDateSchema
      .nullable()
      .openapi({ description: 'When it is posted next; null when it has ended.' }),
    note: z.string(),
    costKind: z.enum(COST_KINDS),
  })
  .openapi('RecurringStreamMoney')

/** See recurringSchema. */
export type Recurring = z.infer<typeof recurringSchema>
