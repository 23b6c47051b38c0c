import type { Locale } from '../../shared/locale.ts'

/**
 * What became of a mail. `unknown`: it was handed to the server, but the answer was lost, so that it is neither sent
 * again nor counted as sent until a person decides. `no-server`: waits until SMTP_URL is set.
 */
export type MessageStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'no-server'

/** All states, in the order of a mail's life. */
export const messageStatuses = ['queued', 'sending', 'sent', 'failed', 'unknown', 'no-server'] as const

/** A file that goes with a mail: kept under a storage key, or made when it is sent by the source of that kind. */
export type Attachment = { filename: string; contentType: string } & (
  { storageKey: string } | { generated: { kind: string; id: string } }
)

/** What a mail says; made by the functions of `kinds.ts`. */
export type MailContent = { kind: string; locale: Locale; subject: string; html: string; text: string }

/** A mail to send. `dedupeKey` names the occasion: `receipt/<order id>`. */
export type NewMessage = MailContent & {
  dedupeKey: string
  to: { email: string; name?: string }
  /** The name before the sender's address; the address is the server's. */
  fromName: string
  replyTo?: string
  attachments?: readonly Attachment[]
  related?: { kind: string; id: string }
  /** When its links stop working: it is not sent after that. */
  expiresAt?: Date
}
