import type common from '../../../messages/en/common.json'
import type dashboard from '../../../messages/en/dashboard.json'
import type { Locale } from '../../shared/locale.ts'
import {
  createTranslate,
  type MessageTree,
  type MessageValues,
  type Translate,
} from '../../shared/messages.ts'
import { areaOf, type Area } from './areas.ts'

type Leaves<Tree, Path extends string = ''> = Tree extends string
  ? Path
  : {
      [Name in keyof Tree & string]: Leaves<Tree[Name], Path extends '' ? Name : `${Path}.${Name}`>
    }[keyof Tree & string]

/** The texts that the dashboard may show: its own by their key below `dashboard`, and `common.…`. */
export type TextKey = Leaves<(typeof dashboard)['dashboard']> | Leaves<typeof common>

/** The text of a key in the reader's language. */
export type Text = (key: TextKey, values?: MessageValues) => string

const files: Record<Area, Record<string, () => Promise<MessageTree>>> = {
  first: import.meta.glob<MessageTree>('../../../messages/{ar,en}/{common,dashboard}.json', {
    query: '?area=first',
    import: 'default',
  }),
  settings: import.meta.glob<MessageTree>('../../../messages/{ar,en}/dashboard.json', {
    query: '?area=settings',
    import: 'default',
  }),
  streams: import.meta.glob<MessageTree>('../../../messages/{ar,en}/dashboard.json', {
    query: '?area=streams',
    import: 'default',
  }),
  ledger: import.meta.glob<MessageTree>('../../../messages/{ar,en}/dashboard.json', {
    query: '?area=ledger',
    import: 'default',
  }),
  plan: import.meta.glob<MessageTree>('../../../messages/{ar,en}/dashboard.json', {
    query: '?area=plan',
    import: 'default',
  }),
}

const loaded = new Map<string, Translate>()
const underway = new Map<string, Promise<void>>()
const faults = new Map<string, unknown>()
const wanted = new Set<Area>(['first'])
let reader: Locale | undefined

/** Fetches the reader's language: all parts that were wanted so far, each once. */
export async function loadTexts(locale: Locale): Promise<void> {
  // What is wanted beside the very first texts is wanted in their language.
  reader ??= locale
  await Promise.all([...wanted].map((area) => loadPart(locale, area)))
  reader = locale
}

/** Fetches further parts of the texts, before a screen asks for them. What fails is told when they are asked for. */
export async function loadAreas(more: readonly Area[]): Promise<void> {
  for (const area of more) wanted.add(area)
  const locale = reader
  if (locale !== undefined) await Promise.allSettled(more.map((area) => loadPart(locale, area)))
}

/** Whether both languages can be shown at once; see the page of components. */
export async function loadAllTexts(): Promise<void> {
  wanted.add('settings')
  const all = (['ar', 'en'] as const).flatMap((locale) => [...wanted].map((area) => loadPart(locale, area)))
  await Promise.all(all)
}

async function loadPart(locale: Locale, area: Area): Promise<void> {
  const part = `${locale} ${area}`
  if (loaded.has(part)) return
  const fetching = underway.get(part) ?? fetchPart(locale, area).finally(() => underway.delete(part))
  underway.set(part, fetching)
  await fetching
}

async function fetchPart(locale: Locale, area: Area): Promise<void> {
  const own = Object.entries(files[area]).filter(([path]) => path.includes(`/${locale}/`))
  const trees = await Promise.all(own.map(([, load]) => load()))
  const none = { ar: [], en: [] }
  loaded.set(
    `${locale} ${area}`,
    createTranslate({ trees: { ...none, [locale]: trees }, onFault: reportFault }),
  )
}

/** The texts of a language whose first part was loaded before. A text of another part lets what shows it wait for that. */
export function textIn(locale: Locale): Text {
  if (!loaded.has(`${locale} first`)) throw new Error(`the texts of ${locale} are not loaded`)
  return (key, values) => {
    const isCommon = key.startsWith('common.')
    const area = isCommon ? 'first' : areaOf(key)
    const translate = loaded.get(`${locale} ${area}`) ?? waitFor(locale, area)
    return translate(locale, isCommon ? key : `dashboard.${key}`, values)
  }
}

/** What React waits for when it is thrown; after a fault that fault, once, so that one can try again. */
function waitFor(locale: Locale, area: Area): never {
  const part = `${locale} ${area}`
  if (faults.has(part)) {
    const fault = faults.get(part)
    faults.delete(part)
    throw fault
  }
  wanted.add(area)
  // oxlint-disable-next-line typescript/only-throw-error -- React's way to wait
  throw loadPart(locale, area).catch((fault: unknown) => void faults.set(part, fault))
}

function reportFault(fault: string): void {
  // A text that is missing is a fault of the program: it must be seen, and must not take the screen away.
  reportError(new Error(fault))
}
