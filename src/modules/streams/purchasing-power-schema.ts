import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../shared/currencies.ts'
import { isoDateSchema } from '../../shared/dates.ts'

/** Which rates foreign money counts at. */
const RATE_KINDS = ['official', 'parallel'] as const

/** How money can be seen. */
export const MEASURES = ['nominal', 'currency', 'prices', 'gold'] as const

/** See MEASURES. */
export type Measure = (typeof MEASURES)[number]

/** What a person can enter month by month. */
export const SERIES_KINDS = ['prices', 'gold'] as const

/** See SERIES_KINDS. */
export type SeriesKind = (typeof SERIES_KINDS)[number]

const rateKind = z.enum(RATE_KINDS).openapi({
  description:
    '`parallel`: a currency that has parallel rates is reached through them, before the first of them at official ones.',
})

/** How a workspace reads its money. */
export const moneySettingsSchema = z
  .object({
    chosenCurrency: currencySchema.nullable().openapi({ description: 'Null while nobody chose one.' }),
    currency: currencySchema.nullable().openapi({
      description: 'What is reported in: the chosen one, or that of living costs or of most streams.',
    }),
    rateKind,
  })
  .openapi('StreamMoneySettings')

/** See moneySettingsSchema. */
export type MoneySettings = z.infer<typeof moneySettingsSchema>

/** What is to be changed of it. */
export const setMoneySettingsSchema = z.object({
  reportingCurrency: currencySchema.nullable().optional(),
  rateKind: rateKind.optional(),
})

/** See setMoneySettingsSchema. */
export type SetMoneySettings = z.infer<typeof setMoneySettingsSchema>

/** A month of the Gregorian calendar. */
export const monthSchema = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'problems.field.month')
  .openapi({ example: '2026-02' })

const decimal = z.string().max(24).openapi({ example: '142.7' })

/** A parallel rate as it crosses the API. */
export const parallelRateSchema = z
  .object({
    currency: currencySchema.openapi({
      description: 'The currency that has a parallel rate.',
      example: 'EGP',
    }),
    anchor: currencySchema.openapi({ description: 'The currency that it is paid for.', example: 'USD' }),
    day: isoDateSchema,
    rate: decimal.openapi({
      description: 'What one unit of `anchor` costs in `currency`.',
      example: '48.25',
    }),
  })
  .openapi('ParallelRate')

/** See parallelRateSchema. */
export type ApiParallelRate = z.infer<typeof parallelRateSchema>

/** One month of a series that a person entered. */
export const seriesEntrySchema = z
  .object({ month: monthSchema, value: decimal })
  .openapi('PriceSeriesEntry', {
    description: 'A consumer price index, or what a gram of gold cost in major units of the currency.',
  })

/** See seriesEntrySchema. */
export type SeriesEntry = z.infer<typeof seriesEntrySchema>

/** Which series. */
export const seriesKeySchema = z.object({ kind: z.enum(SERIES_KINDS), currency: currencySchema })

/** See seriesKeySchema. */
export type SeriesKey = z.infer<typeof seriesKeySchema>

/** Which money, how seen, and of how many months. */
export const purchasingPowerQuery = z.object({
  measure: z.enum(MEASURES).default('currency').openapi({
    description:
      '`nominal`: as it came, by currency. `currency`: in one, each day at its rate. `prices`: the same at the prices of the last month with an index. `gold`: in milligrams.',
  }),
  currency: currencySchema
    .optional()
    .openapi({ description: 'To report in; that of the settings unless given.' }),
  months: z.coerce.number().int().min(1).max(120).default(24),
  calendar: z.enum(['gregorian', 'hijri']).default('gregorian'),
})

/** See purchasingPowerQuery. */
export type PurchasingPowerQuery = z.infer<typeof purchasingPowerQuery>

const missingSchema = z.object({
  month: z.string(),
  what: z.enum(['rate', 'prices', 'gold']),
  currency: currencySchema,
})

/** Months that had to be left out. */
export const missingListSchema = z.array(missingSchema).openapi({
  description: 'What is not known, and so which months are left out. Nothing is assumed.',
})

/** Income by month, so that it can be compared over time. */
export const purchasingPowerSchema = z
  .object({
    measure: z.enum(MEASURES),
    currency: currencySchema.nullable(),
    rateKind,
    baseMonth: z.string().nullable().openapi({ description: 'Whose prices count, by `prices`.' }),
    months: z.array(z.string()).openapi({ description: 'All complete months asked for, oldest first.' }),
    series: z.array(
      z.object({
        unit: z.string().openapi({ description: 'A currency, or `mg` of gold.', example: 'SAR' }),
        points: z.array(
          z.object({
            month: z.string(),
            income: z.string().openapi({ description: 'In minor units, or in milligrams.' }),
            net: z.string(),
          }),
        ),
      }),
    ),
    missing: missingListSchema,
    devaluations: z.array(
      z.object({
        month: z.string(),
        lost: z
          .number()
          .openapi({ description: 'Of the worth that `currency` had the month before.', example: 0.35 }),
        against: z.string().openapi({ description: '`gold`, or a currency.', example: 'USD' }),
      }),
    ),
  })
  .openapi('PurchasingPower')

/** See purchasingPowerSchema. */
export type PurchasingPower = z.infer<typeof purchasingPowerSchema>
