import { firstText, moneyRow, problem, readFigures, skipped, type Importer } from './importer.ts'

type Column =
  'date' | 'ordered' | 'title' | 'book' | 'marketplace' | 'royalty' | 'transaction' | 'amount' | 'currency'

/**
 * Amazon KDP's royalties (paperback, hardcover, e-book), a sheet of its report as CSV. Its rows are sums by day, book and
 * marketplace: a day that was not over yet is known again by these, and then shows another amount.
 */
export const kdp: Importer<Column> = {
  source: 'kdp',
  titles: true,
  columns: {
    date: ['Royalty Date'],
    ordered: ['Order Date'],
    title: ['Title'],
    book: ['ISBN', 'ASIN', 'ASIN/ISBN'],
    marketplace: ['Marketplace'],
    royalty: ['Royalty Type'],
    transaction: ['Transaction Type'],
    amount: ['Royalty'],
    currency: ['Currency'],
  },
  required: ['date', 'title', 'marketplace', 'royalty', 'transaction', 'amount', 'currency'],
  read(row) {
    if (/^(?:totals?)?$/i.test(row.text('date'))) return skipped('summary')
    const figures = readFigures(row, { day: 'date', currency: 'currency', amounts: { amount: 'amount' } })
    if ('outcome' in figures) return figures
    const { amount } = figures.amounts
    if (amount === undefined) return problem('amount-missing', row.text('amount'))
    const book = firstText(row.text('book'), row.text('title'))
    const kinds = [row.text('marketplace'), row.text('royalty'), row.text('transaction')]
    return moneyRow({
      identity: { id: [figures.day, row.text('ordered'), book, ...kinds, figures.currency] },
      day: figures.day,
      currency: figures.currency,
      what: row.text('title'),
      payer: row.text('marketplace'),
      kind: amount < 0n ? 'refund' : 'income',
      amountMinor: amount,
      feeMinor: 0n,
    })
  },
}
