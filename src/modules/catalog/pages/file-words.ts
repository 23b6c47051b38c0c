import { t } from '../../../platform/i18n/index.ts'
import { intlTag, type Locale } from '../../../shared/locale.ts'

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^application\/pdf$/, 'pdf'],
  [/^application\/epub/, 'epub'],
  [/zip|rar|7z|tar|compressed/, 'zip'],
  [/^image\//, 'image'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/sheet|excel|^text\/csv/, 'sheet'],
  [/presentation|powerpoint/, 'slides'],
  [/word|document|^text\//, 'document'],
]

/** What a file is, in words for people who do not know media types. */
export function fileKind(mediaType: string, locale: Locale): string {
  const kind = kinds.find(([pattern]) => pattern.test(mediaType))?.[1] ?? 'other'
  return t(locale, `storefront.file.${kind}`)
}

/** A size for people: decimal units as storage is sold in, two significant digits below ten. */
export function fileSize(bytes: number, locale: Locale): string {
  const units = ['bytes', 'kb', 'mb', 'gb']
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  const digits = new Intl.NumberFormat(intlTag(locale), {
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  })
  return t(locale, `storefront.file.${units[power] ?? 'bytes'}`, { size: digits.format(value) })
}
