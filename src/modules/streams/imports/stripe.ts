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
  'id' | 'created' | 'currency' | 'gross' | 'fee' | 'net' | 'category' | 'description' | 'customer' | 'email'

const left: Readonly<Record<string, SkipReason>> = {
  payout: 'transfer',
  payout_reversal: 'transfer',
  payout_failure: 'transfer',
  topup: 'transfer',
  topup_reversal: 'transfer',
  transfer: 'transfer',
  transfer_reversal: 'transfer',
  connect_collection_transfer: 'transfer',
  payout_minimum_balance_hold: 'hold',
  payout_minimum_balance_release: 'hold',
  connect_reserved_funds: 'hold',
  risk_reserved_funds: 'hold',
  currency_conversion: 'conversion',
}

const kinds: Readonly<Record<string, MoneyKind>> = {
  charge: 'income',
  platform_earning: 'income',
  refund: 'refund',
  partial_capture_reversal: 'refund',
  refund_failure: 'refund',
  platform_earning_refund: 'refund',
  dispute: 'refund',
  dispute_reversal: 'refund',
  charge_failure: 'refund',
  fee: 'fee',
  network_cost: 'fee',
  tax: 'fee',
}

/**
 * Stripe's itemised reports (balance change from activity, payout reconciliation). Days are of UTC, as the column says.
 * Source: Stripe's documentation of reporting categories.
 */
export const stripe: Importer<Column> = {
  source: 'stripe',
  columns: {
    id: ['balance_transaction_id'],
    created: ['created_utc', 'created'],
    currency: ['currency'],
    gross: ['gross'],
    fee: ['fee'],
    net: ['net'],
    category: ['reporting_category'],
    description: ['description'],
    customer: ['customer_name'],
    email: ['customer_email'],
  },
  required: ['id', 'created', 'currency', 'gross', 'fee', 'net', 'category'],
  read(row) {
    const category = row.text('category').toLowerCase()
    const reason = left[category]
    if (reason !== undefined) return skipped(reason)
    const figures = readFigures(row, {
      day: 'created',
      currency: 'currency',
      amounts: { gross: 'gross', fee: 'fee', net: 'net' },
    })
    if ('outcome' in figures) return figures
    const { gross = 0n, fee = 0n, net = gross - fee } = figures.amounts
    if (row.text('id') === '') return problem('cells-missing', '')
    if (gross - fee !== net) return problem('sums-differ', row.text('net'))
    return moneyRow({
      identity: { id: [row.text('id')] },
      day: figures.day,
      currency: figures.currency,
      what: firstText(row.text('description'), category),
      payer: firstText(row.text('email'), row.text('customer')),
      kind: kinds[category] ?? (gross < 0n ? 'cost' : 'income'),
      amountMinor: gross,
      feeMinor: -fee,
    })
  },
}
