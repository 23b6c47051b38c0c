import { Temporal } from 'temporal-polyfill'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { MonthFigures } from './focus.ts'

/** A stream that was begun and left, with what came of it. */
export type LeftStream = {
  readonly name: string
  readonly begunOn: string
  readonly leftOn: string
  readonly figures: readonly MonthFigures[]
}

/** One jump: how long it was stayed with, what it took, when it first earned, and what it left. */
export type Jump = {
  readonly name: string
  readonly begunOn: string
  readonly leftOn: string
  readonly months: number
  readonly minutes: number
  /** Whole months until the first income; null where there was none. */
  readonly monthsToIncome: number | null
  /** Income less costs, by currency. */
  readonly net: readonly { readonly currency: CurrencyCode; readonly netMinor: bigint }[]
}

/** How many jumps are shown. */
export const JUMPS_SHOWN = 3

/** The last jumps, the latest first. */
export function jumpsOf(left: readonly LeftStream[]): Jump[] {
  return left
    .toSorted((one, other) => other.leftOn.localeCompare(one.leftOn))
    .slice(0, JUMPS_SHOWN)
    .map(({ name, begunOn, leftOn, figures }) => ({
      name,
      begunOn,
      leftOn,
      months: monthsBetween(begunOn, leftOn),
      minutes: figures.reduce((sum, one) => sum + one.upkeepMinutes + one.buildingMinutes, 0),
      monthsToIncome: monthsToIncome(begunOn, figures),
      net: netOf(figures),
    }))
}

/**
 * What a jump costs in hours, by one's own history: the middle of the minutes that earlier ones took before they were left.
 * Undefined where no hours were written down: then nobody knows.
 */
export function usualMinutes(jumps: readonly Jump[]): number | undefined {
  const sorted = jumps
    .map(({ minutes }) => minutes)
    .filter((minutes) => minutes > 0)
    .toSorted((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

function monthsBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'months' }).months
}

function monthsToIncome(begunOn: string, figures: readonly MonthFigures[]): number | null {
  const first = figures
    .filter(({ money }) => money.some(({ incomeMinor }) => incomeMinor > 0n))
    .map(({ month }) => month)
    .toSorted()[0]
  if (first === undefined) return null
  const [from, to] = [begunOn.slice(0, 7), first].map((month) => Temporal.PlainYearMonth.from(month))
  if (from === undefined || to === undefined) return null
  return Math.max(0, from.until(to, { largestUnit: 'months' }).months)
}

function netOf(figures: readonly MonthFigures[]): Jump['net'] {
  const net = new Map<CurrencyCode, bigint>()
  for (const { currency, incomeMinor, costMinor } of figures.flatMap(({ money }) => money))
    net.set(currency, (net.get(currency) ?? 0n) + incomeMinor - costMinor)
  return [...net]
    .map(([currency, netMinor]) => ({ currency, netMinor }))
    .toSorted((one, other) => one.currency.localeCompare(other.currency))
}
