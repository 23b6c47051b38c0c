import { sql } from 'drizzle-orm'
import type { Readable } from 'node:stream'
import type { Ctx, TxCtx } from '../ctx.ts'
import { rows, transaction } from '../database/transaction.ts'
import { withSecret, type Attachment, type MessageStatus } from './message.ts'
import { SecretUnreadable } from '../sealing/errors.ts'
import { openKept } from '../sealing/sealed-table.ts'
import { sealed } from './sealed.ts'
import type { OutgoingMail, SendOutcome } from './transport.ts'

/** What makes attachments that are not stored, by the kind of their reference. */
export type AttachmentSources = Readonly<Record<string, (ctx: Ctx, id: string) => Promise<Uint8Array>>>

/** Lets the queue look at a mail again. */
export type Later = (ctx: TxCtx, id: string, at: Date) => Promise<void>

/** What sending needs beside the context. */
export type Sending = {
  sources: AttachmentSources
  later: Later
  /** Sees to a mail that was set to `no-server`. */
  wait: (ctx: TxCtx, id: string) => Promise<void>
}

// Longer than a sender can take by all its time-outs: afterwards it has crashed.
const leaseMs = 15 * 60_000
const maxAttempts = 9
const firstPauseMs = 60_000
const EXPIRED = 'expired'

type Row = {
  id: string
  from_name: string
  reply_to: string | null
  to_email: string
  to_name: string
  subject: string
  html: string
  text: string
  secret: string | null
  attachments: readonly Attachment[]
  message_id: string
  attempts: number
}

/**
 * Sends one mail of the outbox, once: whoever turns it from `queued` to `sending` is its only sender. A sender that
 * died leaves it `sending`, which becomes `unknown` when its lease is over; it is never sent again by itself.
 */
export async function sendMessage(ctx: Ctx, id: string, sending: Sending): Promise<void> {
  const claimed = await transaction(ctx, (tx) => claim(tx, id, sending))
  if (claimed === undefined || ctx.mail === undefined) return
  const mail = await compose(ctx, claimed, sending.sources)
  const outcome = 'outcome' in mail ? mail : await ctx.mail.send(mail)
  await transaction(ctx, (tx) => record(tx, claimed, { outcome, later: sending.later }))
}

async function claim(ctx: TxCtx, id: string, { later, wait }: Sending): Promise<Row | undefined> {
  const { workspaceId, mail } = ctx
  const now = ctx.clock.now()
  if (mail === undefined) {
    const held = await rows(
      ctx,
      sql`UPDATE messages SET status = 'no-server'
          WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = 'queued' RETURNING id`,
    )
    if (held.length > 0) await wait(ctx, id)
    return undefined
  }
  const [claimed] = await rows<Row>(
    ctx,
    sql`UPDATE messages SET status = 'sending', claimed_at = ${now}, attempts = attempts + 1, retry_at = NULL
        WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = 'queued'
          AND (retry_at IS NULL OR retry_at <= ${now}) AND (expires_at IS NULL OR expires_at > ${now})
        RETURNING id, from_name, reply_to, to_email, to_name, subject, html, text, secret, attachments, message_id, attempts`,
  )
  if (claimed === undefined) await settle(ctx, id, later)
  return claimed
}

type Held = { status: MessageStatus; claimed_at: Date | null; retry_at: Date | null; expires_at: Date | null }

/** What to do about a mail that cannot be claimed: it is done, not yet due, of no more use, or another holds it. */
async function settle(ctx: TxCtx, id: string, later: Later): Promise<void> {
  const now = ctx.clock.now()
  const [held] = await rows<Held>(
    ctx,
    sql`SELECT status, claimed_at, retry_at, expires_at FROM messages
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} FOR UPDATE`,
  )
  if (held?.status === 'queued') {
    if (held.expires_at !== null && held.expires_at <= now) await end(ctx, id, ['failed', EXPIRED])
    else if (held.retry_at !== null) await later(ctx, id, held.retry_at)
  }
  if (held?.status !== 'sending' || held.claimed_at === null) return
  const lost = new Date(held.claimed_at.getTime() + leaseMs)
  if (lost > now) await later(ctx, id, lost)
  else await end(ctx, id, ['unknown', 'the sender stopped before it could note the answer'])
}

