import { tokenise } from '../../../shared/arabic.ts'

/** What the search reads of a product, both languages together. */
export type Searchable = {
  title: readonly string[]
  summary: readonly string[]
  description: readonly string[]
}

const WEIGHTS = { title: 8, summary: 3, description: 1 } as const
const MAX_WORDS = 160
const MAX_WORD_LENGTH = 40
const MAX_QUERY_WORDS = 8
const ARTICLE = /^(?:بال|ال|لل)(?=\p{L}{2})/u

/**
 * The words that a product is found by and their weights, a word's greatest one. In normal form, without the article
 * and with ة as ه, exactly as `queryWords` gives them; the title's words first, 160 at most.
 */
export function indexWords(product: Searchable): Map<string, number> {
  const words = new Map<string, number>()
  for (const part of ['title', 'summary', 'description'] as const) {
    for (const word of product[part].flatMap(tokenise).map(keyOf)) {
      if (words.size >= MAX_WORDS) return words
      if (!words.has(word)) words.set(word, WEIGHTS[part])
    }
  }
  return words
}

/** A word of a query: itself, the shorter stem whose continuations are taken too, and how many letters may be wrong. */
export type QueryWord = { word: string; stem: string; tolerance: number }

/** The words of a query, the first eight different ones. */
export function queryWords(query: string): QueryWord[] {
  const words = new Set(tokenise(query.slice(0, 200)).map(keyOf))
  return [...words].slice(0, MAX_QUERY_WORDS).map((word) => ({
    word,
    stem: stemOf(word),
    tolerance: toleranceOf(word),
  }))
}

function keyOf(word: string): string {
  return Array.from(word.replace(ARTICLE, '').replaceAll('ة', 'ه')).slice(0, MAX_WORD_LENGTH).join('')
}

/** Singular and regular plural share it: دورة and دورات, template and templates. Never shorter than three letters. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:ات|ه|ون|ين|s)$/u, '')
  return Array.from(stem).length >= 3 ? stem : word
}

function toleranceOf(word: string): number {
  const { length } = Array.from(word)
  if (/\d/u.test(word) || length < 4) return 0
  return length < 7 ? 1 : 2
}
