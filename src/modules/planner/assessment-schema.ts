import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../shared/currencies.ts'
import { isoDateSchema } from '../../shared/dates.ts'
import { nonNegativeMoneySchema, positiveMoneySchema } from '../../shared/money.ts'

const said = z.string().openapi({ description: 'In the language of the request.' })

/** An answer: one choice, or all that hold of a question of many. */
export const answerSchema = z.object({
  answer: z.union([z.string().max(40), z.array(z.string().max(40)).min(1).max(20)]).openapi({
    description: 'The `id` of a choice; a list of them where the question is a `set`.',
    example: 'some',
  }),
})

const optionSchema = z.object({
  id: z.string(),
  text: said,
  alone: z.boolean().openapi({ description: 'In a `set`: chosen, it excludes the others.' }),
  note: said.nullable().openapi({
    description: 'What is known of it for this person, such as of a payout rail in their country.',
  }),
  source: said.nullable(),
})

const questionSchema = z.object({
  id: z.string(),
  part: z.enum(['skills', 'time', 'money', 'risk', 'pay', 'self']),
  kind: z.enum(['stepped', 'set', 'choice']).openapi({
    description: '`stepped`: the choices stand from the least to the most. `set`: any number holds.',
  }),
  text: said,
  help: said.nullable(),
  options: z.array(optionSchema),
  answer: z.union([z.string(), z.array(z.string())]).nullable(),
})

/** The conversation as far as it has come. */
export const assessmentSchema = z
  .object({
    questions: z.array(questionSchema),
    answered: z.number().int(),
    next: z.string().nullable().openapi({ description: 'The first question without an answer.' }),
    minutesLeft: z.number().int(),
    contradictions: z.array(z.object({ id: z.string(), questions: z.array(z.string()), text: said })),
    ready: z.boolean().openapi({ description: 'Everything is answered and nothing contradicts itself.' }),
    updatedAt: z.iso.datetime().nullable(),
  })
  .openapi('Assessment')

/** See assessmentSchema. */
export type Assessment = z.infer<typeof assessmentSchema>

const reasonSchema = z.object({
  question: z.string().nullable(),
  asked: said.nullable().openapi({ description: 'The question in words.' }),
  quote: said.nullable().openapi({ description: 'What the person answered.' }),
  text: said.nullable().openapi({ description: 'Why it counts; null where the answer speaks for itself.' }),
})

/** See reasonSchema. */
export type Reason = z.infer<typeof reasonSchema>

const advisedSchema = z
  .object({
    stream: z.string().openapi({ example: 'e-book' }),
    name: said,
    line: said,
    points: z.number(),
    interest: z.enum(['free', 'disputed', 'bears']),
    takesMoney: z.boolean(),
    open: z.boolean().openapi({ description: 'Whether it may be begun now.' }),
    for: z.array(reasonSchema),
    against: z.array(reasonSchema),
    odds: z.object({ text: said, source: said, published: z.boolean() }),
    steps: z.array(said),
    first: z.object({
      monthsLeast: z.number(),
      monthsMost: z.number(),
      money: said,
      source: said,
      published: z.boolean(),
    }),
    killOn: isoDateSchema.openapi({
      description:
        'A date to begin with: half as long again as the slowest usual first income. The person sets it.',
    }),
  })
  .openapi('AdvisedStream')

/** See advisedSchema. */
export type Advised = z.infer<typeof advisedSchema>

/** What the answers come to. */
export const adviceSchema = z
  .object({
    recommended: advisedSchema.nullable().openapi({ description: 'The one stream; null for ‘not yet’.' }),
    notYet: z
      .object({ id: z.string(), text: said, quotes: z.array(reasonSchema), steps: z.array(said) })
      .nullable(),
    alternatives: z.array(advisedSchema),
    avoid: z.array(advisedSchema),
    others: z.array(z.object({ stream: z.string(), name: said, points: z.number() })),
    changes: z.array(
      z.object({
        question: z.string(),
        questionText: said,
        from: said,
        to: said,
        adds: z.boolean().openapi({ description: 'The choice would be made in addition, not instead.' }),
        stream: z.string().nullable(),
        name: said.nullable(),
      }),
    ),
    interest: z
      .object({
        leftOut: said,
        instead: said.nullable(),
        perThousand: z
          .object({ least: z.number(), middle: z.number(), most: z.number() })
          .nullable()
          .openapi({
            description:
              'What leaving it out costs on a thousand put in for a year; below zero it spares a loss. Null: it would not have been among the first three.',
          }),
        sources: z.array(said),
      })
      .nullable(),
    rails: z.array(
      z.object({
        id: z.string(),
        name: said,
        reach: z.enum(['reaches', 'barred', 'check']),
        source: said.nullable(),
      }),
    ),
    country: said,
  })
  .openapi('Advice')

/** See adviceSchema. */
export type AdviceView = z.infer<typeof adviceSchema>

/** Every weight of the assessment, with its reason. */
export const weightsSchema = z
  .object({
    leastPoints: z.number(),
    streams: z.array(
      z.object({
        stream: z.string(),
        name: said,
        weights: z.array(
          z.object({
            kind: z.enum(['base', 'suits', 'wants', 'gate']),
            question: z.string().nullable(),
            choice: said.nullable(),
            points: z.number().nullable(),
            why: said,
          }),
        ),
      }),
    ),
  })
  .openapi('AssessmentWeights')

/** See weightsSchema. */
export type Weights = z.infer<typeof weightsSchema>

/** When a stream is stable: so many of the last so many whole months with that much left and less upkeep than that. */
export const ruleSchema = z
  .object({
    months: z.number().int().min(1).max(24).default(3),
    of: z.number().int().min(1).max(24).default(4),
    amount: positiveMoneySchema.openapi({
      description: 'What has to be left of a month: a step of the ladder of living costs, say.',
    }),
    upkeepHours: z.number().int().min(1).max(400).default(20),
  })
  .refine(({ months, of }) => months <= of, { path: ['months'], message: 'problems.field.months-of' })
  .openapi('StabilityRule')

/** What the person sets before a stream is begun. */
export const limitsSchema = z.object({
  killOn: isoDateSchema.openapi({ description: 'The day on which it ends if it is not stable by then.' }),
  lossCap: nonNegativeMoneySchema.openapi({ description: 'More than this is not spent on it.' }),
  rule: ruleSchema,
})

/** A stream of the advice to be begun. */
export const beginAdvisedSchema = limitsSchema.extend({
  stream: z.string().max(40).openapi({ example: 'e-book' }),
  name: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')
    .openapi({ example: 'Guide to home bread' }),
})

/** See beginAdvisedSchema. */
export type BeginAdvised = z.infer<typeof beginAdvisedSchema>

/** A stream of the advice to be planned. */
export const planAdvisedSchema = z.object({
  stream: z.string().max(40).openapi({ example: 'e-book' }),
  currency: currencySchema.openapi({ description: 'In which the plan is told; what one lives on.' }),
  killOn: isoDateSchema.optional().openapi({
    description: 'That of the advice unless it is said, or of the stream if it is the one already.',
  }),
  lossCap: nonNegativeMoneySchema.optional().openapi({
    description: 'What may be lost by the answers, measured by the living costs, unless it is said.',
  }),
})

/** See planAdvisedSchema. */
export type PlanAdvised = z.infer<typeof planAdvisedSchema>
