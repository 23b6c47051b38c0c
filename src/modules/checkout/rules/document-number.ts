const PREFIX = { invoice: 'INV', 'credit-note': 'CN' } as const

/** A document's number as it is printed: `INV-2026-00042`. */
export function documentNumber(kind: 'invoice' | 'credit-note', year: number, number: number): string {
  return `${PREFIX[kind]}-${year}-${String(number).padStart(5, '0')}`
}

/** The year in which an instant falls in a time zone: the one whose numbers a document takes. */
export function yearIn(timeZone: string, at: Date): number {
  return Number(new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone, year: 'numeric' }).format(at))
}
