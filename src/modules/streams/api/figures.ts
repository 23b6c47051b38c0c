import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { currencySchema, type CurrencyCode } from '../../../shared/currencies.ts'
import { isoDateSchema } from '../../../shared/dates.ts'
import { idSchema } from '../../../shared/ids.ts'
import { readFigures, type AllFigures } from '../operations/read-figures.ts'
import type { Figures } from '../rules/figures.ts'
import type { Trend } from '../rules/trend.ts'
import { STREAM_KINDS } from '../schema.ts'

const monthName = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'problems.field.month')
  .openapi({ example: '2026-01' })

/** A sum may have more digits than a single amount. */
const sumSchema = z.object({ amount: z.string().regex(/^-?\d+$/u), currency: currencySchema })

const trendSchema = z.discriminatedUnion('direction', [
  z.object({ direction: z.literal('too-short'), months: z.number().int(), wanted: z.number().int() }),
  z.object({
    direction: z.enum(['up', 'down', 'unclear']),
    perMonth: sumSchema.openapi({
      description: 'The middle of the change from month to month (Theil and Sen).',
    }),
    low: sumSchema,
    high: sumSchema.openapi({ description: 'With `low`, the interval that holds it with 90 % confidence.' }),
    months: z.number().int(),
  }),
])

const figuresSchema = z
  .object({
    income: sumSchema,
    cost: sumSchema,
    net: sumSchema,
    upkeepMinutes: z.number().int(),
    buildingMinutes: z.number().int(),
    writtenOffMinutes: z
      .number()
      .int()
      .openapi({ description: 'The part of all building so far that these months bear.' }),
    netPerUpkeepHour: sumSchema.nullable(),
    netPerHour: sumSchema
      .nullable()
      .openapi({ description: 'By hours of upkeep and those of building that are written off.' }),
    passivity: z
      .number()
      .nullable()
      .openapi({ description: 'Share of income that came in months with less than an hour of upkeep.' }),
    trend: trendSchema.openapi({
      description: 'Of the net by month, over months that are over. `unclear` when the interval holds zero.',
    }),
  })
  .openapi('StreamFigures')

const allSchema = z.object({
  currency: currencySchema,
  months: z.array(z.object({ label: z.string(), from: isoDateSchema, before: isoDateSchema })),
  streams: z.array(
    z.object({
      id: idSchema,
      kind: z.enum(STREAM_KINDS),
      name: z.string(),
      archived: z.boolean(),
      compared: z.boolean().openapi({ description: 'A salary to compare with: no part of the total.' }),
      months: z.array(
        z.object({
          income: sumSchema,
          cost: sumSchema,
          upkeepMinutes: z.number().int(),
          buildingMinutes: z.number().int(),
          incomplete: z
            .boolean()
            .openapi({ description: 'A rate is missing: not all of its money is in it.' }),
        }),
      ),
      figures: figuresSchema,
    }),
  ),
  total: figuresSchema,
  unassigned: z.object({ income: sumSchema, cost: sumSchema }).openapi({
    description: 'In the books without a stream.',
  }),
  missingRates: z.array(z.object({ currency: currencySchema, day: isoDateSchema })).openapi({
    description: 'Currencies without a rate, and the first day that lacks it. Their money is in no figure.',
  }),
})

/** All figures, as the API tells them. */
export type ApiFigures = z.infer<typeof allSchema>

/** The figures of one stream or of all together, as the API tells them. */
export type ApiStreamFigures = z.infer<typeof figuresSchema>

/** Which months of which streams, in which currency. */
export const figuresQuery = z.object({
  currency: currencySchema
    .optional()
    .openapi({ description: 'To report in; that of the settings unless given.' }),
  from: monthName
    .optional()
    .openapi({ description: 'The first month; eleven before the last unless it is said.' }),
  to: monthName.optional().openapi({ description: 'The last month; the present one unless it is said.' }),
  calendar: z.enum(['gregorian', 'hijri']).default('gregorian').openapi({
    description:
      'Whose months the answer has: with `hijri`, those of Umm al-Qura that hold any of these days.',
  }),
  streamId: idSchema.optional(),
})

const route = createRoute({
  method: 'get',
  path: '/stream-figures',
  ...needs('streams:read'),
  tags: ['Streams'],
  summary: 'What streams earn, cost and take',
  description:
    'By month, for an hour, and where it goes, in one currency: each day at its rate. A missing rate is said, never assumed.',
  request: { query: figuresQuery },
  responses: { 200: answer(allSchema, 'The figures.'), ...refusals('not-found') },
})

/** Figures of streams. */
export function figuresApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(route, async (c) => c.json(toApi(await readFigures(c.get('ctx'), c.req.valid('query'))), 200))
  return api
}

function toApi(all: AllFigures): ApiFigures {
  const { currency, months, streams, total, unassigned, missingRates } = all
  return {
    currency,
    months: [...months],
    streams: streams.map(({ figures, months: own, ...stream }) => ({
      ...stream,
      months: own.map(({ incomeMinor, costMinor, ...month }) => ({
        ...month,
        income: money(incomeMinor, currency),
        cost: money(costMinor, currency),
      })),
      figures: toFigures(figures, currency),
    })),
    total: toFigures(total, currency),
    unassigned: {
      income: money(unassigned.incomeMinor, currency),
      cost: money(unassigned.costMinor, currency),
    },
    missingRates: [...missingRates],
  }
}

function toFigures(figures: Figures, currency: CurrencyCode): ApiStreamFigures {
  const { incomeMinor, costMinor, netMinor, netPerUpkeepHourMinor, netPerHourMinor, trend, ...rest } = figures
  const perHour = (minor: bigint | null) => (minor === null ? null : money(minor, currency))
  return {
    ...rest,
    income: money(incomeMinor, currency),
    cost: money(costMinor, currency),
    net: money(netMinor, currency),
    netPerUpkeepHour: perHour(netPerUpkeepHourMinor),
    netPerHour: perHour(netPerHourMinor),
    trend: toTrend(trend, currency),
  }
}

function toTrend(trend: Trend, currency: CurrencyCode): ApiStreamFigures['trend'] {
  if (trend.direction === 'too-short') return trend
  const { direction, slope, low, high, months } = trend
  const rounded = (value: number) => money(BigInt(Math.round(value)), currency)
  return { direction, perMonth: rounded(slope), low: rounded(low), high: rounded(high), months }
}

function money(minor: bigint, currency: CurrencyCode) {
  return { amount: minor.toString(), currency }
}