function openSecret({ secrets, workspaceId }: Ctx, { id, secret: kept }: Row): string | null {
  return kept === null ? null : openKept(secrets, sealed, { workspaceId, id, column: 'secret', kept })
}

async function compose(ctx: Ctx, row: Row, sources: AttachmentSources): Promise<OutgoingMail | SendOutcome> {
  const address = senderAddress(ctx)
  try {
    const { html, text } = withSecret(row, openSecret(ctx, row))
    return {
      messageId: row.message_id,
      from: { name: row.from_name, address },
      to: { name: row.to_name, address: row.to_email },
      ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
      subject: row.subject,
      html,
      text,
      attachments: await Promise.all(row.attachments.map((one) => attach(ctx, one, sources))),
    }
  } catch (error) {
    ctx.log.warn({ err: error, message: row.id }, 'a mail could not be put together')
    const what = error instanceof SecretUnreadable ? 'the key in its links' : 'an attachment'
    return { outcome: 'refused', permanent: false, reason: `${what} could not be read` }
  }
}

async function attach(
  ctx: Ctx,
  attachment: Attachment,
  sources: AttachmentSources,
): Promise<{ filename: string; contentType: string; content: Buffer | Readable }> {
  const { filename, contentType } = attachment
  if ('storageKey' in attachment)
    return { filename, contentType, content: await ctx.files.read(attachment.storageKey) }
  const source = sources[attachment.generated.kind]
  if (source === undefined) throw new Error(`no source of attachments is called ${attachment.generated.kind}`)
  return { filename, contentType, content: Buffer.from(await source(ctx, attachment.generated.id)) }
}

/** The address that mail comes from: MAIL_FROM, or one at the server's own name. */
export function senderAddress({ config }: Pick<Ctx, 'config'>): string {
  const set =
    config.mailFrom === undefined ? undefined : (/<([^<>]+)>/.exec(config.mailFrom)?.[1] ?? config.mailFrom)
  return set?.trim() ?? `no-reply@${new URL(config.publicUrl).hostname}`
}

async function record(ctx: TxCtx, row: Row, result: { outcome: SendOutcome; later: Later }): Promise<void> {
  const { outcome, later } = result
  const now = ctx.clock.now()
  if (outcome.outcome === 'sent') return end(ctx, row.id, ['sent', null])
  if (outcome.outcome === 'unknown') return end(ctx, row.id, ['unknown', outcome.reason])
  if (outcome.permanent || row.attempts >= maxAttempts) return end(ctx, row.id, ['failed', outcome.reason])
  const retryAt = new Date(now.getTime() + firstPauseMs * 2 ** (row.attempts - 1))
  const kept = await rows(
    ctx,
    sql`UPDATE messages SET status = 'queued', claimed_at = NULL, retry_at = ${retryAt}, last_error = ${outcome.reason}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${row.id} AND status = 'sending' RETURNING id`,
  )
  if (kept.length > 0) await later(ctx, row.id, retryAt)
}

/** Ends a mail's way; one that was given up as `unknown` may still turn out to be sent. */
async function end(ctx: TxCtx, id: string, [status, words]: [MessageStatus, string | null]): Promise<void> {
  const now = ctx.clock.now()
  const sentAt = status === 'sent' ? now : null
  // A mail that may be sent again needs its key; one that went, or came too late, does not.
  const spent = status === 'sent' || words === EXPIRED
  await rows(
    ctx,
    sql`UPDATE messages SET status = ${status}, sent_at = ${sentAt}, last_error = ${words},
          secret = CASE WHEN ${spent} THEN NULL ELSE secret END
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} AND status IN ('queued', 'sending', 'unknown')`,
  )
}
