import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../shared/currencies.ts'
import { moneySchema } from '../../shared/money.ts'
import { markerSchema, monthsQuery } from './coverage-schema.ts'
import { missingListSchema } from './purchasing-power-schema.ts'
import { DIMENSIONS } from './rules/concentration.ts'
import { STEPS } from './rules/living-costs.ts'

const by = z.enum(DIMENSIONS).openapi({ description: 'By what income is told apart.' })
const limit = z.number().min(0).max(1).nullable()

/** From where on a person wants to be told, for one dimension. */
export const limitsSchema = z
  .object({
    by,
    hhi: limit.openapi({ description: 'Sum of squared shares; null for never.', example: 0.25 }),
    largest: limit.openapi({ description: 'Largest share; null for never.', example: 0.5 }),
  })
  .openapi('ConcentrationLimits')

/** See limitsSchema. */
export type ApiLimits = z.infer<typeof limitsSchema>

/** In which currency to compare, that of the settings unless given, and by whose months. */
export const concentrationQuery = monthsQuery.extend({ currency: currencySchema.optional() })

/** Whether the owners are told by mail. */
export const mailsSchema = z.object({
  on: z.boolean().openapi({
    description: 'Tell the owners by mail when a month turns and a limit is first passed.',
  }),
})

const figures = {
  hhi: z
    .number()
    .nullable()
    .openapi({ description: 'Sum of squared shares: 1 is all on one, 1/n is n equal parts.' }),
  effective: z
    .number()
    .nullable()
    .openapi({ description: '1/HHI: how many equal parts would be as concentrated.' }),
}

const dimensionSchema = z.object({
  by,
  total: moneySchema,
  unsaid: moneySchema.openapi({
    description:
      'Income of which nobody said the part, or that many parts share. It counts as spread over very many: the figures are never more than the truth.',
  }),
  shares: z.array(z.object({ key: z.string(), name: z.string(), income: moneySchema, share: z.number() })),
  ...figures,
  limits: limitsSchema,
  alarms: z.array(
    z.object({
      kind: z.enum(['hhi', 'largest']),
      value: z.number(),
      limit: z.number(),
      detail: z.string().openapi({ description: 'What it means, in the language of the request.' }),
    }),
  ),
  without: z
    .object({
      key: z.string(),
      name: z.string(),
      markers: z.array(markerSchema),
      steps: z.array(
        z.object({
          step: z.enum(STEPS),
          upTo: moneySchema,
          now: z.number().nullable().openapi({ description: 'Covered in a usual month as it is.' }),
          left: z.number().nullable().openapi({ description: 'Covered in a usual month if it fell away.' }),
        }),
      ),
    })
    .nullable()
    .openapi({ description: 'What would be left if the largest fell away, of the last 24 months.' }),
  history: z
    .array(
      z.object({ month: z.string(), months: z.number().int(), largest: z.number().nullable(), ...figures }),
    )
    .openapi({ description: 'Of the twelve months that end with each month, oldest first.' }),
})

/** How far income hangs on few things. */
export const concentrationSchema = z
  .object({
    currency: currencySchema.nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    months: z.number().int(),
    missing: missingListSchema,
    mails: mailsSchema.extend({
      possible: z.boolean().openapi({ description: 'Whether the server has a mail server at all.' }),
    }),
    dimensions: z.array(dimensionSchema),
  })
  .openapi('Concentration')

/** See concentrationSchema. */
export type ApiConcentration = z.infer<typeof concentrationSchema>

/** One dimension of it. */
export type ApiDimension = ApiConcentration['dimensions'][number]

/** What is over a limit. */
export const alarmsSchema = z
  .object({
    items: z.array(
      z.object({
        by,
        kind: z.enum(['hhi', 'largest']),
        key: z.string().openapi({ description: 'The largest part of the dimension.' }),
        name: z.string(),
        value: z.number(),
        limit: z.number(),
        left: moneySchema.openapi({ description: 'Of a usual month, if the largest fell away.' }),
        leftShare: z.number().nullable().openapi({
          description: 'Of what life costs without savings; null where that is not known in this currency.',
        }),
        text: z.string().openapi({ description: 'All of it in words, in the language of the request.' }),
      }),
    ),
  })
  .openapi('ConcentrationAlarms')

/** See alarmsSchema. */
export type ApiAlarms = z.infer<typeof alarmsSchema>
