import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { locales, type Locale } from '../../shared/locale.ts'
import { flattenMessages } from '../../shared/messages.ts'
import { readCatalogue, t } from './index.ts'

// Names that are written in Latin letters in good Arabic too.
const latinAllowed = new Set([
  'Rafid',
  'API',
  'CSV',
  'PDF',
  'EPUB',
  'JSON',
  'ZIP',
  'HTML',
  'URL',
  'SMTP',
  'DKIM',
  'S3',
  'PostgreSQL',
  'Markdown',
  'OpenAPI',
  'hledger',
  'Beancount',
  'ECB',
  'IBAN',
  'QR',
  'ZATCA',
  'SHA',
  'UTC',
  'JavaScript',
  'WebP',
  'AVIF',
  'PNG',
  'JPEG',
  'Lines',
  'HTTPS',
  // Where published figures are from, and the names of quantiles.
  'Gumroad',
  'Stripe',
  'PayPal',
  'Etsy',
  'KDP',
  'Patreon',
  'YouTube',
  'NamePros',
  'Mechanical',
  'Turk',
  'Uniswap',
  'P10',
  'P50',
  'P90',
  // The names of the ECB's files, and an account's code.
  'eurofxref',
  'hist',
  'csv',
  'rajhi',
  // 3-D Secure: the name that buyers know from their banks.
  'D',
  'Secure',
])
const arabicAllowed = new Set(['رافد', 'العربية'])

type Elements = ReturnType<IntlMessageFormat['getAst']>
type Facts = { literal: string; placeholders: Set<string>; plurals: string[][]; ordinals: string[][] }

function factsOf(message: string, locale: Locale): Facts {
  const facts: Facts = { literal: '', placeholders: new Set(), plurals: [], ordinals: [] }
  const walk = (elements: Elements) => {
    for (const element of elements) {
      if (Number(element.type) === 0 && 'value' in element) facts.literal += ` ${element.value}`
      else if ('value' in element) facts.placeholders.add(element.value)
      if (!('options' in element)) continue
      if ('pluralType' in element) {
        const forms = element.pluralType === 'ordinal' ? facts.ordinals : facts.plurals
        forms.push(Object.keys(element.options))
      }
      for (const option of Object.values(element.options)) walk(option.value)
    }
  }
  walk(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst())
  return facts
}

function lackingForms(facts: Facts, locale: Locale): string[] {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  const ordinal = new Intl.PluralRules(locale, { type: 'ordinal' }).resolvedOptions().pluralCategories
  return [
    ...facts.plurals.flatMap((forms) => needed.filter((form) => !forms.includes(form))),
    ...facts.ordinals.flatMap((forms) => ordinal.filter((form) => !forms.includes(form))),
  ]
}

function strayWords(facts: Facts, locale: Locale): string[] {
  if (locale === 'ar') {
    const words = facts.literal.match(/[\p{Script=Latin}][\p{Script=Latin}\d]*/gu) ?? []
    return words.filter((word) => !latinAllowed.has(word))
  }
  const words = facts.literal.match(/\p{Script=Arabic}+/gu) ?? []
  return words.filter((word) => !arabicAllowed.has(word))
}

const messages = { ar: new Map<string, string>(), en: new Map<string, string>() }
for (const locale of locales) {
  messages[locale] = flattenMessages(readCatalogue(locale).map((file) => file.tree))
}

describe('the catalogue', () => {
  test('has every key in both languages', () => {
    const keys = (locale: Locale, other: Locale) =>
      [...messages[locale].keys()].filter((key) => !messages[other].has(key))
    expect({ onlyArabic: keys('ar', 'en'), onlyEnglish: keys('en', 'ar') }).toEqual({
      onlyArabic: [],
      onlyEnglish: [],
    })
    expect(messages.ar.size).toBeGreaterThan(20)
  })

  test('names each file for its keys', () => {
    const misplaced = locales.flatMap((locale) =>
      readCatalogue(locale).flatMap(({ area, tree }) =>
        [...flattenMessages([tree]).keys()]
          .filter((key) => !key.startsWith(`${area}.`))
          .map((key) => `${locale}/${area}.json: ${key}`),
      ),
    )
    expect(misplaced).toEqual([])
  })

  test.each(locales)(
    'in %s has messages that can be read, with all plural forms and no stray words',
    (locale) => {
      const faults: string[] = []
      for (const [key, message] of messages[locale]) {
        try {
          const facts = factsOf(message, locale)
          if (message.trim() === '' || message !== message.trim())
            faults.push(`${key}: empty, or blanks around it`)
          for (const form of lackingForms(facts, locale)) faults.push(`${key}: no plural form ${form}`)
          for (const word of strayWords(facts, locale)) faults.push(`${key}: stray word ${word}`)
        } catch (error) {
          faults.push(`${key}: ${String(error)}`)
        }
      }
      expect(faults).toEqual([])
    },
  )

  test('asks for the same values in both languages', () => {
    const names = (key: string, locale: Locale) =>
      [...factsOf(messages[locale].get(key) ?? '', locale).placeholders].toSorted().join()
    const differing = [...messages.ar.keys()].filter(
      (key) => messages.en.has(key) && names(key, 'ar') !== names(key, 'en'),
    )
    expect(differing).toEqual([])
  })
})

describe('the checks themselves', () => {
  test('see what is wrong', () => {
    const lacking = factsOf('{n, plural, one {x} few {y} other {{m, plural, one {a} other {b}}}}', 'ar')
    expect(lackingForms(lacking, 'ar')).toEqual(['zero', 'two', 'many', 'zero', 'two', 'few', 'many'])
    expect(lackingForms(lacking, 'en')).toEqual([])
    expect(strayWords(factsOf('ملف checkout PDF {name} {n, plural, other {hidden}}', 'ar'), 'ar')).toEqual([
      'checkout',
      'hidden',
    ])
    expect(strayWords(factsOf('A file ملف', 'en'), 'en')).toEqual(['ملف'])
    expect(lackingForms(factsOf('{n, selectordinal, other {#}}', 'en'), 'en')).toEqual(['one', 'two', 'few'])
    expect(lackingForms(factsOf('{n, selectordinal, other {#}}', 'ar'), 'ar')).toEqual([])
  })
})

describe('the general problems', () => {
  const slugs = [
    'not-found',
    'not-signed-in',
    'not-allowed',
    'validation',
    'conflict',
    'idempotency-key-reuse',
    'rate-limited',
    'too-large',
    'unsupported-media',
    'internal',
    'malformed',
    'foreign-origin',
  ]
  test.each(slugs)('%s has a title and a detail in both languages', (slug) => {
    for (const locale of locales) {
      const values = { retrySeconds: 3 }
      expect(t(locale, `problems.${slug}.title`, values)).not.toBe('')
      expect(t(locale, `problems.${slug}.detail`, values)).not.toBe('')
    }
  })

  test('a key that nobody wrote stops a test', () => {
    expect(() => t('ar', 'problems.nothing')).toThrow('no message problems.nothing in ar')
  })
})
