import { formatDateTime } from '../../shared/dates.ts'
import type { Locale } from '../../shared/locale.ts'
import { t } from '../i18n/index.ts'
import { code, greeting, ofRafid, speaker } from './kinds.ts'
import type { MailContent } from './message.ts'
import { renderMail } from './render-mail.ts'

/** What a mail with a link about a person's own account says. */
export type AccountMail = { locale: Locale; name: string; url: string; validMinutes: number }

/** The mails that bring a link: to prove an address, to choose a password, to sign in, to move to another address. */
export type AccountMailKind = 'verify-email' | 'change-email' | 'reset-password' | 'sign-in-link'

/** To a person, with a link that works once. */
export function accountMail(kind: AccountMailKind, mail: AccountMail): MailContent {
  const { locale, validMinutes } = mail
  const say = speaker(locale, kind)
  return renderMail({
    ...ofRafid(kind, locale),
    subject: say('subject'),
    preheader: say('preheader'),
    heading: say('heading'),
    blocks: [
      ...greeting(locale, mail.name),
      { type: 'paragraph', text: say('body') },
      { type: 'button', label: say('button'), url: mail.url },
      { type: 'note', text: validity(locale, validMinutes) },
      { type: 'note', text: say('ignore') },
    ],
  })
}

function validity(locale: Locale, minutes: number): string {
  const hours = minutes / 60
  return hours > 1 && Number.isInteger(hours)
    ? t(locale, 'mail.valid-hours', { hours })
    : t(locale, 'mail.valid-minutes', { minutes })
}

/** What can happen to the ways into an account. */
export const ACCOUNT_CHANGES = [
  'password-changed',
  'password-reset',
  'email-asked',
  'email-changed',
  'second-factor-on',
  'second-factor-off',
  'recovery-codes-new',
  'recovery-code-used',
  'passkey-added',
  'passkey-removed',
  'account-closed',
] as const

/** One of ACCOUNT_CHANGES. */
export type AccountChange = (typeof ACCOUNT_CHANGES)[number]

/** What a notice about a change to the ways in says: what, when, from where, and what to do if it was somebody else. */
export type AccountNotice = {
  locale: Locale
  name: string
  change: AccountChange
  at: Date
  /** The address that the request came from. */
  from?: string
  /** Where a person chooses another password. */
  url: string
}

/** To a person, after the ways into their account changed. */
export function accountNotice(notice: AccountNotice): MailContent {
  const { locale, change } = notice
  const say = speaker(locale, 'account-notice')
  const facts = [{ label: say('when'), value: formatDateTime(notice.at, locale, { timeZone: 'UTC' }) }]
  if (notice.from !== undefined) facts.push({ label: say('from'), value: code(notice.from) })
  return renderMail({
    ...ofRafid('account-notice', locale),
    subject: say(`subject.${change}`),
    preheader: say('preheader'),
    heading: say(`subject.${change}`),
    blocks: [
      ...(change === 'account-closed' ? [] : greeting(locale, notice.name)),
      { type: 'paragraph', text: say(`body.${change}`) },
      { type: 'facts', facts },
      // Nothing of a closed account is left to be taken back with another password.
      ...(change === 'account-closed'
        ? []
        : ([
            { type: 'paragraph', text: say('not-you') },
            { type: 'button', label: say('button'), url: notice.url },
          ] as const)),
    ],
  })
}
