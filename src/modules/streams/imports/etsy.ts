import { moneyRow, problem, readFigures, skipped, type Importer, type MoneyKind } from './importer.ts'

type Column = 'date' | 'type' | 'title' | 'info' | 'currency' | 'amount' | 'fees' | 'net'

const kinds: Readonly<Record<string, MoneyKind>> = {
  sale: 'income',
  refund: 'refund',
  fee: 'fee',
  marketing: 'fee',
  vat: 'fee',
  tax: 'fee',
  'buyer fee': 'fee',
  shipping: 'cost',
  'shipping label': 'cost',
}

/**
 * Etsy's monthly statement. Its rows have no number of their own: a row is known by all that it says. Taxes which buyers pay
 * and Etsy passes on stand under fees, since they take away from what came in.
 */
export const etsy: Importer<Column> = {
  source: 'etsy',
  titles: true,
  columns: {
    date: ['Date'],
    type: ['Type'],
    title: ['Title'],
    info: ['Info'],
    currency: ['Currency'],
    amount: ['Amount'],
    fees: ['Fees & Taxes'],
    net: ['Net'],
  },
  required: ['date', 'type', 'title', 'info', 'currency', 'amount', 'fees', 'net'],
  varying: { days: ['date'], amounts: ['amount', 'fees', 'net'] },
  usualOrder: 'mdy',
  read(row) {
    const type = row.text('type').toLowerCase()
    if (type === 'deposit' || type === 'payment') return skipped('transfer')
    const figures = readFigures(row, {
      day: 'date',
      currency: 'currency',
      amounts: { amount: 'amount', fees: 'fees', net: 'net' },
    })
    if ('outcome' in figures) return figures
    const { amount = 0n, fees = 0n, net = amount + fees } = figures.amounts
    if (amount + fees !== net) return problem('sums-differ', row.text('net'))
    const said = [type, row.text('title'), row.text('info')]
    return moneyRow({
      identity: { content: [figures.day, ...said, figures.currency, `${amount}`, `${fees}`] },
      day: figures.day,
      currency: figures.currency,
      what: row.text('title'),
      payer: '',
      kind: kinds[type] ?? (amount < 0n ? 'cost' : 'income'),
      amountMinor: amount,
      feeMinor: fees,
    })
  },
}
