import type { Document } from '../schema.ts'

const PREFIX = { invoice: 'INV', 'credit-note': 'CN', receipt: 'RCP' } as const

/** A document's number as it is printed: `INV-2026-00042`. */
export function documentNumber(kind: Document['kind'], year: number, number: number): string {
  return `${PREFIX[kind]}-${year}-${String(number).padStart(5, '0')}`
}

/** Formats are costly to make, and shops are in few time zones. */
const years = new Map<string, Intl.DateTimeFormat>()

/** The year in which an instant falls in a time zone: the one whose numbers a document takes. */
export function yearIn(timeZone: string, at: Date): number {
  let format = years.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone, year: 'numeric' })
    years.set(timeZone, format)
  }
  return Number(format.format(at))
}
