import { z } from 'zod'
import { defineJob, type AnyJob } from '../../platform/jobs/jobs.ts'
import { sweepImports } from './operations/imports/discard-import.ts'
import { postImportRef, readImportRef, undoImportRef } from './operations/imports/job-refs.ts'
import { postImport } from './operations/imports/post-import.ts'
import { readImport } from './operations/imports/read-import.ts'
import { undoImport } from './operations/imports/undo-import.ts'

const POLL_SECONDS = 2

const read = defineJob({
  ...readImportRef,
  expireSeconds: 900,
  pollSeconds: POLL_SECONDS,
  handler: async (ctx, inputs) => {
    for (const input of inputs) await readImport(ctx, input)
  },
})

const post = defineJob({
  ...postImportRef,
  expireSeconds: 3600,
  pollSeconds: POLL_SECONDS,
  handler: async (ctx, inputs) => {
    for (const { id } of inputs) await postImport(ctx, id)
  },
})

const undo = defineJob({
  ...undoImportRef,
  expireSeconds: 3600,
  pollSeconds: POLL_SECONDS,
  handler: async (ctx, inputs) => {
    for (const { id } of inputs) await undoImport(ctx, id)
  },
})

const sweep = defineJob({
  name: 'sweep-stream-imports',
  schema: z.object({}),
  cron: '50 3 * * *',
  expireSeconds: 3600,
  handler: sweepImports,
})

/** Reading, posting and undoing imports, and forgetting those that nobody came back to. */
export const importJobs: readonly AnyJob[] = [read, post, undo, sweep]
