import type common from '../../../messages/en/common.json'
import type dashboard from '../../../messages/en/dashboard.json'
import type { Locale } from '../../shared/locale.ts'
import {
  createTranslate,
  type MessageTree,
  type MessageValues,
  type Translate,
} from '../../shared/messages.ts'

type Leaves<Tree, Path extends string = ''> = Tree extends string
  ? Path
  : {
      [Name in keyof Tree & string]: Leaves<Tree[Name], Path extends '' ? Name : `${Path}.${Name}`>
    }[keyof Tree & string]

/** The texts that the dashboard may show: its own by their key below `dashboard`, and `common.…`. */
export type TextKey = Leaves<(typeof dashboard)['dashboard']> | Leaves<typeof common>

/** The text of a key in the reader's language. */
export type Text = (key: TextKey, values?: MessageValues) => string

const loaded: Partial<Record<Locale, Translate>> = {}

/** Fetches a language's texts, once. */
export async function loadTexts(locale: Locale): Promise<void> {
  if (loaded[locale] !== undefined) return
  const trees: MessageTree[] =
    locale === 'ar'
      ? await Promise.all([
          texts(import('../../../messages/ar/common.json')),
          texts(import('../../../messages/ar/dashboard.json')),
        ])
      : await Promise.all([
          texts(import('../../../messages/en/common.json')),
          texts(import('../../../messages/en/dashboard.json')),
        ])
  const none = { ar: [], en: [] }
  loaded[locale] = createTranslate({ trees: { ...none, [locale]: trees }, onFault: reportFault })
}

async function texts(module: Promise<{ default: MessageTree }>): Promise<MessageTree> {
  return (await module).default
}

/** The texts of a language that was loaded before. */
export function textIn(locale: Locale): Text {
  const translate = loaded[locale]
  if (translate === undefined) throw new Error(`the texts of ${locale} are not loaded`)
  return (key, values) => translate(locale, key.startsWith('common.') ? key : `dashboard.${key}`, values)
}

/** Whether both languages can be shown at once; see the page of components. */
export async function loadAllTexts(): Promise<void> {
  await Promise.all([loadTexts('ar'), loadTexts('en')])
}

function reportFault(fault: string): void {
  // A text that is missing is a fault of the program: it must be seen, and must not take the screen away.
  reportError(new Error(fault))
}
