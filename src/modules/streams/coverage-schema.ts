import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../shared/currencies.ts'
import { idSchema } from '../../shared/ids.ts'
import { moneySchema, nonNegativeMoneySchema } from '../../shared/money.ts'
import { missingListSchema, monthSchema } from './purchasing-power-schema.ts'
import { STEPS, WHENS } from './rules/living-costs.ts'

/** How many costs can be told apart. */
export const MOST_LIVING_COSTS = 60

const step = z
  .enum(STEPS)
  .openapi({ description: 'The step of the ladder that it belongs to.', example: 'roof' })

const fields = {
  step,
  label: z
    .string()
    .trim()
    .max(60)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')
    .openapi({ example: 'Rent' }),
  when: z.enum(WHENS).openapi({
    description:
      '`yearly` is set aside evenly; `month` falls into one month of the Gregorian year; the seasons follow the Umm al-Qura calendar.',
  }),
  month: z
    .number()
    .int()
    .min(1)
    .max(12)
    .nullable()
    .openapi({ description: 'Only with `month`, and then needed.' }),
}

/** One cost of living as it is entered. */
const newLivingCostSchema = z.object({
  ...fields,
  label: fields.label.default(''),
  when: fields.when.default('monthly'),
  month: fields.month.default(null),
  amount: nonNegativeMoneySchema,
})

/** How many ladders there can be: a change of what life costs each. */
export const MOST_LADDERS = 60

/** In which calendar months are told. */
export const monthsQuery = z.object({
  calendar: z.enum(['gregorian', 'hijri']).default('gregorian').openapi({
    description: 'Whose months the answer has: with `hijri` those of Umm al-Qura.',
  }),
})

/** Which ladder of living costs. */
export const livingCostsQuery = monthsQuery.extend({
  month: monthSchema.optional().openapi({
    description: 'The Gregorian month whose costs are wanted; the present one unless it is said.',
  }),
})

/** All costs of living from a month on, which replace those entered for it before. */
export const setLivingCostsSchema = z.object({
  from: monthSchema.optional().openapi({
    description:
      'The Gregorian month from which on life costs this. Unless it is said, what holds now is corrected; the first costs hold from the present month on.',
  }),
  items: z
    .array(newLivingCostSchema)
    .max(MOST_LIVING_COSTS)
    .openapi({ description: 'All in one currency. None: what was entered for that month is removed.' }),
})

/** See setLivingCostsSchema. */
export type SetLivingCosts = z.infer<typeof setLivingCostsSchema>

const livingCostSchema = z.object({ id: idSchema, ...fields, amount: moneySchema }).openapi('LivingCost')

/** What life costs, and what of it falls due in each of the twelve months from this one on. */
export const livingCostsSchema = z
  .object({
    currency: currencySchema.nullable(),
    from: monthSchema.nullable().openapi({ description: 'The Gregorian month since which these hold.' }),
    items: z.array(livingCostSchema),
    ladders: z
      .array(
        z.object({
          from: monthSchema,
          monthly: moneySchema.openapi({ description: 'An average month of its first year, all steps.' }),
        }),
      )
      .openapi({ description: 'What life cost before, costs and will cost; the earliest first.' }),
    year: z.array(
      z.object({
        month: z.string().openapi({ example: '2026-11' }),
        steps: z.array(z.object({ step, own: moneySchema, upTo: moneySchema })),
      }),
    ),
  })
  .openapi('LivingCosts')

/** See livingCostsSchema. */
export type LivingCosts = z.infer<typeof livingCostsSchema>

const share = z.number().nullable().openapi({
  description: 'Of the way up to and with this step; null where nothing is due, above 1 where more is left.',
  example: 0.8,
})
const coveredStepSchema = z.object({
  step,
  own: moneySchema,
  upTo: moneySchema,
  covered: z.object({ bad: share, usual: share, good: share }),
})

/** The month that stands for the bad, the usual or the good ones. */
export const markerSchema = z.object({
  name: z.enum(['bad', 'usual', 'good']),
  percentile: z.number().int(),
  month: z.string(),
  net: moneySchema,
})

/** How much of the ladder the streams cover. */
export const coverageSchema = z
  .object({
    currency: currencySchema
      .nullable()
      .openapi({ description: 'Null while there is neither a cost nor a stream.' }),
    hasCosts: z.boolean(),
    months: z.number().int().openapi({ description: 'Complete months looked back upon, 24 at most.' }),
    few: z.enum(['none', 'worst', 'year']).nullable().openapi({
      description:
        '`worst`: fewer than ten, so that the bad month is only the worst one seen. `year`: fewer than twelve, so that some season is missing.',
    }),
    assumed: z.number().int().openapi({
      description:
        'Of these, how many lie before the first living costs that were entered, and are set against those.',
    }),
    missing: missingListSchema,
    markers: z.array(markerSchema),
    steps: z
      .array(
        coveredStepSchema.extend({
          monthsCovered: z
            .number()
            .int()
            .openapi({ description: 'Past months that paid for it, by what it cost then.' }),
        }),
      )
      .openapi({ description: 'Of an average month of the year to come.' }),
    dearest: z.object({ month: z.string(), steps: z.array(coveredStepSchema) }),
    nets: z
      .array(
        z.object({
          month: z.string(),
          net: moneySchema,
          steps: z.array(z.object({ step, upTo: moneySchema, covered: share })),
        }),
      )
      .openapi({ description: 'Each past month, against what life cost in it.' }),
  })
  .openapi('Coverage')

/** See coverageSchema. */
export type ApiCoverage = z.infer<typeof coverageSchema>
