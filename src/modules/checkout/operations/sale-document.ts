import type { SaleDocument } from '../../../platform/pdf/sale-document.ts'
import { asCurrency, type StoreAddress } from '../../catalog/index.ts'
import { inLocale } from '../rules/refuse-sale.ts'
import type { Document } from '../schema.ts'
import type { DocumentData } from '../rules/document-data.ts'

/** A kept document as the typesetter wants it. A seller who charges no tax issues receipts, not tax invoices. */
export function toSaleDocument(kind: Document['kind'], number: string, data: DocumentData): SaleDocument {
  const { seller, buyer, locale, corrects, reason } = data
  const taxed = data.taxRateBps > 0 && kind !== 'receipt'
  const given = (text: string) => (text === '' ? undefined : text)
  const taxNumber = given(seller.taxNumber)
  const email = given(seller.email)
  return {
    kind: paperOf(kind, taxed),
    locale,
    number,
    issuedAt: new Date(data.issuedAt),
    timeZone: data.timeZone,
    currency: asCurrency(data.currency),
    seller: {
      name: given(seller.legalName) ?? seller.name,
      address: addressLines(seller.address),
      ...(seller.country === '' ? {} : { country: seller.country }),
      ...(taxNumber === undefined ? {} : { taxNumber }),
      ...(email === undefined ? {} : { email }),
    },
    buyer,
    lines: data.lines.map((line) => ({
      title: inLocale({ ar: line.titleAr, en: line.titleEn }, locale),
      quantity: line.quantity,
      unitMinor: BigInt(line.unitMinor),
      netMinor: BigInt(line.netMinor),
      taxRateBps: data.taxRateBps,
      taxMinor: BigInt(line.taxMinor),
      totalMinor: BigInt(line.totalMinor),
    })),
    pricesIncludeTax: data.pricesIncludeTax,
    netMinor: BigInt(data.netMinor),
    taxes: taxed
      ? [{ rateBps: data.taxRateBps, baseMinor: BigInt(data.netMinor), taxMinor: BigInt(data.taxMinor) }]
      : [],
    totalMinor: BigInt(data.totalMinor),
    orderNumber: data.orderNumber,
    ...(kind === 'receipt' ? {} : { paid: { at: new Date(data.paidAt) } }),
    ...(corrects === undefined
      ? {}
      : {
          corrects: { number: corrects.number, issuedAt: new Date(corrects.issuedAt), reason: reason ?? '' },
        }),
  }
}

function paperOf(kind: Document['kind'], taxed: boolean): SaleDocument['kind'] {
  if (kind !== 'invoice') return kind
  return taxed ? 'simplified-tax-invoice' : 'receipt'
}

function addressLines(address: StoreAddress | null): string[] {
  if (address === null) return []
  const { line1, line2, city, postcode } = address
  return [line1, line2, `${city} ${postcode}`.trim()].filter((line) => line !== '')
}
