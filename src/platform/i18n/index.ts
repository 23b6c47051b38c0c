import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { locales, type Locale } from '../../shared/locale.ts'
import { createTranslate, flattenMessages, type MessageTree, type Translate } from '../../shared/messages.ts'

/** The folder `messages/` of this installation, wherever the code was bundled to. */
export const messagesFolder = findMessages(import.meta.dirname)

/** The catalogue files of a language: the area that a file is named for, and its tree. */
export function readCatalogue(locale: Locale): { area: string; tree: MessageTree }[] {
  const folder = join(messagesFolder, locale)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => ({ area: name.slice(0, -'.json'.length), tree: readTree(join(folder, name)) }))
}

const trees = {
  ar: readCatalogue('ar').map((file) => file.tree),
  en: readCatalogue('en').map((file) => file.tree),
}

/**
 * The text of a key in a language: `t(ctx.locale, 'storefront.cart.items', { count: 3 })`. Read once, when the process
 * starts. A missing key or value throws in tests; elsewhere it gives the key itself and warns once.
 */
export const t: Translate = createTranslate({ trees, onFault: warnOnce() })

const known = { ar: flattenMessages(trees.ar), en: flattenMessages(trees.en) }

/** Whether the catalogue has a text for a key; for keys that are made from data, such as a problem's slug. */
export function hasMessage(locale: Locale, key: string): boolean {
  return known[locale].has(key)
}

function warnOnce(): (fault: string) => void {
  const warned = new Set<string>()
  return (fault) => {
    if (process.env['NODE_ENV'] === 'test') throw new Error(fault)
    if (warned.has(fault) || warned.size >= 1_000) return
    warned.add(fault)
    process.emitWarning(fault, 'MessageFault')
  }
}

function findMessages(from: string): string {
  const folder = join(from, 'messages')
  if (locales.every((locale) => existsSync(join(folder, locale)))) return folder
  const parent = dirname(from)
  if (parent === from) throw new Error('the folder messages/ with ar and en was not found')
  return findMessages(parent)
}

function readTree(path: string): MessageTree {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isTree(parsed)) throw new TypeError(`${path} may hold nothing but texts and objects of texts`)
  return parsed
}

function isTree(value: unknown): value is MessageTree {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((node) => typeof node === 'string' || isTree(node))
}
