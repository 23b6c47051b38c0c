import type { Locale } from '../shared/locale.ts'

/** A text in both languages; a language that nobody wrote is empty. */
export type Bilingual = { ar: string; en: string }

/** The text in the reader's language, or in the other one where theirs was not written. */
export function pick(text: Bilingual, locale: Locale): string {
  return text[languageOf(text, locale)]
}

/** The language in which a text will be shown to a reader. */
export function languageOf(text: Bilingual, locale: Locale): Locale {
  const other = locale === 'ar' ? 'en' : 'ar'
  return text[locale].trim() === '' && text[other].trim() !== '' ? other : locale
}
