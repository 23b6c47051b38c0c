import { defineJob, type AnyJob, type Subscription } from '../../platform/jobs/jobs.ts'
import { productPublished } from './events.ts'
import { importJobs } from './import-jobs.ts'
import { adoptProducts } from './operations/adopt-products.ts'

const adoptProductsJob = defineJob({
  name: 'adopt-products',
  schema: productPublished,
  batch: 100,
  handler: adoptProducts,
})

/** The background work of streams. */
export const jobs: readonly AnyJob[] = [adoptProductsJob, ...importJobs]

/** A product that is published becomes a stream. */
export const subscriptions: readonly Subscription[] = [
  { event: 'product.published', job: adoptProductsJob.name },
]
