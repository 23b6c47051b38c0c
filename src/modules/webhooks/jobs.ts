import { z } from 'zod'
import type { Announcement } from '../../platform/announcement.ts'
import { defineJob, type AnyJob, type Subscription } from '../../platform/jobs/jobs.ts'
import { deliverRef, deliverSlowRef, fanOutRef } from './job-refs.ts'
import { deliverDue } from './operations/deliver.ts'
import { fanOut } from './operations/fan-out.ts'
import { findInterested } from './operations/find-interested.ts'
import { sweepWebhooks } from './operations/sweep.ts'

/** How many endpoints are delivered to side by side, of each kind: one that is slow can only hold up others of its kind. */
const LANES = 4

const POLL_SECONDS = 2

const deliver = defineJob({
  ...deliverRef,
  workers: LANES,
  pollSeconds: POLL_SECONDS,
  handler: async (ctx, wakes) => {
    for (const wake of wakes) await deliverDue(ctx, wake)
  },
})

const deliverSlow = defineJob({ ...deliver, ...deliverSlowRef })

const sweep = defineJob({
  name: 'sweep-webhooks',
  schema: z.object({}),
  cron: '35 * * * *',
  expireSeconds: 3600,
  handler: sweepWebhooks,
})

/** The background work of webhooks, which tell of `announcements`. */
export function jobsFor(announcements: readonly Announcement[]): readonly AnyJob[] {
  const fanOutJob = defineJob({
    ...fanOutRef,
    batch: 100,
    handler: (ctx, events) => fanOut(ctx, events, announcements),
  })
  return [fanOutJob, deliver, deliverSlow, sweep]
}

/** One reader of all events, in the workspaces that have an endpoint. */
export function subscriptionsFor(announcements: readonly Announcement[]): readonly Subscription[] {
  return announcements.map(({ event }) => ({
    event,
    job: fanOutRef.name,
    wanted: findInterested,
    enclosed: true,
  }))
}
