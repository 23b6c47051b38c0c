/** What a spreadsheet takes for the beginning of a formula, after blanks too; in the full-width forms as well. */
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r]/u
/** A plain number is no formula, though it may begin with a minus. */
const NUMBER = /^-?\d+(?:\.\d+)?$/u

/** So that spreadsheets read the file as UTF-8 and not as the letters of an old code page. */
export const CSV_START = '\uFEFF'

/** One record as RFC 4180 has it. A text that a spreadsheet would take for a formula is led by an apostrophe. */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
