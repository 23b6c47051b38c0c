import type { IncomeDay } from '../../api/checkout.ts'

/** The sum of days. */
export function sumOf(days: readonly IncomeDay[]): { amountMinor: bigint; sales: number } {
  return days.reduce(
    (sum, { income, sales }) => ({
      amountMinor: sum.amountMinor + BigInt(income.amount),
      sales: sum.sales + sales,
    }),
    { amountMinor: 0n, sales: 0 },
  )
}

/** By how much a sum changed against the one before, as a share; undefined if there was nothing before. */
export function changeOf(now: bigint, before: bigint): number | undefined {
  if (before <= 0n) return undefined
  return Number(((now - before) * 1000n) / before) / 1000
}
