import { z } from 'zod'
import { latinDigits, normaliseText, stripMarks } from './arabic.ts'

const maxLength = 80

/**
 * The slug that a title suggests: its letters as they are written (hamza, ى and ة included) without vowel marks, in lower
 * case, digits Latin, words joined by hyphens; cut at a word's end after 80 characters. Empty if the title has neither
 * letters nor digits. Holds no control characters and no punctuation but single hyphens between words, so that it reads
 * the same in text of either direction.
 */
export function slugify(title: string): string {
  const words =
    latinDigits(stripMarks(title))
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{Nd}]+/gu) ?? []
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > maxLength) break
    slug = longer
  }
  return slug === '' ? cut(words[0] ?? '') : slug
}

/** What must be unique, and is looked up: the slug in the normal form of search, so that spellings do not compete. */
export function slugKey(slug: string): string {
  return normaliseText(slug)
}

/** Parses a slug: letters and digits of any script, words joined by single hyphens, at most 80 characters. */
export const slugSchema = z
  .string()
  .min(1)
  .max(maxLength)
  .refine((slug) => slugify(slug) === slug, 'problems.field.slug')
  .meta({ example: 'دليل-الميزانية-المنزلية' })

/** Parses a short slug for sharing: Latin letters, digits and single hyphens, 2 to 40 characters. */
export const latinSlugSchema = z
  .string()
  .min(2)
  .max(40)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'problems.field.latin-slug')
  .meta({ example: 'home-budget' })

function cut(word: string): string {
  // By code points, so that no letter outside the basic plane is halved.
  let slug = ''
  for (const letter of word) {
    if (slug.length + letter.length > maxLength) break
    slug += letter
  }
  return slug
}
