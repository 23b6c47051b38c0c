import { formatDate, formatDateTime } from '../../shared/dates.ts'
import type { Locale } from '../../shared/locale.ts'
import { isolate } from '../../shared/messages.ts'
import { code, greeting, ofRafid, speaker } from './kinds.ts'
import type { MailContent } from './message.ts'
import { renderMail, type MailBlock } from './render-mail.ts'

/** What all mails to the members of a workspace have. `name` is the reader's. */
export type TeamMail = { locale: Locale; name: string; workspaceName: string; url: string }

/** To somebody who is no member any more. */
export function memberRemovedMail(mail: Omit<TeamMail, 'url'>): MailContent {
  const { locale } = mail
  const say = speaker(locale, 'member-removed')
  const values = { workspace: isolate(mail.workspaceName) }
  return teamMail('member-removed', mail, {
    values,
    blocks: [
      { type: 'paragraph', text: say('body', values) },
      { type: 'note', text: say('kept') },
    ],
  })
}

/** What an offer of ownership says. `shared`: the one who offers remains an owner too. */
export type OwnershipOfferMail = TeamMail & { ownerName: string; shared: boolean; validDays: number }

/** To a member who is to become an owner. */
export function ownershipOfferMail(mail: OwnershipOfferMail): MailContent {
  const say = speaker(mail.locale, 'ownership-offer')
  const values = { owner: isolate(mail.ownerName), workspace: isolate(mail.workspaceName) }
  return teamMail('ownership-offer', mail, {
    values,
    blocks: [
      { type: 'paragraph', text: say(mail.shared ? 'body-shared' : 'body', values) },
      { type: 'paragraph', text: say('means') },
      { type: 'button', label: say('button'), url: mail.url },
      { type: 'note', text: say('valid', { days: mail.validDays }) },
    ],
  })
}

/** What an owner hears when the offer was accepted. */
export type OwnershipTakenMail = TeamMail & { newOwnerName: string; shared: boolean }

/** To the owner who offered. */
export function ownershipTakenMail(mail: OwnershipTakenMail): MailContent {
  const say = speaker(mail.locale, 'ownership-taken')
  const values = { owner: isolate(mail.newOwnerName), workspace: isolate(mail.workspaceName) }
  return teamMail('ownership-taken', mail, {
    values,
    blocks: [
      { type: 'paragraph', text: say(mail.shared ? 'body-shared' : 'body', values) },
      { type: 'button', label: say('button'), url: mail.url },
    ],
  })
}

/** What owners hear of a new API token. */
export type TokenMadeMail = TeamMail & {
  tokenName: string
  makerName: string
  rights: readonly string[]
  at: Date
  expiresAt?: Date
  /** The address that the request came from. */
  from?: string
}

/** To the owners, when a token was made. */
export function tokenMadeMail(mail: TokenMadeMail): MailContent {
  const { locale, at, expiresAt, from } = mail
  const say = speaker(locale, 'token-made')
  const values = { maker: isolate(mail.makerName), workspace: isolate(mail.workspaceName) }
  const facts = [
    { label: say('name'), value: isolate(mail.tokenName) },
    { label: say('rights'), value: mail.rights.join(locale === 'ar' ? '، ' : ', ') },
    {
      label: say('ends'),
      value: expiresAt === undefined ? say('never') : formatDate(expiresAt, locale, { timeZone: 'UTC' }),
    },
    { label: say('when'), value: formatDateTime(at, locale, { timeZone: 'UTC' }) },
    ...(from === undefined ? [] : [{ label: say('from'), value: code(from) }]),
  ]
  return teamMail('token-made', mail, {
    values,
    blocks: [
      { type: 'paragraph', text: say('body', values) },
      { type: 'facts', facts },
      { type: 'paragraph', text: say('not-expected') },
      { type: 'button', label: say('button'), url: mail.url },
    ],
  })
}

type Words = { values: Readonly<Record<string, string>>; blocks: readonly MailBlock[] }

function teamMail(
  kind: string,
  { locale, name }: { locale: Locale; name: string },
  { values, blocks }: Words,
): MailContent {
  const say = speaker(locale, kind)
  return renderMail({
    ...ofRafid(kind, locale),
    subject: say('subject', values),
    preheader: say('preheader', values),
    heading: say('heading', values),
    blocks: [...greeting(locale, name), ...blocks],
  })
}
