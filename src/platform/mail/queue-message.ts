import { sql } from 'drizzle-orm'
import type { TxCtx } from '../ctx.ts'
import { rows } from '../database/transaction.ts'
import { enqueue } from '../jobs/jobs.ts'
import { sendMessageJob, waitForServer } from './jobs.ts'
import type { NewMessage } from './message.ts'

/**
 * Writes a mail into the outbox and lets the queue send it, both if and only if the transaction commits. The same
 * `dedupeKey` again changes nothing and gives the id of the first. Without a mail server it waits, readable.
 */
export async function queueMessage(ctx: TxCtx, message: NewMessage): Promise<{ id: string; isNew: boolean }> {
  const id = ctx.ids.next()
  const status = ctx.mail === undefined ? 'no-server' : 'queued'
  const host = new URL(ctx.config.publicUrl).hostname
  const { workspaceId } = ctx
  const written = await rows<{ id: string }>(
    ctx,
    sql`INSERT INTO messages (workspace_id, id, dedupe_key, kind, locale, from_name, reply_to, to_email, to_name,
          subject, html, text, attachments, related_kind, related_id, status, message_id, created_at, expires_at)
        VALUES (${workspaceId}, ${id}, ${message.dedupeKey}, ${message.kind}, ${message.locale}, ${message.fromName},
          ${message.replyTo ?? null}, ${message.to.email}, ${message.to.name ?? ''}, ${message.subject},
          ${message.html}, ${message.text}, ${JSON.stringify(message.attachments ?? [])}::jsonb,
          ${message.related?.kind ?? null}, ${message.related?.id ?? null}, ${status}, ${`<${id}@${host}>`},
          ${ctx.clock.now()}, ${message.expiresAt ?? null})
        ON CONFLICT (workspace_id, dedupe_key) DO NOTHING
        RETURNING id`,
  )
  if (written.length === 0) return { id: await firstOf(ctx, message.dedupeKey), isNew: false }
  if (status === 'queued') await enqueue(ctx, sendMessageJob, { id })
  else await waitForServer(ctx, id)
  return { id, isNew: true }
}

async function firstOf(ctx: TxCtx, dedupeKey: string): Promise<string> {
  const [first] = await rows<{ id: string }>(
    ctx,
    sql`SELECT id FROM messages WHERE workspace_id = ${ctx.workspaceId} AND dedupe_key = ${dedupeKey}`,
  )
  if (first === undefined) throw new Error('assertion failed: a message that was in the way is gone')
  return first.id
}
