const invisible = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu
const marks = /[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640]/gu
const folded: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
}
const conjunction = /(?<![\p{L}\p{N}])[وف]+(?=(?:بال|ال|لل)\p{L}{2})/gu
const article = /^(?:بال|ال|لل)(?=\p{L}{2})/u

/** The text with Arabic-Indic and Persian digits written as Latin ones. */
export function latinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}

/** A sentence that the program itself has written, with all of its figures in Arabic-Indic digits: names in it would be changed too. */
export function arabicFigures(text: string): string {
  return text
    .replace(/(?<=\d),(?=\d)/gu, '٬')
    .replace(/(?<=\d)\.(?=\d)/gu, '٫')
    .replace(/\d/gu, (digit) => String.fromCodePoint(0x660 + Number(digit)))
    .replaceAll('%', '٪')
}

/** The text in composed compatibility form, without vowel marks, Quranic signs, tatweel and invisible controls. */
export function stripMarks(text: string): string {
  return text
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(marks, '')
    .normalize('NFC')
}

/**
 * The form in which Arabic (and any other) text is compared. The one function for index, query and highlighter: what
 * is indexed by it must be asked by it; the original is kept for display. Applying it twice changes nothing.
 *
 * Vowel marks, tatweel and invisible controls go; alifs with hamza, madda or wasla become ا, ى and the Persian ya become
 * ي, the Persian kaf ك, all digits Latin, all letters lower case. A leading و or ف before ال, لل or بال is dropped where at
 * least two letters follow, so that والد stays itself. ئ and ؤ stay for the stemmer, ة for its suffix rules.
 */
export function normaliseText(text: string): string {
  return latinDigits(stripMarks(text))
    .toLowerCase()
    .replace(marks, '')
    .replace(/[أإآٱىیک]/gu, (letter) => folded[letter] ?? letter)
    .normalize('NFC')
    .replace(conjunction, '')
}

/** The words of a text in normalised form, in their order, repeated ones too. */
export function tokenise(text: string): string[] {
  return normaliseText(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A stretch of the original text, and whether the query hit it. */
export type Segment = { text: string; hit: boolean }

/**
 * The original text in stretches, with the words that the query hits marked. Joined together they are the original
 * again. A word is hit if it begins with a word of the query, both normalised, with or without the article; words
 * of one letter must be equal. Neighbouring stretches differ in `hit`.
 */
export function highlight(original: string, query: string): Segment[] {
  const sought = [...new Set(tokenise(query).flatMap((word) => [word, withoutArticle(word)]))]
  const segments: Segment[] = []
  let end = 0
  for (const match of original.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*/gu)) {
    if (!tokenise(match[0]).some((word) => isHit(word, sought))) continue
    append(segments, original.slice(end, match.index), false)
    append(segments, match[0], true)
    end = match.index + match[0].length
  }
  append(segments, original.slice(end), false)
  return segments
}

function isHit(word: string, sought: readonly string[]): boolean {
  const bare = withoutArticle(word)
  return sought.some((start) =>
    start.length < 2 ? word === start : word.startsWith(start) || bare.startsWith(start),
  )
}

function withoutArticle(word: string): string {
  return word.replace(article, '')
}

function append(segments: Segment[], text: string, hit: boolean): void {
  const last = segments.at(-1)
  if (text === '') return
  if (last?.hit === hit) last.text += text
  else segments.push({ text, hit })
}

// prettier-ignore
const titles = new Set([
  'د', 'دكتور', 'دكتورة', 'الدكتور', 'الدكتورة', 'م', 'مهندس', 'مهندسة', 'المهندس', 'المهندسة', 'ا', 'استاذ', 'استاذة', 'الاستاذ',
  'الاستاذة', 'ا.د', 'السيد', 'السيدة', 'الانسة', 'الشيخ', 'الشيخة', 'الحاج', 'الحاجة', 'dr', 'mr', 'mrs', 'ms', 'miss', 'prof', 'eng',
])
const particles = new Set([
  'ابو',
  'ابا',
  'ابي',
  'ام',
  'ابن',
  'بنت',
  'عبد',
  'امة',
  'abu',
  'umm',
  'um',
  'ibn',
  'abd',
  'abdul',
  'abdel',
])

/**
 * What to call a person by. Titles are passed over, and a first part that is no name by itself keeps its second:
 * `د. عبد الرحمن الكندي` is called `عبد الرحمن`, `أم كلثوم إبراهيم` `أم كلثوم`. As it was written; empty for an empty name.
 */
export function firstName(fullName: string): string {
  const spaced = fullName.trim().replace(/^((?:\p{L}\.)+)(?=\p{L}{2})/u, '$1 ')
  const words = spaced.split(/\s+/u).filter((word) => word !== '')
  const isIn = (set: ReadonlySet<string>, word: string | undefined) =>
    word !== undefined && set.has(normaliseText(word).replace(/\.$/u, ''))
  const start = words.findIndex((word) => !isIn(titles, word))
  if (start < 0) return words.join(' ')
  let end = start + 1
  while (end < words.length && isIn(particles, words[end - 1])) end++
  return words.slice(start, end).join(' ')
}
