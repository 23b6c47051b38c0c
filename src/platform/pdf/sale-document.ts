import type { CurrencyCode } from '../../shared/currencies.ts'
import type { Locale } from '../../shared/locale.ts'

/** One side of a sale as its papers name it. `address` is one string per line, `country` an ISO 3166 code. */
export type Party = {
  name: string
  address?: readonly string[]
  country?: string
  taxNumber?: string
  registrationNumber?: string
  email?: string
  phone?: string
}

/**
 * One line of a sale. `unitMinor` is the price of one piece as the shop shows it, with tax in it if the document's
 * `pricesIncludeTax` says so; net, tax and total are of the whole line, after `discountMinor` (net, zero or more).
 */
export type SaleLine = {
  title: string
  detail?: string
  quantity: number
  unitMinor: bigint
  discountMinor?: bigint
  netMinor: bigint
  taxRateBps: number
  taxMinor: bigint
  totalMinor: bigint
}

/** Tax of one rate over all lines; `note` says why a rate of zero holds (exempt, reverse charge). */
export type TaxPart = { rateBps: number; baseMinor: bigint; taxMinor: bigint; note?: string }

/**
 * A tax invoice, simplified tax invoice, receipt (a seller without tax), or credit note, with all that its paper says.
 * Amounts are minor units of `currency` and never negative, on credit notes neither. They must add up: lines to
 * `netMinor`, `taxes` and `totalMinor`; net and taxes to the total.
 */
export type SaleDocument = {
  kind: 'tax-invoice' | 'simplified-tax-invoice' | 'receipt' | 'credit-note'
  locale: Locale
  number: string
  issuedAt: Date
  /** The day of supply, if it is another one. */
  suppliedAt?: Date
  /** The IANA time zone in which its dates are written. */
  timeZone: string
  currency: CurrencyCode
  seller: Party
  buyer: Party
  lines: readonly SaleLine[]
  pricesIncludeTax: boolean
  discountLabel?: string
  netMinor: bigint
  taxes: readonly TaxPart[]
  totalMinor: bigint
  orderNumber?: string
  /** How and when it was paid (or, on a credit note, given back). */
  paid?: { at: Date; method?: string }
  /** The invoice that a credit note corrects. */
  corrects?: { number: string; issuedAt: Date; reason?: string }
  note?: string
  /** PNG, JPEG or WebP; anything else is left out. */
  logo?: Uint8Array
  /** The colour of its title and rules, `#rrggbb`. */
  accent?: string
}

/** The whole of the document's tax. */
export function taxMinor(document: SaleDocument): bigint {
  return sum(document.taxes.map((tax) => tax.taxMinor))
}

/** @throws if the amounts do not add up: such a paper must never leave the house. */
export function assertAddsUp(document: SaleDocument): void {
  const { lines, taxes, netMinor, totalMinor } = document
  const tax = taxMinor(document)
  assert(lines.length > 0, 'has no lines')
  assert(
    lines.every((line) => line.netMinor + line.taxMinor === line.totalMinor),
    'has a line whose net and tax are not its total',
  )
  assert(sum(lines.map((line) => line.netMinor)) === netMinor, 'has lines that do not add up to its net')
  assert(sum(lines.map((line) => line.taxMinor)) === tax, 'has lines that do not add up to its tax')
  assert(sum(taxes.map((part) => part.baseMinor)) === netMinor || taxes.length === 0, 'taxes another base')
  assert(netMinor + tax === totalMinor, 'has a net and a tax that are not its total')
  const amounts = [...lines.flatMap((line) => [line.netMinor, line.taxMinor, line.unitMinor]), totalMinor]
  assert(
    amounts.every((amount) => amount >= 0n),
    'has a negative amount',
  )

  function assert(holds: boolean, fault: string): void {
    if (!holds) throw new Error(`assertion failed: document ${document.number} ${fault}`)
  }
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
