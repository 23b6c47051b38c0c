import { t } from '../../../platform/i18n/index.ts'
import type { MailContent } from '../../../platform/mail/message.ts'
import { renderMail } from '../../../platform/mail/render-mail.ts'
import type { Locale } from '../../../shared/locale.ts'
import { isolate } from '../../../shared/messages.ts'

/** What the mail about an endpoint that was stopped says. */
export type StoppedMail = { name: string; url: string; verdict: 'pause' | 'gone'; settingsUrl: string }

/** To an owner, when an endpoint was paused after failing for long, or has said that it is gone. */
export function stoppedMail(locale: Locale, mail: StoppedMail): MailContent {
  const kind = mail.verdict === 'pause' ? 'webhook-paused' : 'webhook-gone'
  const { host } = new URL(mail.url)
  const say = (key: string) => t(locale, `mail.${kind}.${key}`, { host: isolate(host) })
  return renderMail({
    kind,
    locale,
    sender: { name: t(locale, 'mail.rafid') },
    footer: [t(locale, 'mail.footer.account')],
    subject: say('subject'),
    preheader: say('preheader'),
    heading: say('heading'),
    blocks: [
      ...(mail.name.trim() === ''
        ? []
        : [
            {
              type: 'paragraph' as const,
              text: t(locale, 'mail.greeting', { name: isolate(mail.name.trim()) }),
            },
          ]),
      { type: 'paragraph', text: say('body') },
      { type: 'quote', text: `\u2066${mail.url}\u2069` },
      { type: 'button', label: say('button'), url: mail.settingsUrl },
      { type: 'note', text: say('note') },
    ],
  })
}
