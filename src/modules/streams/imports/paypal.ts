import {
  firstText,
  moneyRow,
  problem,
  readFigures,
  skipped,
  type Importer,
  type MoneyKind,
  type SkipReason,
} from './importer.ts'

type Column =
  | 'date'
  | 'name'
  | 'type'
  | 'status'
  | 'currency'
  | 'gross'
  | 'fee'
  | 'net'
  | 'from'
  | 'id'
  | 'item'
  | 'impact'

const left: readonly (readonly [RegExp, SkipReason])[] = [
  [/conversion/i, 'conversion'],
  [/withdrawal|bank deposit|card deposit|transfer to bank|funding/i, 'transfer'],
  [/authori[sz]ation|\bhold\b|request|invoice sent|^order$/i, 'hold'],
]

/** PayPal's activity download. Days are of the account's time zone, and written as its country writes them. */
export const paypal: Importer<Column> = {
  source: 'paypal',
  columns: {
    date: ['Date'],
    name: ['Name'],
    type: ['Type', 'Description'],
    status: ['Status'],
    currency: ['Currency'],
    gross: ['Gross'],
    fee: ['Fee', 'Fees'],
    net: ['Net'],
    from: ['From Email Address'],
    id: ['Transaction ID'],
    item: ['Item Title'],
    impact: ['Balance Impact'],
  },
  required: ['date', 'name', 'type', 'currency', 'gross', 'fee', 'net', 'id'],
  varying: { days: ['date'], amounts: ['gross', 'fee', 'net'] },
  usualOrder: 'mdy',
  read(row) {
    const type = row.text('type')
    const status = row.text('status')
    if (status !== '' && !/^(?:completed|partially refunded|refunded|reversed|paid|cleared)$/i.test(status))
      return skipped('not-completed')
    if (/^memo$/i.test(row.text('impact'))) return skipped('nothing-moved')
    const reason = left.find(([pattern]) => pattern.test(type))?.[1]
    if (reason !== undefined) return skipped(reason)
    const figures = readFigures(row, {
      day: 'date',
      currency: 'currency',
      amounts: { gross: 'gross', fee: 'fee', net: 'net' },
    })
    if ('outcome' in figures) return figures
    // PayPal writes the fee with its sign, so that gross and fee add up to the net.
    const { gross = 0n, fee = 0n, net = gross + fee } = figures.amounts
    if (row.text('id') === '') return problem('cells-missing', '')
    if (gross + fee !== net) return problem('sums-differ', row.text('net'))
    return moneyRow({
      identity: { id: [row.text('id'), figures.currency] },
      day: figures.day,
      currency: figures.currency,
      what: firstText(row.text('item'), type),
      payer: gross < 0n ? row.text('name') : firstText(row.text('from'), row.text('name')),
      kind: kindOf(type, gross),
      amountMinor: gross,
      feeMinor: fee,
    })
  },
}

/** A refund that comes in is one of a purchase, so it lowers the costs. */
function kindOf(type: string, gross: bigint): MoneyKind {
  if (/refund|reversal|chargeback(?! fee)/i.test(type)) return gross < 0n ? 'refund' : 'cost'
  if (/\bfee\b/i.test(type)) return 'fee'
  return gross < 0n ? 'cost' : 'income'
}
