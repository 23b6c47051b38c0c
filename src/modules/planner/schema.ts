import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../shared/currencies.ts'
import { idSchema } from '../../shared/ids.ts'
import { nonNegativeMoneySchema } from '../../shared/money.ts'

const instant = z.iso.datetime().openapi({ example: '2026-03-01T09:30:00.000Z' })
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')
const share = z.number().min(0).max(1)

/** How many streams a plan has at most, and how many steps its ladder. */
export const MOST_STREAMS = 12
const MOST_STEPS = 8
const MOST_MONTHS = 120

const range = z
  .tuple([z.number(), z.number()])
  .openapi({ description: 'From – to; the same twice for a single value.', example: [0.02, 0.05] })

const stream = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'problems.field.plan-key')
      .openapi({
        description: 'Stays with the stream: its luck on each path hangs on it.',
        example: 'guides',
      }),
    name: words(80).openapi({ example: 'Guides' }),
    model: z.string().min(1).max(40).openapi({ example: 'digital-product' }),
    streamId: idSchema
      .nullable()
      .default(null)
      .openapi({ description: 'The stream of the workspace whose own history takes over.' }),
    currency: currencySchema,
    platform: z.string().trim().max(60).default('').openapi({
      description: 'Streams that name the same platform share its shocks.',
      example: 'gumroad',
    }),
    startMonth: z
      .number()
      .int()
      .min(0)
      .max(MOST_MONTHS - 1),
    outlay: nonNegativeMoneySchema.meta({
      description: 'What it takes to begin, or is put into a holding.',
    }),
    monthlyCost: nonNegativeMoneySchema,
    buildHours: z.number().min(0).max(10_000),
    upkeepHours: z.number().min(0).max(400),
    feeShare: share.openapi({ description: 'What platforms and payment keep.' }),
    values: z.record(z.string().max(40), range).default({}).openapi({
      description: 'Assumptions that differ from the model’s; money is in the stream’s currency.',
    }),
  })
  .openapi('PlannedStream')

const economy = z
  .object({
    inflation: z.number().min(-0.05).max(2).default(0.03),
    inflationSpread: z.number().min(0).max(0.5).default(0.015),
    exchangeSpread: z.number().min(0).max(1).default(0),
    jumpsPerYear: z
      .number()
      .min(0)
      .max(2)
      .default(0)
      .openapi({ description: 'Sudden devaluations in a year.' }),
    jumpSize: z.number().min(0).max(5).default(0.3).openapi({
      description: 'By how much foreign money grows dearer at once: 0.3 is by 30 of 100.',
    }),
    passThrough: share.default(0.4).openapi({ description: 'How much of it comes through in prices.' }),
  })
  .openapi('PlanEconomy')

/** A plan as it is written and kept. */
export const planInputSchema = z
  .object({
    name: words(120).openapi({ example: 'One year of evenings' }),
    currency: currencySchema.meta({ description: 'In which it is told; what one lives on.' }),
    firstMonth: z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'problems.field.plan-month')
      .openapi({ example: '2026-12' }),
    months: z.number().int().min(6).max(MOST_MONTHS),
    money: nonNegativeMoneySchema.meta({ description: 'What may be put into it at the beginning.' }),
    monthlyMoney: nonNegativeMoneySchema,
    hoursPerMonth: z.number().min(0).max(400),
    hourlyWage: nonNegativeMoneySchema.meta({
      description: 'What an hour of one’s own is worth elsewhere.',
    }),
    taxShare: z.number().min(0).max(0.9),
    ladder: z.array(z.object({ name: words(60), amount: nonNegativeMoneySchema })).max(MOST_STEPS),
    economy: economy.prefault({}),
    rates: z
      .array(z.object({ currency: currencySchema, rate: z.number().positive().max(1e9) }))
      .max(20)
      .default([])
      .openapi({ description: 'What one unit of another currency costs today, in the plan’s currency.' }),
    streams: z.array(stream).max(MOST_STREAMS),
  })
  .openapi('PlanInput')

/** See planInputSchema. */
export type PlanInput = z.infer<typeof planInputSchema>

/** One stream of a plan. */
export type PlannedStream = PlanInput['streams'][number]

