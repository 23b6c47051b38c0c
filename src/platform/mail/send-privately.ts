import type { Ctx } from '../ctx.ts'
import type { MailContent } from './message.ts'
import { senderAddress } from './send-message.ts'
import { t } from '../i18n/index.ts'

/**
 * Sends a mail about a person's own account, past the outbox: its link opens the account, so no member of a workspace may
 * read it and it is kept nowhere. For a job's handler. `id` names the occasion, so that a second try is the same mail.
 * @throws when the server did not take it for now: the job is to run again.
 */
export async function sendPrivately(
  ctx: Ctx,
  to: { id: string; email: string; name: string },
  content: MailContent,
): Promise<void> {
  const { kind, locale, subject, html, text } = content
  if (ctx.mail === undefined) return ctx.log.warn({ kind }, 'no mail server is set: the mail was not sent')
  const outcome = await ctx.mail.send({
    messageId: `<${to.id}@${new URL(ctx.config.publicUrl).hostname}>`,
    from: { name: t(locale, 'mail.rafid'), address: senderAddress(ctx) },
    to: { name: to.name, address: to.email },
    subject,
    html,
    text,
    attachments: [],
  })
  if (outcome.outcome === 'sent') return
  if (outcome.outcome === 'refused' && !outcome.permanent) throw new Error(outcome.reason)
  // Refused for good, or perhaps sent: the person can ask again, and two links are worse than none.
  ctx.log.warn({ kind, reason: outcome.reason }, 'a mail about an account did not go out')
}
