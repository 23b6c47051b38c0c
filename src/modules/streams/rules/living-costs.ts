import { Temporal } from 'temporal-polyfill/full'
import { daysOfMonth, monthsOf, type Month } from './periods.ts'

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

/** What life costs from a Gregorian month on (`2026-03`), until the next ladder. */
export type Ladder<Cost extends LivingCost = LivingCost> = {
  readonly from: string
  readonly costs: readonly Cost[]
}

/** What each step costs by itself in one month. */
export type MonthCosts = { readonly month: string; readonly ownMinor: Readonly<Record<Step, bigint>> }

// Days of the Hijri year, by Umm al-Qura. Source: the feasts are 1–3 Shawwal and 10–13 Dhu al-Hijja.
const seasons = {
  ramadan: { month: 9, from: 1, to: 30 },
  'eid-al-fitr': { month: 10, from: 1, to: 3 },
  'eid-al-adha': { month: 12, from: 10, to: 13 },
} as const

const YEAR_MONTHS = 12n
const DAY_MS = 86_400_000

/** The ladder that holds in a Gregorian month; before the first one that one, since nobody said what life cost then. Sorted by month. */
export function ladderIn<One extends Ladder>(ladders: readonly One[], month: string): One | undefined {
  return ladders.findLast(({ from }) => from <= month) ?? ladders[0]
}

/**
 * What each step costs in a month of either calendar, by the ladder of its time. A Hijri month bears the part of each
 * Gregorian month’s costs that its days are of it, and a season what falls within it: over all months nothing is lost.
 */
export function costsOfMonth(ladders: readonly Ladder[], { label, from, before }: Month): MonthCosts {
  const ownMinor = { roof: 0n, food: 0n, 'health-transport': 0n, all: 0n, savings: 0n }
  const last = new Date(Date.parse(before) - DAY_MS).toISOString().slice(0, 10)
  for (const { label: month } of monthsOf({ from, to: last, calendar: 'gregorian' })) {
    const whole = daysOfMonth(month)
    const span = {
      month,
      from: whole.from > from ? whole.from : from,
      before: whole.before < before ? whole.before : before,
    }
    for (const cost of ladderIn(ladders, month)?.costs ?? []) ownMinor[cost.step] += dueIn(cost, span)
  }
  return { month: label, ownMinor }
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

/** Days of one Gregorian month. */
type Span = { readonly month: string; readonly from: string; readonly before: string }

function dueIn(cost: LivingCost, span: Span): bigint {
  const { when, amountMinor } = cost
  const whole = daysOfMonth(span.month)
  const monthOfYear = BigInt(span.month.slice(5, 7))
  switch (when) {
    case 'monthly':
      return partIn(amountMinor, whole, span)
    case 'yearly':
      return partIn(upTo(amountMinor, monthOfYear) - upTo(amountMinor, monthOfYear - 1n), whole, span)
    case 'month':
      return cost.month === Number(monthOfYear) ? partIn(amountMinor, whole, span) : 0n
    case 'ramadan':
    case 'eid-al-fitr':
    case 'eid-al-adha':
      return seasonalIn(amountMinor, when, span)
  }
}

function upTo(amountMinor: bigint, months: bigint): bigint {
  return (amountMinor * months) / YEAR_MONTHS
}

/** A Hijri year is shorter by eleven days, so a month can see the end of two years, and a Gregorian year two Ramadans. */
function seasonalIn(amountMinor: bigint, season: keyof typeof seasons, span: Span): bigint {
  const days = [Temporal.PlainDate.from(span.from), Temporal.PlainDate.from(span.before)]
  const years = new Set(days.map(hijriYearOf))
  return [...years].reduce((sum, year) => {
    const { from, to } = seasonDays(season, year)
    const before = Temporal.PlainDate.from(to).add({ days: 1 }).toString()
    return sum + partIn(amountMinor, { from, before }, span)
  }, 0n)
}

/** What of an amount that is spread over some days falls into others. Neighbouring spans add up to the whole, to the last unit. */
function partIn(
  amountMinor: bigint,
  over: { from: string; before: string },
  { from, before }: { from: string; before: string },
): bigint {
  const [first, end] = [Date.parse(over.from), Date.parse(over.before)]
  const until = (day: string) => {
    const at = Math.min(Math.max(Date.parse(day), first), end)
    return (amountMinor * BigInt((at - first) / DAY_MS)) / BigInt((end - first) / DAY_MS)
  }
  return until(before) - until(from)
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
