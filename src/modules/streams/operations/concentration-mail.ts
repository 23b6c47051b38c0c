import { greeting, ofRafid, speaker } from '../../../platform/mail/kinds.ts'
import type { MailContent } from '../../../platform/mail/message.ts'
import { renderMail } from '../../../platform/mail/render-mail.ts'
import type { Locale } from '../../../shared/locale.ts'

/** What the mail about limits that were passed says: a sentence for each. */
export type ConcentrationMail = {
  locale: Locale
  name: string
  sentences: readonly string[]
  url: string
}

/** To an owner, when income hangs on fewer things than a limit allows. */
export function concentrationMail({ locale, name, sentences, url }: ConcentrationMail): MailContent {
  const say = speaker(locale, 'concentration')
  return renderMail({
    ...ofRafid('concentration', locale),
    subject: say('subject'),
    preheader: say('preheader', { count: sentences.length }),
    heading: say('heading'),
    blocks: [
      ...greeting(locale, name),
      { type: 'paragraph', text: say('body') },
      ...sentences.map((text) => ({ type: 'quote', text }) as const),
      { type: 'button', label: say('button'), url },
      { type: 'note', text: say('note') },
    ],
  })
}
