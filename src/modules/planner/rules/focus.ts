import { Temporal } from 'temporal-polyfill'
import type { CurrencyCode } from '../../../shared/currencies.ts'

/**
 * When a stream is stable: in `months` of the last `of` whole months at least `amountMinor` was left of it, with less than
 * `minutes` of upkeep. Money of other currencies is not counted.
 */
export type StabilityRule = {
  readonly months: number
  readonly of: number
  readonly amountMinor: bigint
  readonly currency: CurrencyCode
  readonly minutes: number
}

/** What a stream earned, cost and took in one month. */
export type MonthFigures = {
  readonly month: string
  readonly money: readonly {
    readonly currency: CurrencyCode
    readonly incomeMinor: bigint
    readonly costMinor: bigint
  }[]
  readonly upkeepMinutes: number
  readonly buildingMinutes: number
}

/** One month held against the rule. */
export type JudgedMonth = {
  readonly month: string
  readonly netMinor: bigint
  readonly minutes: number
  readonly counts: boolean
}

/** How far a stream is by its rule; the months stand in their order. */
export type Stability = {
  readonly met: number
  readonly isStable: boolean
  readonly months: readonly JudgedMonth[]
}

/** Holds the last whole months against the rule; a month in which nothing was written counts as nothing. */
export function judge(rule: StabilityRule, figures: readonly MonthFigures[], today: string): Stability {
  const months = wholeMonths(today, rule.of).map((month): JudgedMonth => {
    const found = figures.find((one) => one.month === month)
    const money = found?.money.find(({ currency }) => currency === rule.currency)
    const netMinor = (money?.incomeMinor ?? 0n) - (money?.costMinor ?? 0n)
    const minutes = found?.upkeepMinutes ?? 0
    return { month, netMinor, minutes, counts: netMinor >= rule.amountMinor && minutes < rule.minutes }
  })
  const met = months.filter(({ counts }) => counts).length
  return { met, isStable: met >= rule.months, months }
}

/** The last so many months that are over, the earliest first. */
export function wholeMonths(today: string, count: number): string[] {
  const current = Temporal.PlainDate.from(today).toPlainYearMonth()
  return Array.from({ length: count }, (_, at) => current.subtract({ months: count - at }).toString())
}

/** Days from one to another; below zero if it is over. */
export function daysUntil(day: string, today: string): number {
  return Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(day)).days
}

/** What was spent in the currency of the cap since the month in which the stream became the one. */
export function spentOf(figures: readonly MonthFigures[], since: string, currency: CurrencyCode): bigint {
  return figures
    .filter(({ month }) => month >= since.slice(0, 7))
    .flatMap(({ money }) => money.filter((one) => one.currency === currency))
    .reduce((sum, { costMinor }) => sum + costMinor, 0n)
}

/** All minutes of months that are not before a day's. */
export function minutesOf(figures: readonly MonthFigures[], since: string): number {
  return figures
    .filter(({ month }) => month >= since.slice(0, 7))
    .reduce((sum, { upkeepMinutes, buildingMinutes }) => sum + upkeepMinutes + buildingMinutes, 0)
}
