/** What the QR code of a Saudi invoice says (phase 1). Amounts are decimal strings in major units: `115.00`. */
export type ZatcaQr = {
  sellerName: string
  vatNumber: string
  issuedAt: Date
  total: string
  vat: string
}

const maxBytes = 255
const utf8 = new TextEncoder()

/**
 * The content of the QR code: base64 of tags 1 to 5, each one byte of tag, one byte of length in UTF-8 bytes, the value.
 * A name of more than 255 bytes is cut before the letter that no longer fits.
 * Source: ZATCA, Electronic Invoice Security Features Implementation Standards 1.1, section 4.
 */
export function zatcaQr(invoice: ZatcaQr): string {
  const timestamp = invoice.issuedAt.toISOString().replace(/\.\d{3}Z$/, 'Z')
  const values = [invoice.sellerName, invoice.vatNumber, timestamp, invoice.total, invoice.vat]
  return Buffer.concat(values.map((value, index) => field(index + 1, value))).toString('base64')
}

/** Whether a number has the form of a Saudi VAT number: 15 digits, the first and the last a 3. */
export function isSaudiVatNumber(number: string | undefined): boolean {
  return number !== undefined && /^3\d{13}3$/.test(number)
}

function field(tag: number, value: string): Uint8Array {
  const bytes = new Uint8Array(maxBytes)
  // encodeInto never writes part of a letter.
  const { written } = utf8.encodeInto(value, bytes)
  return Uint8Array.of(tag, written, ...bytes.subarray(0, written))
}
