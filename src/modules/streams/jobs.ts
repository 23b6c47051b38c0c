import { z } from 'zod'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import {
  defineJob,
  enqueueAll,
  type AnyJob,
  type JobRef,
  type Subscription,
} from '../../platform/jobs/jobs.ts'
import { productPublished } from './events.ts'
import { importJobs } from './import-jobs.ts'
import { adoptProducts } from './operations/adopt-products.ts'
import { postDueRecurring } from './operations/post-recurring.ts'
import { watchConcentration } from './operations/watch-concentration.ts'
import { listStoreDirectory } from '../workspaces/index.ts'

const MOST_WORKSPACES = 10_000

const adoptProductsJob = defineJob({
  name: 'adopt-products',
  schema: productPublished,
  batch: 100,
  handler: adoptProducts,
})

const postRecurringJob = defineJob({
  name: 'post-recurring',
  schema: z.object({}),
  handler: async (ctx) => {
    await postDueRecurring(ctx)
  },
})

const watchConcentrationJob = defineJob({
  name: 'watch-concentration',
  schema: z.object({}),
  handler: watchConcentration,
})

/** Once a day, soon after it has begun, and whenever the program starts: days on which it did not run are caught up. */
const postAllRecurringJob = defineJob({
  name: 'post-all-recurring',
  schema: z.object({}),
  cron: '7 0 * * *',
  atStart: {},
  handler: (ctx) => inEveryWorkspace(ctx, postRecurringJob),
})

/** When a month has turned and what recurs in it is posted; days on which it did not run are caught up. */
const watchAllConcentrationJob = defineJob({
  name: 'watch-all-concentration',
  schema: z.object({}),
  cron: '37 2 1-7 * *',
  atStart: {},
  handler: (ctx) => inEveryWorkspace(ctx, watchConcentrationJob),
})

async function inEveryWorkspace(ctx: Ctx, job: JobRef<Record<string, never>>): Promise<void> {
  const listed = await listStoreDirectory(ctx, MOST_WORKSPACES)
  for (const workspaceId of new Set(listed.map((store) => store.workspaceId)))
    await transaction(systemCtx(ctx, workspaceId), (tx) => enqueueAll(tx, job, [{}], { key: workspaceId }))
}

/** The background work of streams. */
export const jobs: readonly AnyJob[] = [
  adoptProductsJob,
  postRecurringJob,
  postAllRecurringJob,
  watchConcentrationJob,
  watchAllConcentrationJob,
  ...importJobs,
]

/** A product that is published becomes a stream. */
export const subscriptions: readonly Subscription[] = [
  { event: 'product.published', job: adoptProductsJob.name },
]
