/** The languages in which everything that people read exists, the first one being the fallback. */
export const locales = ['ar', 'en'] as const

/** A language of the interface. */
export type Locale = (typeof locales)[number]

/** Whether a string (a path segment, a cookie) names a language of the interface. */
export function isLocale(value: string | undefined): value is Locale {
  return value === 'ar' || value === 'en'
}

/** The writing direction of a language, as the HTML attribute `dir` wants it. */
export function dir(locale: Locale): 'rtl' | 'ltr' {
  return locale === 'ar' ? 'rtl' : 'ltr'
}

/** The tag to give to Intl: digits are stated, since `ar` alone differs between regions and ICU versions. */
export function intlTag(locale: Locale, numerals: 'latn' | 'arab' = 'latn'): string {
  return `${locale}-u-nu-${numerals}`
}

const maxAcceptedRanges = 30

/**
 * The language to answer in, by the header Accept-Language.
 * Regions are ignored (`ar-EG` is Arabic); ties go to the one written first; without a match Arabic.
 * Source: RFC 9110, section 12.5.4.
 */
export function negotiate(acceptLanguage: string | undefined): Locale {
  let best: Locale = 'ar'
  let bestQuality = 0
  for (const range of (acceptLanguage ?? '').split(',', maxAcceptedRanges)) {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const primary = tag.split('-', 1)[0]
    const accepted = primary === '*' ? 'ar' : primary
    const quality = qualityOf(parameters)
    if (isLocale(accepted) && quality > bestQuality) {
      best = accepted
      bestQuality = quality
    }
  }
  return best
}

function qualityOf(parameters: readonly string[]): number {
  const stated = parameters.find((parameter) => parameter.startsWith('q='))
  if (stated === undefined) return 1
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(stated) ? Number(stated.slice(2)) : 0
}
