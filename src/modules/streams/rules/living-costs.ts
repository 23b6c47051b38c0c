import { Temporal } from 'temporal-polyfill/full'
import { allocate } from '../../../shared/allocation.ts'
import { monthAfter } from './coverage-months.ts'

/** The ladder of living costs, from what comes first to what comes last. */
export const STEPS = ['roof', 'food', 'health-transport', 'all', 'savings'] as const

/** One step of the ladder; see STEPS. */
export type Step = (typeof STEPS)[number]

/**
 * When a cost falls due. `yearly` is set aside evenly over the year; `month` falls into one month of the Gregorian year
 * (school in September, say); the others follow the Hijri year and so move through the Gregorian one.
 */
export const WHENS = ['monthly', 'yearly', 'month', 'ramadan', 'eid-al-fitr', 'eid-al-adha'] as const

/** See WHENS. */
export type When = (typeof WHENS)[number]

/** One cost of living. `month` (1–12) counts only where `when` is `month`. */
export type LivingCost = {
  readonly step: Step
  readonly amountMinor: bigint
  readonly when: When
  readonly month: number | null
}

/** What each step costs by itself in one month. */
export type MonthCosts = { readonly month: string; readonly ownMinor: Readonly<Record<Step, bigint>> }

// Days of the Hijri year, by Umm al-Qura. Source: the feasts are 1–3 Shawwal and 10–13 Dhu al-Hijja.
const seasons = {
  ramadan: { month: 9, from: 1, to: 30 },
  'eid-al-fitr': { month: 10, from: 1, to: 3 },
  'eid-al-adha': { month: 12, from: 10, to: 13 },
} as const

const YEAR = Array.from({ length: 12 }, () => 1n)

/** What each step costs in a month. A season that lies across two months is divided between them by its days. */
export function costsOfMonth(costs: readonly LivingCost[], month: string): MonthCosts {
  const ownMinor = { roof: 0n, food: 0n, 'health-transport': 0n, all: 0n, savings: 0n }
  for (const cost of costs) ownMinor[cost.step] += dueIn(cost, month)
  return { month, ownMinor }
}

/** The twelve months that begin with `from`. */
export function costsOfYear(costs: readonly LivingCost[], from: string): MonthCosts[] {
  return YEAR.map((_, at) => costsOfMonth(costs, monthAfter(from, at)))
}

/** What a month costs up to and with each step, in the order of the ladder. */
export function ladderOf(
  ownMinor: MonthCosts['ownMinor'],
): { step: Step; ownMinor: bigint; upToMinor: bigint }[] {
  let upToMinor = 0n
  return STEPS.map((step) => {
    upToMinor += ownMinor[step]
    return { step, ownMinor: ownMinor[step], upToMinor }
  })
}

/** When in the Gregorian calendar a season of a Hijri year begins and ends, both days counted. */
export function seasonDays(season: keyof typeof seasons, hijriYear: number): { from: string; to: string } {
  const { month, from, to } = seasons[season]
  const first = hijriDay(hijriYear, month, from)
  const last = hijriDay(hijriYear, month, Math.min(to, first.daysInMonth))
  return { from: gregorian(first), to: gregorian(last) }
}

function dueIn(cost: LivingCost, month: string): bigint {
  const { when, amountMinor } = cost
  const monthOfYear = Number(month.slice(5, 7))
  switch (when) {
    case 'monthly':
      return amountMinor
    case 'yearly':
      return allocate(amountMinor, YEAR)[monthOfYear - 1] ?? 0n
    case 'month':
      return cost.month === monthOfYear ? amountMinor : 0n
    case 'ramadan':
    case 'eid-al-fitr':
    case 'eid-al-adha':
      return seasonalIn(amountMinor, when, month)
  }
}

/** A Hijri year is shorter by eleven days, so a month can see the end of two years, and a Gregorian year two Ramadans. */
function seasonalIn(amountMinor: bigint, season: keyof typeof seasons, month: string): bigint {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  const last = first.add({ months: 1 }).subtract({ days: 1 })
  const years = new Set([hijriYearOf(first), hijriYearOf(last)])
  return [...years].reduce((sum, year) => sum + shareOf(amountMinor, seasonDays(season, year), month), 0n)
}

function shareOf(amountMinor: bigint, { from, to }: { from: string; to: string }, month: string): bigint {
  const days = new Map<string, bigint>()
  const end = Temporal.PlainDate.from(to)
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, end) <= 0;
    day = day.add({ days: 1 })
  ) {
    const its = day.toString().slice(0, 7)
    days.set(its, (days.get(its) ?? 0n) + 1n)
  }
  const months = [...days.keys()]
  return allocate(amountMinor, [...days.values()])[months.indexOf(month)] ?? 0n
}

function hijriYearOf(day: Temporal.PlainDate): number {
  return day.withCalendar('islamic-umalqura').year
}

function hijriDay(year: number, month: number, day: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ calendar: 'islamic-umalqura', year, month, day })
}

function gregorian(day: Temporal.PlainDate): string {
  return day.withCalendar('iso8601').toString()
}
