import { sql } from 'drizzle-orm'
import type { TxCtx } from '../ctx.ts'
import { rows } from '../database/transaction.ts'
import { enqueueAll } from '../jobs/jobs.ts'
import { seal } from '../sealing/seal.ts'
import { sendMessageJob, waitForServer } from './jobs.ts'
import { withoutSecret, type NewMessage } from './message.ts'
import { sealed } from './sealed.ts'

/**
 * Writes a mail into the outbox and lets the queue send it, both if and only if the transaction commits. The same
 * `dedupeKey` again changes nothing and gives the id of the first. Without a mail server it waits, readable.
 */
export async function queueMessage(ctx: TxCtx, message: NewMessage): Promise<{ id: string; isNew: boolean }> {
  const [id] = await queueMessages(ctx, [message])
  return id === undefined ? { id: await firstOf(ctx, message.dedupeKey), isNew: false } : { id, isNew: true }
}

/**
 * Writes many mails at once; see queueMessage.
 * @returns the ids of those that are new.
 */
export async function queueMessages(ctx: TxCtx, messages: readonly NewMessage[]): Promise<string[]> {
  if (messages.length === 0) return []
  const status = ctx.mail === undefined ? 'no-server' : 'queued'
  const host = new URL(ctx.config.publicUrl).hostname
  const all: Awaited<ReturnType<typeof toRow>>[] = []
  for (const one of messages) all.push(await toRow(ctx, one))
  const written = await rows<{ id: string }>(
    ctx,
    sql`INSERT INTO messages (workspace_id, id, dedupe_key, kind, locale, from_name, reply_to, to_email, to_name,
          subject, html, text, secret, attachments, related_kind, related_id, status, message_id, created_at, expires_at)
        SELECT ${ctx.workspaceId}, m.id, m.dedupe_key, m.kind, m.locale, m.from_name, m.reply_to, m.to_email, m.to_name,
          m.subject, m.html, m.text, m.secret, m.attachments, m.related_kind, m.related_id, ${status},
          '<' || m.id || '@' || ${host}::text || '>', ${ctx.clock.now()}::timestamptz, m.expires_at
        FROM jsonb_to_recordset(${JSON.stringify(all)}::jsonb) AS m (
          id uuid, dedupe_key text, kind text, locale text, from_name text, reply_to text, to_email text, to_name text,
          subject text, html text, text text, secret text, attachments jsonb, related_kind text, related_id uuid, expires_at timestamptz)
        ON CONFLICT (workspace_id, dedupe_key) DO NOTHING
        RETURNING id`,
  )
  if (status === 'queued') await enqueueAll(ctx, sendMessageJob, written)
  else
    await waitForServer(
      ctx,
      written.map(({ id }) => id),
    )
  return written.map(({ id }) => id)
}

async function toRow(ctx: TxCtx, written: NewMessage) {
  const id = ctx.ids.next()
  const message = written.secret === undefined ? written : withoutSecret(written, written.secret)
  const { dedupeKey, kind, locale, fromName, replyTo, to, subject, html, text, attachments, related } =
    message
  return {
    id,
    dedupe_key: dedupeKey,
    kind,
    locale,
    from_name: fromName,
    reply_to: replyTo,
    to_email: to.email,
    to_name: to.name ?? '',
    subject,
    html,
    text,
    secret: message.secret && (await seal(ctx, sealed.place(placeOf(ctx, id)), message.secret)),
    attachments: attachments ?? [],
    related_kind: related?.kind,
    related_id: related?.id,
    expires_at: message.expiresAt?.toISOString(),
  }
}

function placeOf({ workspaceId }: TxCtx, id: string) {
  return { workspaceId, id, column: 'secret' }
}

async function firstOf(ctx: TxCtx, dedupeKey: string): Promise<string> {
  const [first] = await rows<{ id: string }>(
    ctx,
    sql`SELECT id FROM messages WHERE workspace_id = ${ctx.workspaceId} AND dedupe_key = ${dedupeKey}`,
  )
  if (first === undefined) throw new Error('assertion failed: a message that was in the way is gone')
  return first.id
}
