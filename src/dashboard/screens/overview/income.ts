import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toIsoDate } from '../../../shared/dates.ts'
import type { OrderSummary } from '../../api/checkout.ts'

/** What came in on one day, in minor units: sales less what was given back of them. */
export type IncomeDay = { date: string; amountMinor: bigint; orders: number }

type Sale = Pick<OrderSummary, 'paidAt' | 'total' | 'refunded' | 'currency'>

const dayMs = 86_400_000

/** The last days up to today in a time zone, the oldest first, as calendar dates. */
export function lastDays(count: number, now: Date, timeZone: string): string[] {
  // Whole days apart at noon: no change of clocks can make one day appear twice or be left out.
  const noon = new Date(`${toIsoDate(now, timeZone)}T12:00:00Z`).getTime()
  return Array.from({ length: count }, (_, back) => toIsoDate(new Date(noon - (count - 1 - back) * dayMs)))
}

/** Income of each of those days in one currency. Orders of other days and currencies do not count. */
export function incomeByDay(
  orders: readonly Sale[],
  { days, currency, timeZone }: { days: readonly string[]; currency: CurrencyCode; timeZone: string },
): IncomeDay[] {
  const byDay = new Map(days.map((date) => [date, { date, amountMinor: 0n, orders: 0 }]))
  for (const order of orders) {
    if (order.paidAt === null || order.currency !== currency) continue
    const day = byDay.get(toIsoDate(new Date(order.paidAt), timeZone))
    if (day === undefined) continue
    day.amountMinor += BigInt(order.total.amount) - BigInt(order.refunded.amount)
    day.orders += 1
  }
  return [...byDay.values()]
}

/** The sum of days. */
export function sumOf(days: readonly IncomeDay[]): { amountMinor: bigint; orders: number } {
  return days.reduce(
    (sum, { amountMinor, orders }) => ({
      amountMinor: sum.amountMinor + amountMinor,
      orders: sum.orders + orders,
    }),
    { amountMinor: 0n, orders: 0 },
  )
}

/** By how much a sum changed against the one before, as a share; undefined if there was nothing before. */
export function changeOf(now: bigint, before: bigint): number | undefined {
  if (before <= 0n) return undefined
  return Number(((now - before) * 1000n) / before) / 1000
}