/** A plan. `version` counts its changes: a change says which it is of. */
export const planSchema = z
  .object({
    id: idSchema,
    version: z.number().int(),
    input: planInputSchema,
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('Plan')

/** See planSchema. */
export type Plan = z.infer<typeof planSchema>

/** A change of a plan: the whole plan, and the version that it was made from. */
export const updatePlanSchema = z.object({ version: z.number().int(), input: planInputSchema })

/** See updatePlanSchema. */
export type UpdatePlan = z.infer<typeof updatePlanSchema>

/** How a projection is to be made; the seed is chosen by the server unless given. */
export const newProjectionSchema = z.object({
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
  paths: z.number().int().min(500).max(10_000).default(10_000),
})

/** See newProjectionSchema. */
export type NewProjection = z.infer<typeof newProjectionSchema>

/** A plan that is not saved, to be tried; the seed keeps two answers comparable. */
export const whatIfSchema = z.object({
  input: planInputSchema,
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
})

/** See whatIfSchema. */
export type WhatIf = z.infer<typeof whatIfSchema>

const amounts = 'Estimates in whole minor units of the plan’s currency, in the money of the first month.'
const spread = z.object({ p10: z.number(), p50: z.number(), p90: z.number(), mean: z.number() })
const fan = z
  .object({
    p10: z.array(z.number()),
    p50: z.array(z.number()),
    p90: z.array(z.number()),
    mean: z.array(z.number()),
  })
  .openapi({ description: amounts })
const events = z.object({
  notLaunched: share,
  noFirstSale: share,
  shock: share,
  stopped: share,
  default: share,
  crash: share,
  postponed: share,
  outOfMoney: share,
  devaluation: share,
})
const month = z.number().int().nullable()
const series = z
  .object({
    monthly: fan,
    total: spread,
    late: spread.openapi({ description: 'By month, over the last twelve.' }),
    hours: spread,
    putIn: spread,
    endValue: spread.openapi({ description: 'What holdings are worth at the end.' }),
    payback: z.object({ p10: month, p50: month, p90: month, never: share }).openapi({
      description: 'Months after the first until what was put in is back; null: not within the plan.',
    }),
    zero: share.openapi({ description: 'Of all paths: no income at all.' }),
    belowWage: share.openapi({ description: 'Of all paths: an hour brings less than the own wage.' }),
    loss: share.openapi({ description: 'Of all paths: less at the end than was put in.' }),
    events,
  })
  .openapi('ProjectedSeries')

/** What own history changes of a stream's assumptions. */
export const historySchema = z
  .object({
    key: z.string(),
    months: z.number().int().openapi({ description: 'Months of own history that were looked at.' }),
    active: z.number().int().openapi({ description: 'Of these with income.' }),
    weight: share.openapi({
      description: 'How much of the level is own history; the rest is what others published.',
    }),
    priorLevel: z.number(),
    ownLevel: z.number().nullable(),
    level: z.number().openapi({ description: 'The usual month, before and after; whole minor units.' }),
    activeShare: share,
  })
  .openapi('OwnHistory')

/** See historySchema. */
export type OwnHistory = z.infer<typeof historySchema>

/** What a projection says. */
export const figuresSchema = z
  .object({
    months: z.number().int(),
    paths: z.number().int(),
    plan: series,
    streams: z.array(series),
    zeroBy: z.array(share),
    belowWageBy: z.array(share),
    outOfMoneyBy: z.array(share),
    steps: z.array(z.array(share)).openapi({ description: 'By step of the ladder and month.' }),
    worst: z.object({
      total: z.number(),
      result: z.number(),
      hours: z.number(),
      putIn: z.number(),
      late: z.number(),
      firstIncome: month,
      noIncome: share,
      outOfMoney: share,
      events,
    }),
  })
  .openapi('ProjectionFigures')

/** A projection without its figures, for lists. */
export const projectionSummarySchema = z
  .object({
    id: idSchema,
    planId: idSchema,
    name: z.string(),
    seed: z.number().int(),
    engine: z.number().int(),
    paths: z.number().int(),
    createdAt: instant,
  })
  .openapi('ProjectionSummary')

/** See projectionSummarySchema. */
export type ProjectionSummary = z.infer<typeof projectionSummarySchema>

/** A projection: what went in, what came out, and its bad case in words. */
export const projectionSchema = projectionSummarySchema
  .extend({
    input: planInputSchema,
    figures: figuresSchema,
    history: z.array(historySchema),
    story: z
      .array(z.string())
      .openapi({ description: 'The worst tenth, in sentences of the caller’s language.' }),
  })
  .openapi('Projection')

/** See projectionSchema. */
export type Projection = z.infer<typeof projectionSchema>

/** The answer to a what-if: the plan's figures, without months of single streams. */
export const whatIfAnswerSchema = z
  .object({
    seed: z.number().int(),
    figures: figuresSchema,
    history: z.array(historySchema),
    story: z.array(z.string()),
  })
  .openapi('WhatIfAnswer')

/** See whatIfAnswerSchema. */
export type WhatIfAnswer = z.infer<typeof whatIfAnswerSchema>

/** A model with its assumptions and where they come from, in the caller's language. */
export const modelSchema = z
  .object({
    id: z.string(),
    family: z.enum(['product', 'work', 'holding']),
    name: z.string(),
    lead: z.string(),
    limits: z.string(),
    bearsInterest: z.boolean(),
    usual: z.object({
      outlay: z.number(),
      monthlyCost: z.number(),
      buildHours: z.number(),
      upkeepHours: z.number(),
      feeShare: z.number(),
    }),
    parameters: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        unit: z.enum(['share', 'share-year', 'money', 'money-hour', 'count', 'times', 'months', 'spread']),
        value: range
          .nullable()
          .openapi({ description: 'The default, in dollars where it is money; null: to be set.' }),
        least: z.number(),
        most: z.number(),
        isRange: z.boolean(),
        evidence: z.enum(['published', 'fitted', 'judgement', 'none', 'own']),
        note: z.string().openapi({ description: 'Why, or what is meant.' }),
        source: z
          .object({
            title: z.string(),
            year: z.number().int().nullable(),
            sample: z.number().int().nullable(),
            survivorship: z.string().openapi({ description: 'Who is left out of the figures.' }),
          })
          .nullable(),
      }),
    ),
  })
  .openapi('StreamModel')

/** See modelSchema. */
export type DescribedModel = z.infer<typeof modelSchema>
