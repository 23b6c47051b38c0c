import { IntlMessageFormat } from 'intl-messageformat'
import { intlTag, type Locale } from './locale.ts'

/** What a catalogue file holds: messages by name, nested as deep as its author likes. */
export type MessageTree = { readonly [name: string]: string | MessageTree }

/** What fills a message's placeholders. Strings written in the other direction are isolated. */
export type MessageValues = Readonly<Record<string, string | number | Date>>

/** The text of a key in a language. */
export type Translate = (locale: Locale, key: string, values?: MessageValues) => string

/** Trees of messages per language, and whom to tell of a key that is not in them or of a value that was not given. */
export type TranslateOptions = {
  trees: Readonly<Record<Locale, readonly MessageTree[]>>
  onFault(fault: string): void
}

/** All messages of trees by their full key, `storefront.cart.title`. @throws if two trees give the same key. */
export function flattenMessages(trees: readonly MessageTree[]): Map<string, string> {
  const messages = new Map<string, string>()
  for (const tree of trees) collect(tree, '', messages)
  return messages
}

function collect(tree: MessageTree, prefix: string, into: Map<string, string>): void {
  for (const [name, node] of Object.entries(tree)) {
    const key = prefix + name
    if (typeof node !== 'string') {
      collect(node, `${key}.`, into)
    } else {
      if (into.has(key)) throw new Error(`the message ${key} is written twice`)
      into.set(key, node)
    }
  }
}

/**
 * Makes the function that gives messages. Messages are ICU MessageFormat, compiled when first used and kept; one
 * without placeholders costs a look-up. A missing key, or a placeholder without its value, gives the key itself, after
 * `onFault` was told. `<` means nothing special in a message.
 */
export function createTranslate(options: TranslateOptions): Translate {
  const catalogues: Record<Locale, Map<string, string | Compiled>> = {
    ar: flattenMessages(options.trees.ar),
    en: flattenMessages(options.trees.en),
  }
  return (locale, key, values) => {
    let message = catalogues[locale].get(key)
    if (message === undefined) {
      options.onFault(`no message ${key} in ${locale}`)
      return key
    }
    if (typeof message === 'string' && isPlain(message)) return message
    try {
      if (typeof message === 'string') {
        message = compile(message, locale)
        catalogues[locale].set(key, message)
      }
      return message(values ?? {})
    } catch (error) {
      options.onFault(`message ${key} in ${locale}: ${String(error)}`)
      return key
    }
  }
}

type Compiled = (values: MessageValues) => string

function isPlain(message: string): boolean {
  // Without braces nothing can be filled in, and a single apostrophe stands for itself; a doubled one does not.
  return !message.includes('{') && !message.includes("''")
}

function compile(message: string, locale: Locale): Compiled {
  const format = new IntlMessageFormat(message, intlTag(locale), undefined, { ignoreTag: true })
  const selectors = new Set<string>()
  collectSelectors(format.getAst(), selectors)
  const stray = locale === 'ar' ? /\p{Script=Latin}|^\P{L}+$/u : /\p{Script=Arabic}/u
  return (values) => {
    const filled: Record<string, string | number | Date> = {}
    for (const [name, value] of Object.entries(values)) {
      const isolated = typeof value === 'string' && !selectors.has(name) && stray.test(value)
      filled[name] = isolated ? isolate(value) : value
    }
    return String(format.format(filled))
  }
}

/** Wraps a piece of text so that its direction neither takes from nor gives to the text around it. */
export function isolate(text: string): string {
  return /^[\u2066-\u2068][^\u2066-\u2069]*\u2069$/u.test(text) ? text : `\u2068${text}\u2069`
}

const selectType = 5

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** The names that choose a branch of a `select`: their values are compared, so nothing may be wrapped around them. */
function collectSelectors(elements: readonly Element[], into: Set<string>): void {
  for (const element of elements) {
    if (!('options' in element)) continue
    if (Number(element.type) === selectType) into.add(element.value)
    for (const option of Object.values(element.options)) collectSelectors(option.value, into)
  }
}
