import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx, Services, TxCtx } from '../ctx.ts'
import { rows, transaction } from '../database/transaction.ts'
import { JOBS_SCHEMA } from '../jobs/install.ts'
import { defineJob, enqueue, enqueueAll, type AnyJob } from '../jobs/jobs.ts'
import { sendMessage, type AttachmentSources, type Later } from './send-message.ts'

const sendSchema = z.object({ id: z.uuid() })
const resumeEveryMs = 3_600_000
const resumeBatch = 500

/** Sends mails of the outbox. */
export const sendMessageJob = defineJob({
  name: 'send-message',
  schema: sendSchema,
  batch: 10,
  workers: 2,
  expireSeconds: 900,
  handler: (ctx, inputs) => sendAll(ctx, inputs, {}),
})

/** Lets a workspace's mails go that waited for a mail server; looks once an hour while there is none. */
export const resumeMailJob = defineJob({ name: 'resume-mail', schema: z.object({}), handler: resumeMail })

/** The jobs to register, with what makes the attachments that are not stored: `{ document: (ctx, id) => bytes }`. */
export function mailJobs(sources: AttachmentSources): readonly AnyJob[] {
  return [
    defineJob({ ...sendMessageJob, handler: (ctx, inputs) => sendAll(ctx, inputs, sources) }),
    resumeMailJob,
  ]
}

/** To be called when a process starts with a mail server: what waited in any workspace goes now. */
export async function resumeWaitingMail({ database, jobs }: Services): Promise<void> {
  await database.pool.query(
    `UPDATE ${JOBS_SCHEMA}.job SET start_after = now() WHERE name = $1 AND state < 'active'`,
    [resumeMailJob.name],
  )
  jobs.wake(resumeMailJob.name)
}

async function sendAll(
  ctx: Ctx,
  inputs: readonly { id: string }[],
  sources: AttachmentSources,
): Promise<void> {
  const later: Later = (tx, id, at) => enqueue(tx, sendMessageJob, { id }, { startAfter: at })
  const ends = await Promise.allSettled(
    inputs.map(({ id }) =>
      sendMessage(ctx, id, { sources, later, wait: (tx, held) => waitForServer(tx, [held]) }),
    ),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/**
 * To be called for mails that were set to `no-server`: the first in a workspace bring the job that looks for a server,
 * and that job ends when none waits any more.
 */
export async function waitForServer(ctx: TxCtx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const others = await rows(
    ctx,
    sql`SELECT id FROM messages WHERE workspace_id = ${ctx.workspaceId} AND status = 'no-server'
          AND id <> ALL (${sql.param(ids)}::uuid[]) LIMIT 1`,
  )
  if (others.length === 0) await lookAgain(ctx)
}

async function lookAgain(ctx: TxCtx): Promise<void> {
  const startAfter = new Date(ctx.clock.now().getTime() + resumeEveryMs)
  await enqueue(ctx, resumeMailJob, {}, { startAfter })
}

async function resumeMail(ctx: Ctx): Promise<void> {
  await transaction(ctx, async (tx) => {
    const freed = ctx.mail === undefined ? [] : await free(tx)
    await enqueueAll(tx, sendMessageJob, freed)
    if (freed.length === resumeBatch) return enqueue(tx, resumeMailJob, {})
    const waiting = await rows(
      tx,
      sql`SELECT id FROM messages WHERE workspace_id = ${tx.workspaceId} AND status = 'no-server' LIMIT 1`,
    )
    if (waiting.length > 0) await lookAgain(tx)
  })
}

async function free(ctx: TxCtx): Promise<{ id: string }[]> {
  return rows<{ id: string }>(
    ctx,
    sql`UPDATE messages SET status = 'queued' WHERE workspace_id = ${ctx.workspaceId} AND id IN (
          SELECT id FROM messages WHERE workspace_id = ${ctx.workspaceId} AND status = 'no-server'
          ORDER BY id LIMIT ${resumeBatch} FOR UPDATE)
        RETURNING id`,
  )
}
