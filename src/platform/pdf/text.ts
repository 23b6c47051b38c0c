/** A value that can be handed to a template. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

const maxLength = 2_000
const longRun = /[^\s\u200b]{32,}/gu
const piece = /.{16}(?=.)/gsu

/**
 * A user's words, ready to be set: one line, without control characters and direction overrides, cut at a length that
 * no honest name has, wrapped in an isolate, and with places to break in runs that are wider than a column.
 */
export function userText(text: string): string {
  const plain = cleanLine(text)
  if (plain === '') return ''
  return `\u2068${plain.replace(longRun, (run) => run.replace(piece, '$&\u200b'))}\u2069`
}

/** As `userText`, for what is read from left to right whatever stands around it: codes, numbers, addresses of the net. */
export function codeText(text: string): string {
  const plain = cleanLine(text)
  if (plain === '') return ''
  return `\u2066${plain.replace(longRun, (run) => run.replace(piece, '$&\u200b'))}\u2069`
}

/** A user's words on one line, without anything that is not drawn; for the document's own title and author. */
export function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\u00ad]|\p{Co}|\p{Cn}/gu, '')
    .trim()
    .slice(0, maxLength)
    .toWellFormed()
}
