import type { StoreAddress } from '../schema.ts'

/** All that an invoice or a credit note says, frozen when it was issued; amounts are strings of minor units. */
export type DocumentData = {
  locale: 'ar' | 'en'
  timeZone: string
  currency: string
  seller: {
    name: string
    legalName: string
    taxNumber: string
    address: StoreAddress | null
    country: string
    email: string
  }
  buyer: { name: string; email: string }
  orderNumber: string
  /** Of a credit note: the invoice that it corrects, and when that was issued. */
  corrects?: { number: string; issuedAt: string }
  reason?: string
  lines: {
    titleAr: string
    titleEn: string
    quantity: number
    unitMinor: string
    netMinor: string
    taxMinor: string
    totalMinor: string
  }[]
  taxRateBps: number
  pricesIncludeTax: boolean
  netMinor: string
  taxMinor: string
  totalMinor: string
  issuedAt: string
  /** When the buyer paid, or, on a credit note, was paid back. */
  paidAt: string
}

/** The order behind a document. */
export type DocumentOrder = {
  number: string
  locale: 'ar' | 'en'
  email: string
  buyerName: string
  currency: string
  taxRateBps: number
  pricesIncludeTax: boolean
  paidAt: Date
}

/** A line of a document before it is written down. */
export type DocumentLine = {
  titleAr: string
  titleEn: string
  quantity: number
  unitMinor: bigint
  netMinor: bigint
  taxMinor: bigint
}

/** Who issues a document, and in which time zone its days begin. */
export type DocumentSeller = DocumentData['seller'] & { timeZone: string }

/** What a refund took of an order line. */
export type CreditedLine = DocumentLine & { lineNetMinor: bigint; lineTaxMinor: bigint }

/** What an invoice says. */
export function invoiceData(
  order: DocumentOrder,
  lines: readonly DocumentLine[],
  issue: { seller: DocumentSeller; at: Date },
): DocumentData {
  return documentData(order, lines, { ...issue, paidAt: order.paidAt })
}

/** What a credit note says: the lines as far as they were given back, and the invoice that it corrects. */
export function creditNoteData(
  order: DocumentOrder,
  lines: readonly CreditedLine[],
  issue: {
    seller: DocumentSeller
    at: Date
    doneAt: Date
    reason: string
    corrects: { number: string; issuedAt: string }
  },
): DocumentData {
  const { corrects, reason, doneAt } = issue
  const credited = lines.map((line) => creditedLine(line, order.pricesIncludeTax))
  return { ...documentData(order, credited, { ...issue, paidAt: doneAt }), corrects, reason }
}

/** A line given back whole keeps its quantity and price; of a part only the amount is known. */
function creditedLine(line: CreditedLine, pricesIncludeTax: boolean): DocumentLine {
  if (line.netMinor === line.lineNetMinor && line.taxMinor === line.lineTaxMinor) return line
  return { ...line, quantity: 1, unitMinor: pricesIncludeTax ? line.netMinor + line.taxMinor : line.netMinor }
}

function documentData(
  order: DocumentOrder,
  lines: readonly DocumentLine[],
  issue: { seller: DocumentSeller; at: Date; paidAt: Date },
): DocumentData {
  const { timeZone, ...seller } = issue.seller
  const net = lines.reduce((sum, line) => sum + line.netMinor, 0n)
  const tax = lines.reduce((sum, line) => sum + line.taxMinor, 0n)
  return {
    locale: order.locale,
    timeZone,
    currency: order.currency,
    seller,
    buyer: { name: order.buyerName, email: order.email },
    orderNumber: order.number,
    lines: lines.map(({ titleAr, titleEn, quantity, unitMinor, netMinor, taxMinor }) => ({
      titleAr,
      titleEn,
      quantity,
      unitMinor: unitMinor.toString(),
      netMinor: netMinor.toString(),
      taxMinor: taxMinor.toString(),
      totalMinor: (netMinor + taxMinor).toString(),
    })),
    taxRateBps: order.taxRateBps,
    pricesIncludeTax: order.pricesIncludeTax,
    netMinor: net.toString(),
    taxMinor: tax.toString(),
    totalMinor: (net + tax).toString(),
    issuedAt: issue.at.toISOString(),
    paidAt: issue.paidAt.toISOString(),
  }
}
