/**
 * Latin digits as Arabic-Indic ones, except inside bidi isolates: what stands there is a number of an order, a file's
 * name, an address, and must stay as it was written.
 */
export function toArabicDigits(text: string): string {
  return text.replace(/\u2068[^\u2069]*\u2069|\d/gu, (part) =>
    part.length === 1 ? String.fromCodePoint(0x0660 + Number(part)) : part,
  )
}
