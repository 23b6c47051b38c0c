import { normaliseText } from '../../../shared/arabic.ts'

/** Titles that begin alike for so long stand in the order in which they were made. */
const LONGEST = 60

/**
 * By what products are sorted by their titles, in each language: the normal form of search without marks on letters, so that hamza,
 * vowels, accents and capitals do not part what people look for side by side. Where a language has no title, the other's stands,
 * as it does in lists. Compared by code points, which for Arabic and Latin letters is the alphabet.
 */
export function titleKeys(title: { ar: string; en: string }): { ar: string; en: string } {
  return { ar: keyOf(title.ar || title.en), en: keyOf(title.en || title.ar) }
}

function keyOf(title: string): string {
  const plain = normaliseText(title).normalize('NFD').replace(/\p{M}/gu, '')
  return Array.from(plain.trim()).slice(0, LONGEST).join('')
}
