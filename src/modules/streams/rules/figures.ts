import { trendOf, type Trend } from './trend.ts'

/** One month of a stream in one currency: minor units, minutes. Months in which there was nothing have zeros. */
export type FigureMonth = {
  readonly incomeMinor: bigint
  readonly costMinor: bigint
  readonly upkeepMinutes: number
  readonly buildingMinutes: number
}

/** What a stream comes to over some months. Amounts are minor units of one currency; `null` where there is nothing to divide by. */
export type Figures = {
  readonly incomeMinor: bigint
  readonly costMinor: bigint
  readonly netMinor: bigint
  readonly upkeepMinutes: number
  readonly buildingMinutes: number
  /** The part of all building so far that these months bear. */
  readonly writtenOffMinutes: number
  readonly netPerUpkeepHourMinor: bigint | null
  readonly netPerHourMinor: bigint | null
  /** The share of income that came in months with less than an hour of upkeep, from 0 to 1. */
  readonly passivity: number | null
  /** Of net income, in minor units a month. */
  readonly trend: Trend
}

const HOUR_MINUTES = 60

/**
 * The figures of some months. `writtenOffMinutes` are the minutes of building that these months bear; see writeOff. Of
 * the months, only the first `whole` are over: one that is still running would look like a fall.
 */
export function figuresOf(
  months: readonly FigureMonth[],
  { writtenOffMinutes, whole = months.length }: { writtenOffMinutes: number; whole?: number },
): Figures {
  const incomeMinor = sum(months.map((month) => month.incomeMinor))
  const costMinor = sum(months.map((month) => month.costMinor))
  const netMinor = incomeMinor - costMinor
  const upkeepMinutes = total(months.map((month) => month.upkeepMinutes))
  return {
    incomeMinor,
    costMinor,
    netMinor,
    upkeepMinutes,
    buildingMinutes: total(months.map((month) => month.buildingMinutes)),
    writtenOffMinutes,
    netPerUpkeepHourMinor: perHour(netMinor, upkeepMinutes),
    netPerHourMinor: perHour(netMinor, upkeepMinutes + writtenOffMinutes),
    passivity: passivityOf(months),
    trend: trendOf(months.slice(0, whole).map((month) => Number(month.incomeMinor - month.costMinor))),
  }
}

/**
 * The share of income that came in months with less than an hour of upkeep. Months that took back more than they brought
 * count as none. Null without income.
 */
export function passivityOf(months: readonly FigureMonth[]): number | null {
  const earning = months.filter(({ incomeMinor }) => incomeMinor > 0n)
  const all = sum(earning.map(({ incomeMinor }) => incomeMinor))
  if (all === 0n) return null
  const untended = earning.filter(({ upkeepMinutes }) => upkeepMinutes < HOUR_MINUTES)
  return Number((sum(untended.map(({ incomeMinor }) => incomeMinor)) * 1_000_000n) / all) / 1_000_000
}

/**
 * How many minutes of building some months bear: the minutes of a month are spread evenly over the stream's life, from
 * that month on. `building` holds minutes by month, of which `from` to `before` are asked for (parts of months too); what
 * lies outside of the life bears nothing.
 */
export function writeOff(
  building: readonly { readonly month: number; readonly minutes: number }[],
  { from, before, lifeMonths }: { from: number; before: number; lifeMonths: number },
): number {
  const borne = building.map(({ month, minutes }) => {
    const overlap = Math.min(before, month + lifeMonths) - Math.max(from, month)
    return (minutes * Math.max(0, overlap)) / lifeMonths
  })
  return Math.round(total(borne))
}

/** Minor units for an hour, rounded half away from zero; null without any time. */
export function perHour(netMinor: bigint, minutes: number): bigint | null {
  if (minutes <= 0) return null
  const doubled = netMinor * BigInt(HOUR_MINUTES) * 2n
  const by = BigInt(minutes) * 2n
  const half = BigInt(minutes)
  return (doubled + (netMinor < 0n ? -half : half)) / by
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, one) => all + one, 0n)
}

function total(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}
