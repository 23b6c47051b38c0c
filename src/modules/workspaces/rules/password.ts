import { normaliseText } from '../../../shared/arabic.ts'
import { COMMON_WORDS } from './common-passwords.ts'

/** The least and the most characters of a password. */
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const

/** Why a password is refused: the catalogue key of the sentence, or undefined for one that is taken. */
export function faultOfPassword(password: string, personal: readonly string[]): string | undefined {
  const length = Array.from(password.normalize('NFKC')).length
  if (length < PASSWORD_LENGTH.min) return 'workspaces.password.too-short'
  if (length > PASSWORD_LENGTH.max) return 'workspaces.password.too-long'
  if (isPersonal(password, personal)) return 'workspaces.password.personal'
  if (isCommon(password)) return 'workspaces.password.common'
  return undefined
}

/**
 * Whether a password is among those that are guessed first: words of breached lists, alone or chained, in either
 * keyboard, with the usual letters exchanged and figures or signs around them; runs of one key, of the alphabet, of a
 * keyboard's row; short pieces repeated.
 */
export function isCommon(password: string): boolean {
  const typed = password.normalize('NFKC').toLowerCase()
  return [typed, onLatinKeyboard(typed)].some(
    (form) => isRepeated(form) || isRun(form) || isRun(form.replace(LONE_LETTERS, '')) || isChain(form),
  )
}

/** A letter or two before or behind figures: `a123456789`. */
const LONE_LETTERS = /^\p{L}{1,2}(?!\p{L})|(?<!\p{L})\p{L}{1,2}$/gu

/** A password that is little more than the person's own name or address. */
function isPersonal(password: string, personal: readonly string[]): boolean {
  const bare = core(password.normalize('NFKC').toLowerCase())
  return personal
    .flatMap((text) => [text, text.split('@', 1)[0] ?? ''])
    .map((text) => core(text.normalize('NFKC').toLowerCase()))
    .some((own) => own.length >= 3 && (bare === own || bare === own + own))
}

/** The letters of a text without what people put around a word to make it count as a password. */
function core(text: string): string {
  return text.replace(/^[\P{L}]+|[\P{L}]+$/gu, '').replace(/[\s._-]/gu, '')
}

const exchanged: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
}

const fold = (text: string) => text.replace(/[@40!13$57]/g, (sign) => exchanged[sign] ?? sign)

/** More than these beside the letters, and the figures themselves are the secret. */
const maxPadding = 8

function isChain(text: string): boolean {
  if (text.replace(/\p{L}/gu, '').length > maxPadding) return false
  const bare = core(text)
  const forms = [bare, fold(bare), fold(text.replace(/\P{L}+$/u, '')), text.replace(/\P{L}/gu, '')]
  return forms.some((form) => isMadeOfWords(normaliseText(form), 3))
}

/** Whether the text is so many words of the list and nothing else, but for one or two letters at its end. */
function isMadeOfWords(text: string, words: number): boolean {
  if (COMMON_WORDS.has(text)) return true
  if (words === 0) return false
  for (let cut = 2; cut < text.length; cut++) {
    if (!COMMON_WORDS.has(text.slice(0, cut))) continue
    if (text.length - cut <= 2 || (words > 1 && isMadeOfWords(text.slice(cut), words - 1))) return true
  }
  return false
}

/** A piece of up to four characters, again and again. */
function isRepeated(text: string): boolean {
  const letters = Array.from(text)
  return [1, 2, 3, 4].some((size) => letters.every((letter, at) => letter === letters[at % size]))
}

const rows = [
  '01234567890123456789',
  '12345678901234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
  '!@#$%^&*()_+',
  // Keypads, and figures that many know by heart.
  '0147258369',
  '7894561230',
  '9638527410',
  '159357159357',
  '1029384756',
  '00112233445566778899',
  '13579135791',
  '24680246802',
  '24681012141618',
  '31415926535897',
  '27182818284590',
  '11235813213455',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'ابجدهوزحطيكلمنسعفصقرشتثخذضظغ',
]
const runs = rows.flatMap((row) => [row, Array.from(row).toReversed().join('')])

/** Whether the text is nothing but stretches of at least three neighbouring keys or letters. */
function isRun(text: string): boolean {
  let at = 0
  while (at < text.length) {
    const length = stretch(text.slice(at))
    if (length < Math.min(3, text.length - at)) return false
    at += length
  }
  return text !== ''
}

function stretch(text: string): number {
  let length = 1
  while (length < text.length && runs.some((row) => row.includes(text.slice(0, length + 1)))) length++
  return length
}

const arabicKeys = 'ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ'
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvnm,./`"

/** What the same keys give on a Latin keyboard: `حشسسصخقي` is `password`. */
function onLatinKeyboard(text: string): string {
  return Array.from(text.replaceAll('لا', 'b'))
    .map((letter) => {
      const key = arabicKeys.indexOf(letter)
      return key === -1 ? letter : latinKeys.charAt(key)
    })
    .join('')
}
