import { z } from '@hono/zod-openapi'
import { isoDateSchema } from '../../shared/dates.ts'
import { idSchema } from '../../shared/ids.ts'
import { moneySchema, nonNegativeMoneySchema } from '../../shared/money.ts'
import { limitsSchema, ruleSchema } from './assessment-schema.ts'
import { REVIEW_QUESTIONS } from './rules/reviews.ts'

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'problems.field.control-characters')

const title = words(200).min(1).openapi({ example: 'Ten people have read the first chapter' })

/** A milestone to be set. */
export const newMilestoneSchema = z.object({ title, dueOn: isoDateSchema })

/** See newMilestoneSchema. */
export type NewMilestone = z.infer<typeof newMilestoneSchema>

/** What is to be changed of a milestone; what is left out stays. */
export const updateMilestoneSchema = z.object({
  title: title.optional(),
  dueOn: isoDateSchema.optional(),
  done: z.boolean().optional(),
})

/** See updateMilestoneSchema. */
export type UpdateMilestone = z.infer<typeof updateMilestoneSchema>

/** A step on the way, with its date. */
export const milestoneSchema = z
  .object({ id: idSchema, title: z.string(), dueOn: isoDateSchema, doneOn: isoDateSchema.nullable() })
  .openapi('Milestone')

/** See milestoneSchema. */
export type Milestone = z.infer<typeof milestoneSchema>

/** A stream to be made the one. */
export const beginFocusSchema = limitsSchema.extend({ streamId: idSchema })

/** See beginFocusSchema. */
export type BeginFocus = z.infer<typeof beginFocusSchema>

/** What is to be changed of the present one; what is left out stays. */
export const updateFocusSchema = z.object({
  killOn: isoDateSchema.optional(),
  lossCap: nonNegativeMoneySchema.optional(),
  rule: ruleSchema.optional(),
})

/** See updateFocusSchema. */
export type UpdateFocus = z.infer<typeof updateFocusSchema>

/** How the present one ended. */
export const endFocusSchema = z.object({
  as: z.enum(['stable', 'killed', 'left']).openapi({
    description:
      '`stable` only by the rule; `killed`: its date or its cap was reached; `left`: for another reason.',
  }),
  note: words(1_000).default(''),
})

/** See endFocusSchema. */
export type EndFocus = z.infer<typeof endFocusSchema>

const focusBase = z.object({
  id: idSchema,
  streamId: idSchema,
  streamName: z.string(),
  profile: z
    .string()
    .nullable()
    .openapi({ description: 'What it was in the assessment, if it was begun from there.' }),
  recommended: z.string().nullable().openapi({ description: 'What the assessment recommended then.' }),
  begunOn: isoDateSchema,
  killOn: isoDateSchema,
  lossCap: nonNegativeMoneySchema,
  endedOn: isoDateSchema.nullable(),
  endedAs: z.enum(['stable', 'killed', 'left']).nullable(),
  note: z.string(),
})

/** The one stream with all that stands around it. */
export const focusSchema = focusBase
  .extend({
    daysToKill: z.number().int().openapi({ description: 'Below zero once the day is over.' }),
    spent: moneySchema,
    capReached: z.boolean(),
    minutes: z.number().int().openapi({ description: 'Hours given since it became the one, in minutes.' }),
    rule: ruleSchema,
    stability: z.object({
      met: z.number().int(),
      stable: z.boolean(),
      months: z.array(
        z.object({
          month: z.string(),
          net: moneySchema,
          upkeepMinutes: z.number().int(),
          counts: z.boolean(),
        }),
      ),
    }),
    milestones: z.array(milestoneSchema),
    week: isoDateSchema.openapi({ description: 'The Monday of this week.' }),
    reviewed: z.enum(['written', 'skipped']).nullable(),
  })
  .openapi('Focus')

/** See focusSchema. */
export type Focus = z.infer<typeof focusSchema>

/** The present one, and those before, the latest first. */
export const focusesSchema = z
  .object({ current: focusSchema.nullable(), past: z.array(focusBase.openapi('PastFocus')) })
  .openapi('Focuses')

/** See focusesSchema. */
export type Focuses = z.infer<typeof focusesSchema>

/** Answers of one week; any of them may be empty. Null says that the week is skipped, which is no failing. */
export const reviewAnswersSchema = z.object({
  answers: z
    .object(Object.fromEntries(REVIEW_QUESTIONS.map((id) => [id, words(1_000).default('')])))
    .nullable(),
})

/** See reviewAnswersSchema. */
export type ReviewAnswers = { answers: Record<string, string> | null }

/** One week's review. */
export const reviewSchema = z
  .object({ week: isoDateSchema, answers: z.record(z.string(), z.string()).nullable() })
  .openapi('Review')

/** See reviewSchema. */
export type Review = z.infer<typeof reviewSchema>

/** The five questions, and the weeks so far, the latest first. */
export const reviewsSchema = z
  .object({
    questions: z.array(z.object({ id: z.enum(REVIEW_QUESTIONS), text: z.string(), help: z.string() })),
    week: isoDateSchema,
    reviews: z.array(reviewSchema),
  })
  .openapi('Reviews')

/** See reviewsSchema. */
export type Reviews = z.infer<typeof reviewsSchema>

const jumpSchema = z.object({
  name: z.string(),
  begunOn: isoDateSchema,
  leftOn: isoDateSchema,
  months: z.number().int(),
  minutes: z.number().int(),
  monthsToIncome: z.number().int().nullable(),
  net: z.array(moneySchema),
})

/** What to look at before another stream is begun. */
export const jumpFiguresSchema = z
  .object({
    jumps: z
      .array(jumpSchema)
      .openapi({ description: 'The last three streams that were begun and left, the latest first.' }),
    usualMinutes: z.number().int().nullable().openapi({
      description: 'What a jump took before it was left, in the middle; null without history.',
    }),
    present: z
      .object({
        streamName: z.string(),
        killOn: isoDateSchema,
        daysToKill: z.number().int(),
        minutes: z.number().int(),
        met: z.number().int(),
        needed: z.number().int(),
      })
      .nullable(),
  })
  .openapi('JumpFigures')

/** See jumpFiguresSchema. */
export type JumpFigures = z.infer<typeof jumpFiguresSchema>

/** What was decided, and why. */
export const newJumpSchema = z.object({
  wanted: words(200).min(1).openapi({ example: 'A channel about bread' }),
  decision: z
    .enum(['stay', 'jump'])
    .openapi({ description: '`jump` ends the present one, so that another can be begun.' }),
  reason: words(1_000).default(''),
})

/** See newJumpSchema. */
export type NewJump = z.infer<typeof newJumpSchema>

/** A decision as it was kept, with the figures that were shown then. */
export const jumpDecisionSchema = z
  .object({
    id: idSchema,
    wanted: z.string(),
    decision: z.enum(['stay', 'jump']),
    reason: z.string(),
    streamName: z.string(),
    figures: jumpFiguresSchema,
    createdAt: z.iso.datetime(),
  })
  .openapi('JumpDecision')

/** See jumpDecisionSchema. */
export type JumpDecision = z.infer<typeof jumpDecisionSchema>
