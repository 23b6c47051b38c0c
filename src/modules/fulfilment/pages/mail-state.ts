import type { MessageStatus } from '../../../platform/mail/message.ts'

/** What can truly be said of the mail with the links: it went out, it is about to, it waits for a mail server, or it did not go. */
export type MailState = 'sent' | 'underway' | 'no-server' | 'failed'

/** See MailState; `hasServer` says whether a mail that is not written yet could go. */
export function mailStateOf(status: MessageStatus | undefined, hasServer: boolean): MailState {
  switch (status) {
    case 'sent':
    case 'no-server':
      return status
    case 'failed':
    case 'unknown':
      return 'failed'
    case 'queued':
    case 'sending':
    case undefined:
      return hasServer ? 'underway' : 'no-server'
  }
}
