import type { Locale } from '../../shared/locale.ts'
import { assert } from '../errors.ts'

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
  /**
   * A key in its links that only the reader may have: kept apart until the mail went out, and never shown to members. Made of
   * letters, digits, `-` and `_`, so that it stands in text and HTML alike.
   */
  secret?: string
  /** When its links stop working: it is not sent after that. */
  expiresAt?: Date
}

/** What stands in a kept mail in the place of its secret. */
const MASK = '••••••••••••'

/** A mail as it is kept and shown: without its secret. */
export function withoutSecret<Words extends { html: string; text: string }>(
  words: Words,
  secret: string,
): Words {
  assert(/^[\w-]{16,}$/.test(secret), 'a secret is a key, and the same in text and HTML')
  const hide = (text: string) => text.replaceAll(secret, MASK)
  return { ...words, html: hide(words.html), text: hide(words.text) }
}

/** A kept mail as it goes out: with its secret, if it has one. */
export function withSecret<Words extends { html: string; text: string }>(
  words: Words,
  secret: string | null,
): Words {
  if (secret === null) return words
  const show = (text: string) => text.replaceAll(MASK, secret)
  return { ...words, html: show(words.html), text: show(words.text) }
}
