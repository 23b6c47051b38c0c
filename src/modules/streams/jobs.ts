import { z } from 'zod'
import { systemCtx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { defineJob, enqueueAll, type AnyJob, type Subscription } from '../../platform/jobs/jobs.ts'
import { productPublished } from './events.ts'
import { importJobs } from './import-jobs.ts'
import { adoptProducts } from './operations/adopt-products.ts'
import { postDueRecurring } from './operations/post-recurring.ts'
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

/** Once a day, soon after it has begun, and whenever the program starts: days on which it did not run are caught up. */
const postAllRecurringJob = defineJob({
  name: 'post-all-recurring',
  schema: z.object({}),
  cron: '7 0 * * *',
  atStart: {},
  handler: async (ctx) => {
    const listed = await listStoreDirectory(ctx, MOST_WORKSPACES)
    for (const workspaceId of new Set(listed.map((store) => store.workspaceId)))
      await transaction(systemCtx(ctx, workspaceId), (tx) =>
        enqueueAll(tx, postRecurringJob, [{}], { key: workspaceId }),
      )
  },
})

/** The background work of streams. */
export const jobs: readonly AnyJob[] = [
  adoptProductsJob,
  postRecurringJob,
  postAllRecurringJob,
  ...importJobs,
]

/** A product that is published becomes a stream. */
export const subscriptions: readonly Subscription[] = [
  { event: 'product.published', job: adoptProductsJob.name },
]
