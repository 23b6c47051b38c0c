import { defineJob, type AnyJob } from '../../platform/jobs/jobs.ts'
import { eraseBuyerRef, makeArchiveRef } from './operations/ask.ts'
import { eraseBuyer } from './operations/erase-buyer.ts'
import { keepAllJob } from './operations/apply-retention.ts'
import { orSayFailed } from './operations/say-failed.ts'
import { makeArchive } from './operations/make-archive.ts'

const makeArchiveJob = defineJob({
  ...makeArchiveRef,
  expireSeconds: 3600,
  handler: async (ctx, inputs) => {
    for (const { id } of inputs) await orSayFailed(ctx, id, () => makeArchive(ctx, id))
  },
})

const eraseBuyerJob = defineJob({
  ...eraseBuyerRef,
  expireSeconds: 900,
  handler: async (ctx, inputs) => {
    for (const { id } of inputs) await orSayFailed(ctx, id, () => eraseBuyer(ctx, id))
  },
})

/** Archives, erasures, and what is forgotten by itself. */
export const jobs: readonly AnyJob[] = [makeArchiveJob, eraseBuyerJob, keepAllJob]
