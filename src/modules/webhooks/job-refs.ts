import { z } from 'zod'
import type { EnclosedEvent, JobRef } from '../../platform/jobs/jobs.ts'

const wake = z.object({ endpointId: z.uuid(), at: z.string() })

/** Looks for what an endpoint waits for; `at` is when the job was to run, which tells one job from another. */
export type Wake = z.infer<typeof wake>

/** Delivers to endpoints that answer well. */
export const deliverRef: JobRef<Wake> = { name: 'deliver-webhooks', schema: wake }

/** Delivers to endpoints that fail or are slow, apart, so that they hold up nobody else. */
export const deliverSlowRef: JobRef<Wake> = { name: 'deliver-slow-webhooks', schema: wake }

/** Hands an event to the endpoints that want it. */
export const fanOutRef: JobRef<EnclosedEvent> = {
  name: 'fan-out-webhooks',
  schema: z.object({ event: z.string(), id: z.uuid(), payload: z.unknown() }),
}
