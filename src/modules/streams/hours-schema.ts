import { z } from '@hono/zod-openapi'
import { isoDateSchema } from '../../shared/dates.ts'
import { idSchema } from '../../shared/ids.ts'
import { MOST_MINUTES } from './rules/hours.ts'
import { HOURS_PURPOSES } from './schema.ts'

const minutes = z
  .number()
  .int('problems.field.minutes')
  .min(1, 'problems.field.minutes')
  .max(MOST_MINUTES, 'problems.field.minutes')
  .openapi({ example: 45 })
const purpose = z.enum(HOURS_PURPOSES).default('upkeep').openapi({
  description:
    '`building` comes before the income and is written off over the stream’s life; `upkeep` keeps it coming.',
})
const note = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')
  .default('')

/** Time that a person gave to a stream. */
export const newHoursSchema = z.object({ streamId: idSchema, purpose, day: isoDateSchema, minutes, note })

/** See newHoursSchema. */
export type NewHours = z.infer<typeof newHoursSchema>

/** Time that was given to a stream. */
export const hoursSchema = z
  .object({
    id: idSchema,
    streamId: idSchema,
    purpose: z.enum(HOURS_PURPOSES),
    day: isoDateSchema,
    minutes: z.number().int(),
    note: z.string(),
    userId: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
  })
  .openapi('StreamHours')

/** See hoursSchema. */
export type Hours = z.infer<typeof hoursSchema>

/** Which clock to start. */
export const startTimerSchema = z.object({
  streamId: idSchema,
  purpose,
  day: isoDateSchema
    .optional()
    .openapi({ description: 'Today, where the person is; by UTC unless it is said.' }),
})

/** See startTimerSchema. */
export type StartTimer = z.infer<typeof startTimerSchema>

/** How to stop the clock. */
export const stopTimerSchema = z.object({
  minutes: minutes.optional().openapi({
    description: 'How long it really was; wanted where the clock has run for more than twelve hours.',
  }),
  discard: z.boolean().default(false).openapi({ description: 'Nothing is recorded.' }),
  note,
})

/** See stopTimerSchema. */
export type StopTimer = z.infer<typeof stopTimerSchema>

/** A clock that runs. */
export const timerSchema = z
  .object({
    streamId: idSchema,
    streamName: z.string(),
    purpose: z.enum(HOURS_PURPOSES),
    startedAt: z.iso.datetime(),
  })
  .openapi('StreamTimer')

/** See timerSchema. */
export type Timer = z.infer<typeof timerSchema>
