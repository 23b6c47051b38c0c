import { z } from 'zod'
import { systemCtx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { defineJob, enqueueAll } from '../../platform/jobs/jobs.ts'
import { listStoreDirectory } from '../workspaces/index.ts'
import { expireDueHolds } from './operations/expire-due-holds.ts'
import { sealBooks } from './operations/seal-books.ts'

const MOST_WORKSPACES = 10_000

/** Seals what has been posted and frees holds whose time is up, in one workspace's books. */
export const keepBooksJob = defineJob({
  name: 'keep-books',
  schema: z.object({}),
  expireSeconds: 900,
  handler: async (ctx) => {
    await expireDueHolds(ctx)
    await sealBooks(ctx)
  },
})

/** Every minute: books are kept wherever there may be something to do. */
export const keepAllBooksJob = defineJob({
  name: 'keep-all-books',
  schema: z.object({}),
  cron: '* * * * *',
  handler: async (ctx) => {
    const workspaces = new Set(
      (await listStoreDirectory(ctx, MOST_WORKSPACES)).map(({ workspaceId }) => workspaceId),
    )
    for (const workspaceId of workspaces) {
      await transaction(systemCtx(ctx, workspaceId), (tx) =>
        enqueueAll(tx, keepBooksJob, [{}], { key: workspaceId }),
      )
    }
  },
})

/** The ledger's jobs. */
export const jobs = [keepBooksJob, keepAllBooksJob]
