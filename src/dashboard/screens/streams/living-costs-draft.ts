import type { LivingCosts } from '../../api/coverage.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { typedAmount, type TypedAmount } from '../../ui/money-field.tsx'

/** The steps of the ladder in their order. */
export const STEPS = ['roof', 'food', 'health-transport', 'all', 'savings'] as const

/** When a cost falls due, the most common first. */
export const WHENS = ['monthly', 'yearly', 'month', 'ramadan', 'eid-al-fitr', 'eid-al-adha'] as const

/** A cost as it is being entered. */
export type CostRow = {
  readonly key: number
  readonly step: (typeof STEPS)[number]
  readonly label: string
  readonly amount: TypedAmount
  readonly when: (typeof WHENS)[number]
  readonly month: number
}

const SEPTEMBER = 9
const NOTHING: TypedAmount = { text: '', amountMinor: undefined }

type Start = Pick<CostRow, 'step'> & Partial<Pick<CostRow, 'when' | 'month'>>

/** What most lives cost, to be filled in or left empty. */
const USUAL: readonly Start[] = [
  { step: 'roof' },
  { step: 'food' },
  { step: 'food', when: 'ramadan' },
  { step: 'health-transport' },
  { step: 'all' },
  { step: 'all', when: 'eid-al-fitr' },
  { step: 'all', when: 'eid-al-adha' },
  { step: 'all', when: 'month', month: SEPTEMBER },
  { step: 'savings' },
]

/** An empty row. */
export function emptyRow(key: number, { step, when = 'monthly', month = SEPTEMBER }: Start): CostRow {
  return { key, step, label: '', amount: NOTHING, when, month }
}

/** The rows to begin with: those that were saved, or the usual ones. */
export function startingRows({ items }: LivingCosts): CostRow[] {
  if (items.length === 0) return USUAL.map((start, key) => emptyRow(key, start))
  return items.map(({ step, label, amount, when, month }, key) => ({
    key,
    step,
    label,
    amount: typedAmount(BigInt(amount.amount), amount.currency),
    when,
    month: month ?? SEPTEMBER,
  }))
}

/** What is to be saved: rows with an amount. */
export function itemsOf(rows: readonly CostRow[], currency: CurrencyCode) {
  return rows.flatMap(({ step, label, amount: { amountMinor }, when, month }) =>
    amountMinor === undefined || amountMinor === 0n
      ? []
      : [
          {
            step,
            label,
            when,
            month: when === 'month' ? month : null,
            amount: { amount: amountMinor.toString(), currency },
          },
        ],
  )
}

/** What a step costs in an average month, as far as it can be read. What comes once a year counts a twelfth. */
export function monthlyOf(rows: readonly CostRow[], step: CostRow['step']): bigint {
  const yearly = rows
    .filter((row) => row.step === step)
    .reduce((sum, { amount, when }) => sum + (amount.amountMinor ?? 0n) * (when === 'monthly' ? 12n : 1n), 0n)
  return (yearly + 6n) / 12n
}

const YEARS_BACK = 5

/** The months since which life can have cost something, the latest first: a year ahead and five years back. */
export function monthsToChoose(present: string): string[] {
  const at = Number(present.slice(0, 4)) * 12 + Number(present.slice(5)) - 1
  return Array.from({ length: 12 * (YEARS_BACK + 1) + 1 }, (_, nth) => {
    const month = at + 12 - nth
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}
