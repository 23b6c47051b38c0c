import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'
import { setRequestContext } from '../api/client.ts'
import { formatDate, formatDateTime, formatRelative } from '../../shared/dates.ts'
import { dir, intlTag, type Locale } from '../../shared/locale.ts'
import { formatMoney, fromApi, type ApiMoney } from '../../shared/money.ts'
import { toArabicDigits } from './digits.ts'
import { loadTexts, textIn, type Text } from './messages.ts'
import { keepPreferences, type Preferences } from './preferences.ts'

/** How the reader reads: texts, figures and times in their language, digits and calendar. */
export type Reading = {
  locale: Locale
  t: Text
  money: (amount: ApiMoney) => string
  number: (value: number) => string
  percent: (share: number) => string
  bytes: (size: number) => string
  date: (instant: string | Date) => string
  /** A day below a picture: without its year. */
  shortDate: (instant: Date) => string
  dateTime: (instant: string | Date) => string
  /** The moment to the minute, and its day in the other calendar. */
  exactly: (instant: string | Date) => string
  relative: (instant: string) => string
  /** The text of the reader's language, or of the other if theirs is empty. */
  pick: (text: { ar: string; en: string }) => string
}

type Person = Reading & { preferences: Preferences; prefer: (change: Partial<Preferences>) => Promise<void> }

const PersonContext = createContext<Person | undefined>(undefined)

/** How the reader reads, and what they prefer. */
export function usePerson(): Person {
  const person = use(PersonContext)
  if (person === undefined) throw new Error('no person above this component')
  return person
}

/** The reader's texts. */
export function useText(): Text {
  return usePerson().t
}

/** Gives everything below it the reader's language and habits; changing them keeps what is on the screen. */
export function PersonProvider({
  initial,
  children,
}: {
  initial: Preferences
  children: ReactNode
}): ReactNode {
  const [preferences, setPreferences] = useState(initial)
  const prefer = useCallback(
    async (change: Partial<Preferences>) => {
      if (change.locale !== undefined) await loadTexts(change.locale)
      const after = { ...preferences, ...change }
      keepPreferences(after)
      applyPreferences(after)
      setPreferences(after)
    },
    [preferences],
  )
  const person = useMemo(
    () => ({ ...createReading(preferences), preferences, prefer }),
    [preferences, prefer],
  )
  return <As person={person}>{children}</As>
}

/** Shows its children as another person would read them; the page of components shows both languages so. */
export function As({ person, children }: { person: Person; children: ReactNode }): ReactNode {
  const { locale } = person.preferences
  return (
    <PersonContext value={person}>
      <I18nProvider locale={locale === 'ar' ? 'ar-AE' : 'en-US'}>{children}</I18nProvider>
    </PersonContext>
  )
}

/** Texts, figures and times for given preferences. */
export function createReading({ locale, numerals, calendar }: Preferences): Reading {
  const own = locale === 'ar' ? numerals : 'latn'
  const tag = intlTag(locale, own)
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const dates = { calendar, timeZone, numerals: own, length: 'long' } as const
  const other = calendar === 'hijri' ? 'gregorian' : 'hijri'
  const digits = (text: string) => (own === 'arab' ? toArabicDigits(text) : text)
  const text = textIn(locale)
  const numbers = new Intl.NumberFormat(tag)
  const ca = calendar === 'hijri' ? 'islamic-umalqura' : 'gregory'
  const days = new Intl.DateTimeFormat(`${locale}-u-ca-${ca}-nu-${own}`, { day: 'numeric', month: 'short' })
  const shares = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 })
  return {
    locale,
    t: (key, values) => digits(text(key, values)),
    money: (amount) => formatMoney(fromApi(amount), locale, { numerals: own }),
    number: (value) => numbers.format(value),
    percent: (share) => shares.format(share),
    bytes: (size) => formatBytes(size, tag),
    date: (instant) => formatDate(new Date(instant), locale, dates),
    shortDate: (instant) => days.format(instant),
    dateTime: (instant) => formatDateTime(new Date(instant), locale, dates),
    exactly: (instant) =>
      `${formatDateTime(new Date(instant), locale, dates)} · ${formatDate(new Date(instant), locale, { ...dates, calendar: other })}`,
    relative: (instant) => digits(formatRelative(new Date(instant), new Date(), locale)),
    pick: (words) => (words[locale] === '' ? words[locale === 'ar' ? 'en' : 'ar'] : words[locale]),
  }
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

function formatBytes(size: number, tag: string): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3))
  const unit = units[step] ?? 'byte'
  const form = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: step < 2 ? 0 : 1 } as const
  return new Intl.NumberFormat(tag, form).format(size / 1000 ** step)
}

/** Sets the page's language, direction and theme, and the language that the API answers in. */
export function applyPreferences({ locale, theme }: Preferences): void {
  const root = document.documentElement
  root.lang = locale
  root.dir = dir(locale)
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
  setRequestContext({ locale })
}
