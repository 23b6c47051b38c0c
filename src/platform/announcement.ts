import type { z } from 'zod'
import type { EventDefinition } from './jobs/jobs.ts'

/**
 * An event of which people outside may be told: its name there, the documented form of what is told, and how that is made
 * of what the program says to itself. Modules list theirs; who tells them on (webhooks) is known to none of them.
 */
export type Announcement = {
  /** The event of which it tells. */
  readonly event: string
  /** What it is called outside: `order.paid`. Never changed once it was released. */
  readonly type: string
  /** In one sentence, for programmers. */
  readonly summary: string
  /** What is told. Fields are added and none is taken away. */
  readonly schema: z.ZodType
  readonly example: unknown
  /** When it happened (RFC 3339), and what is told, of the event's payload. */
  describe(payload: unknown): { at: string; data: unknown }
}

type Definition<Payload, Data extends z.ZodType> = {
  event: EventDefinition<Payload>
  type: string
  summary: string
  schema: Data
  example: z.output<Data>
  at: (payload: Payload) => string
  data: (payload: Payload) => z.input<Data>
}

/** Declares an announcement; register it in the module's `announcements`. */
export function defineAnnouncement<Payload, Data extends z.ZodType>(
  definition: Definition<Payload, Data>,
): Announcement {
  const { event, at, data, ...rest } = definition
  return {
    ...rest,
    event: event.name,
    describe: (raw) => {
      const payload = event.schema.parse(raw)
      // The schema lets through what is documented, and nothing else.
      return { at: at(payload), data: rest.schema.parse(data(payload)) }
    },
  }
}
