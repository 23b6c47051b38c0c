import { formatDate } from '../../shared/dates.ts'
import type { Locale } from '../../shared/locale.ts'
import { isolate } from '../../shared/messages.ts'
import { formatMoney, type Money } from '../../shared/money.ts'
import { t } from '../i18n/index.ts'
import type { MailContent } from './message.ts'
import { renderMail, type MailBlock, type MailDraft } from './render-mail.ts'

/** The store that writes, as its mails show it. */
export type MailStore = { name: string; url: string; supportEmail?: string }

/** One line of an order, with what it cost in all. */
export type OrderMailLine = { title: string; quantity: number; total: Money }

/** What a receipt says. `downloadUrl` opens the order; free orders have a total of zero. */
export type ReceiptMail = {
  locale: Locale
  store: MailStore
  buyerName: string
  orderNumber: string
  paidAt: Date
  timeZone: string
  lines: readonly OrderMailLine[]
  tax?: Money
  total: Money
  downloadUrl: string
  invoiceUrl?: string
  /** Of an order that cost nothing, which has no invoice. */
  receiptUrl?: string
  /** Paid by the test provider: no money moved. */
  isTest?: boolean
}

/** To a buyer, right after an order is paid. */
export function receiptMail(mail: ReceiptMail): MailContent {
  const { locale, store, orderNumber, isTest } = mail
  const say = speaker(locale, 'receipt')
  const number = code(orderNumber)
  const of = mail.total.amountMinor === 0n ? '-free' : ''
  return storeMail('receipt', mail, {
    subject: say('subject', { store: isolate(store.name), number }),
    preheader: say(`preheader${of}`, { total: formatMoney(mail.total, locale) }),
    heading: say(`heading${of}`),
    blocks: [
      ...greeting(locale, mail.buyerName),
      { type: 'paragraph', text: say(`body${of}`) },
      { type: 'button', label: say('button'), url: mail.downloadUrl },
      {
        type: 'facts',
        facts: [
          { label: say('order'), value: number },
          { label: say('date'), value: formatDate(mail.paidAt, locale, { timeZone: mail.timeZone }) },
        ],
      },
      orderLines(mail, say('total')),
      ...(mail.invoiceUrl === undefined ? [] : [links([[say('invoice'), mail.invoiceUrl]])]),
      ...(mail.receiptUrl === undefined ? [] : [links([[say('receipt'), mail.receiptUrl]])]),
      ...(isTest === true ? [{ type: 'note', text: say('test') } as const] : []),
      { type: 'note', text: say('keep') },
    ],
  })
}

/** What a refund notice says. `lines` are those that were refunded. */
export type RefundMail = {
  locale: Locale
  store: MailStore
  buyerName: string
  orderNumber: string
  lines: readonly OrderMailLine[]
  total: Money
  /** Whether nothing of the order is left: its downloads are closed. */
  whole: boolean
  reason?: string
  creditNoteUrl?: string
}

/** To a buyer, when money went back. */
export function refundMail(mail: RefundMail): MailContent {
  const { locale, store, whole } = mail
  const say = speaker(locale, 'refund')
  const values = { total: formatMoney(mail.total, locale), number: code(mail.orderNumber) }
  return storeMail('refund', mail, {
    subject: say('subject', { ...values, store: isolate(store.name) }),
    preheader: say('preheader', values),
    heading: say('heading', values),
    blocks: [
      ...greeting(locale, mail.buyerName),
      { type: 'paragraph', text: say('body', values) },
      ...(mail.reason === undefined || mail.reason === ''
        ? []
        : [{ type: 'quote', text: mail.reason } as const]),
      orderLines(mail, say('total')),
      ...(mail.creditNoteUrl === undefined ? [] : [links([[say('credit-note'), mail.creditNoteUrl]])]),
      { type: 'note', text: say(whole ? 'closed' : 'open') },
    ],
  })
}

/** What the mail with the link to one's purchases says. */
export type PurchasesLinkMail = { locale: Locale; store: MailStore; url: string; validMinutes: number }

/** To whoever asked for their purchases. */
export function purchasesLinkMail(mail: PurchasesLinkMail): MailContent {
  const { store, validMinutes } = mail
  const say = speaker(mail.locale, 'purchases-link')
  const name = isolate(store.name)
  return storeMail('purchases-link', mail, {
    subject: say('subject', { store: name }),
    preheader: say('preheader', { minutes: validMinutes }),
    heading: say('heading'),
    blocks: [
      { type: 'paragraph', text: say('body', { store: name }) },
      { type: 'button', label: say('button'), url: mail.url },
      { type: 'note', text: say('preheader', { minutes: validMinutes }) },
      { type: 'note', text: say('ignore') },
    ],
  })
}

