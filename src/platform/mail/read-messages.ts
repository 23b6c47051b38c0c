import { sql } from 'drizzle-orm'
import { authorise } from '../authorise.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { rows, statement, transaction } from '../database/transaction.ts'
import { Conflict, NotFound } from '../errors.ts'
import { keyset, sortOf } from '../database/keyset.ts'
import { encodeCursor, toPage, type Page } from '../http/page.ts'
import { enqueue } from '../jobs/jobs.ts'
import { sendMessageJob, waitForServer } from './jobs.ts'
import type { Attachment, MessageStatus } from './message.ts'

/** A mail of the outbox in a list. */
export type MessageSummary = {
  id: string
  kind: string
  locale: 'ar' | 'en'
  toEmail: string
  toName: string
  subject: string
  status: MessageStatus
  attempts: number
  lastError: string | null
  createdAt: Date
  retryAt: Date | null
  sentAt: Date | null
}

/** A mail as its reader sees it. */
export type Message = MessageSummary & {
  fromName: string
  replyTo: string | null
  html: string
  text: string
  attachments: readonly Attachment[]
  messageId: string
}

/** Which mails to list: newest first unless told. */
export type ListMessages = {
  status?: MessageStatus | undefined
  related?: { kind: string; id: string } | undefined
  sort?: '-made' | 'made' | undefined
  after?: string | undefined
  limit: number
}

const summary =
  sql.raw(`id, kind, locale, to_email AS "toEmail", to_name AS "toName", subject, status, attempts,
  last_error AS "lastError", created_at AS "createdAt", retry_at AS "retryAt", sent_at AS "sentAt"`)

/** A page of the workspace's mails. @throws NotAllowed without `messages:read` */
export async function listMessages(ctx: Ctx, input: ListMessages): Promise<Page<MessageSummary>> {
  authorise(ctx, 'messages:read')
  const { status, related, sort = '-made', after, limit } = input
  const { descending } = sortOf(sort)
  const { beyond, order } = keyset([{ column: sql`id`, type: 'uuid' }], { descending, after })
  const found = await transaction(ctx, (tx) =>
    rows<MessageSummary>(
      tx,
      sql`SELECT ${summary} FROM messages WHERE workspace_id = ${tx.workspaceId}
          ${status === undefined ? sql`` : sql`AND status = ${status}`}
          ${related === undefined ? sql`` : sql`AND related_kind = ${related.kind} AND related_id = ${related.id}`}
          ${beyond} ORDER BY ${order} LIMIT ${limit + 1}`,
    ),
  )
  return toPage(found, limit, ({ id }) => encodeCursor([id]))
}

/** What became of the mail of that occasion; undefined if it is not written yet. For whoever it is about. */
export async function findMailStatus(ctx: Ctx, dedupeKey: string): Promise<MessageStatus | undefined> {
  const [message] = await statement<{ status: MessageStatus }>(
    ctx,
    sql`SELECT status FROM messages WHERE workspace_id = ${ctx.workspaceId} AND dedupe_key = ${dedupeKey}`,
  )
  return message?.status
}

/** One mail with all that it says. @throws NotFound, NotAllowed */
export async function getMessage(ctx: Ctx, id: string): Promise<Message> {
  authorise(ctx, 'messages:read')
  const [message] = await transaction(ctx, (tx) =>
    rows<Message>(
      tx,
      sql`SELECT ${summary}, from_name AS "fromName", reply_to AS "replyTo", html, text, attachments,
            message_id AS "messageId"
          FROM messages WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    ),
  )
  if (message === undefined) throw new NotFound()
  return message
}

/**
 * Sends a mail again that failed or of which nothing is known: a person's decision, since it may arrive twice.
 * @throws NotFound, NotAllowed, Conflict if it is in any other state
 */
export async function resendMessage(ctx: Ctx, id: string, note?: NoteResend): Promise<void> {
  authorise(ctx, 'messages:write')
  await transaction(ctx, async (tx) => {
    const status = ctx.mail === undefined ? 'no-server' : 'queued'
    const freed = await rows(
      tx,
      sql`UPDATE messages SET status = ${status}, attempts = 0, claimed_at = NULL, retry_at = NULL
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND status IN ('failed', 'unknown') RETURNING id`,
    )
    if (freed.length === 0) {
      const there = await rows(
        tx,
        sql`SELECT id FROM messages WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
      )
      throw there.length === 0 ? new NotFound() : new Conflict()
    }
    if (status === 'queued') await enqueue(tx, sendMessageJob, { id })
    else await waitForServer(tx, [id])
    await note?.(tx, id)
  })
}

/** Writes down, in the transaction of it, that a person had a mail sent again. */
export type NoteResend = (ctx: TxCtx, id: string) => Promise<void>
