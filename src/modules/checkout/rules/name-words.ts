import { tokenise } from '../../../shared/arabic.ts'

const ARTICLE = /^ال(?=\p{L}{2})/u
const MOST_WORDS = 8
const LONGEST = 40

/** The words that a name is found by: in normal form, without the article, ة as ه. What is looked for goes through the same. */
export function nameWords(name: string): string[] {
  const words = tokenise(name.slice(0, 200)).map((word) =>
    Array.from(word.replace(ARTICLE, '').replaceAll('ة', 'ه')).slice(0, LONGEST).join(''),
  )
  return [...new Set(words)].slice(0, MOST_WORDS)
}