/** What the news of another version of a bought file says. `notes` is the seller's own text. */
export type NewVersionMail = {
  locale: Locale
  store: MailStore
  productTitle: string
  version: string
  notes?: string
  downloadUrl: string
}

/** To earlier buyers, when a product's files have a new version. */
export function newVersionMail(mail: NewVersionMail): MailContent {
  const say = speaker(mail.locale, 'new-version')
  const values = { product: isolate(mail.productTitle), version: code(mail.version) }
  return storeMail('new-version', mail, {
    subject: say('subject', values),
    preheader: say('preheader', values),
    heading: say('heading', values),
    blocks: [
      { type: 'paragraph', text: say('body', values) },
      ...(mail.notes === undefined || mail.notes === ''
        ? []
        : [{ type: 'quote', text: mail.notes } as const]),
      { type: 'button', label: say('button'), url: mail.downloadUrl },
      { type: 'note', text: say('free') },
    ],
  })
}

/** What an invitation to a team says. `roleName` is the role in the reader's language. */
export type InvitationMail = {
  locale: Locale
  workspaceName: string
  inviterName: string
  roleName: string
  url: string
  validDays: number
}

/** To somebody who is asked to join a workspace. */
export function invitationMail(mail: InvitationMail): MailContent {
  const { locale, validDays } = mail
  const say = speaker(locale, 'invitation')
  const values = {
    inviter: isolate(mail.inviterName),
    workspace: isolate(mail.workspaceName),
    role: isolate(mail.roleName),
  }
  return renderMail({
    ...ofRafid('invitation', locale),
    subject: say('subject', values),
    preheader: say('preheader', values),
    heading: say('heading', values),
    blocks: [
      { type: 'paragraph', text: say('body', values) },
      { type: 'button', label: say('button'), url: mail.url },
      { type: 'note', text: say('valid', { days: validDays }) },
      { type: 'note', text: say('ignore') },
    ],
  })
}

/** Says a text of one kind of mail. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** The texts of one kind of mail in a language. */
export function speaker(locale: Locale, kind: string): Say {
  return (key, values) => t(locale, `mail.${kind}.${key}`, values)
}

type Words = Pick<MailDraft, 'subject' | 'preheader' | 'heading' | 'blocks'>

/** A mail in a store's name, with the way to reach the store at its foot. */
function storeMail(
  kind: string,
  { locale, store }: { locale: Locale; store: MailStore },
  words: Words,
): MailContent {
  const { name, url, supportEmail } = store
  const footer = [t(locale, 'mail.footer.store', { store: isolate(name) })]
  if (supportEmail !== undefined && supportEmail !== '')
    footer.push(t(locale, 'mail.footer.support', { email: code(supportEmail) }))
  return renderMail({ kind, locale, sender: { name, url }, footer, ...words })
}

/** A mail of the program itself, not of a store. */
export function ofRafid(
  kind: string,
  locale: Locale,
): Pick<MailDraft, 'kind' | 'locale' | 'sender' | 'footer'> {
  return {
    kind,
    locale,
    sender: { name: t(locale, 'mail.rafid') },
    footer: [t(locale, 'mail.footer.account')],
  }
}

/** A greeting by name, where there is one. */
export function greeting(locale: Locale, name: string): MailBlock[] {
  if (name.trim() === '') return []
  return [{ type: 'paragraph', text: t(locale, 'mail.greeting', { name: isolate(name.trim()) }) }]
}

type OrderFigures = { locale: Locale; lines: readonly OrderMailLine[]; tax?: Money; total: Money }

function orderLines({ locale, lines, tax, total }: OrderFigures, label: string): MailBlock {
  const sums = [{ label, value: formatMoney(total, locale), strong: true }]
  const taxSum = {
    label: t(locale, 'mail.tax-included'),
    value: tax === undefined ? '' : formatMoney(tax, locale),
  }
  return {
    type: 'lines',
    lines: lines.map(({ title, quantity, total: amount }) => ({
      title,
      ...(quantity > 1 ? { detail: t(locale, 'mail.quantity', { count: quantity }) } : {}),
      value: formatMoney(amount, locale),
    })),
    sums: tax === undefined || tax.amountMinor === 0n ? sums : [...sums, { ...taxSum, strong: false }],
  }
}

function links(pairs: readonly (readonly [label: string, url: string])[]): MailBlock {
  return { type: 'links', links: pairs.map(([label, url]) => ({ label, url })) }
}

/** A code or an address of the net, left to right whatever stands around it. */
export function code(text: string): string {
  return `\u2066${text}\u2069`
}
