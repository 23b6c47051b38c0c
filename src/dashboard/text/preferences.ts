import { isLocale, negotiate, type Locale } from '../../shared/locale.ts'
import type { Calendar } from '../../shared/dates.ts'

/** What a person chose for this browser. */
export type Preferences = {
  locale: Locale
  theme: 'system' | 'light' | 'dark'
  numerals: 'latn' | 'arab'
  calendar: Calendar
  /** How moments are shown: `3 days ago`, or to the minute. */
  times: 'said' | 'exact'
}

const key = 'rafid.preferences'

/** The preferences kept in this browser; where none are, its languages decide. */
export function readPreferences(): Preferences {
  const kept = parse(localStorage.getItem(key))
  return {
    locale: isLocale(kept['locale']) ? kept['locale'] : negotiate(navigator.languages.join(',')),
    theme: kept['theme'] === 'light' || kept['theme'] === 'dark' ? kept['theme'] : 'system',
    numerals: kept['numerals'] === 'arab' ? 'arab' : 'latn',
    calendar: kept['calendar'] === 'hijri' ? 'hijri' : 'gregorian',
    times: kept['times'] === 'exact' ? 'exact' : 'said',
  }
}

/** Keeps the preferences in this browser. */
export function keepPreferences(preferences: Preferences): void {
  localStorage.setItem(key, JSON.stringify(preferences))
}

function parse(text: string | null): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    // Only strings are looked at, and each is compared before it is used.
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}
  } catch {
    return {}
  }
}
