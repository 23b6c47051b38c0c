import type { CurrencyCode } from '../../../shared/currencies.ts'
import {
  firstText,
  moneyRow,
  problem,
  readFigures,
  skipped,
  type Figures,
  type Importer,
  type MoneyKind,
} from './importer.ts'

const CURRENCY: CurrencyCode = 'USD'

type Amount = 'taxes' | 'shipping' | 'price' | 'fees' | 'net'
type Column = 'type' | 'date' | 'id' | 'item' | 'buyer' | 'email' | Amount

/** Gumroad's file of one payout. All of it is in dollars; sums at its end and what was paid out elsewhere are left out. */
export const gumroad: Importer<Column> = {
  source: 'gumroad',
  titles: true,
  columns: {
    type: ['Type'],
    date: ['Date'],
    id: ['Purchase ID'],
    item: ['Item Name'],
    buyer: ['Buyer Name'],
    email: ['Buyer Email'],
    taxes: ['Taxes ($)'],
    shipping: ['Shipping ($)'],
    price: ['Sale Price ($)'],
    fees: ['Gumroad Fees ($)'],
    net: ['Net Total ($)'],
  },
  required: ['type', 'date', 'id', 'item', 'price', 'fees', 'net'],
  read(row) {
    const type = row.text('type')
    if (/^(?:sub)?totals?\b/i.test(type)) return skipped('summary')
    if (/payouts$/i.test(type)) return skipped('transfer')
    const figures = readFigures(row, {
      day: 'date',
      currency: { always: CURRENCY },
      amounts: { taxes: 'taxes', shipping: 'shipping', price: 'price', fees: 'fees', net: 'net' },
    })
    if ('outcome' in figures) return figures
    const { net, fees = 0n } = figures.amounts
    if (net === undefined) return problem('amount-missing', row.text('net'))
    if (!addsUp(figures.amounts, net)) return problem('sums-differ', row.text('net'))
    const kind = kindOf(type, net)
    return moneyRow({
      // A sale and what is returned of it have the same number.
      identity: { content: [row.text('id'), type, figures.day, row.text('item'), `${net}`] },
      day: figures.day,
      currency: CURRENCY,
      what: firstText(row.text('item'), type),
      payer: firstText(row.text('email'), row.text('buyer')),
      kind,
      amountMinor: kind === 'fee' ? net : net + fees,
      feeMinor: kind === 'fee' ? 0n : -fees,
    })
  },
}

/** Price less fees is the net; taxes and shipping are inside of the price or beside it, as the sale was. */
function addsUp(amounts: Figures<Amount>['amounts'], net: bigint): boolean {
  const { price = 0n, fees = 0n, taxes = 0n, shipping = 0n } = amounts
  if (price === 0n) return true
  return [0n, taxes, -shipping, taxes - shipping].includes(price - fees - net)
}

function kindOf(type: string, net: bigint): MoneyKind {
  if (/refund|chargeback/i.test(type)) return 'refund'
  if (/fees?$/i.test(type)) return 'fee'
  return net < 0n ? 'cost' : 'income'
}
