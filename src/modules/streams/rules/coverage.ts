import { divideHalfUp } from '../../../shared/money.ts'
import {
  costsOfMonth,
  costsOfYear,
  ladderOf,
  STEPS,
  type LivingCost,
  type MonthCosts,
  type Step,
} from './living-costs.ts'

/** How many months are looked back upon. */
export const LOOK_BACK_MONTHS = 24

/** Fewer months than these say little: below the first a bad month is only the worst one seen, below the second no year is whole. */
export const FEW_MONTHS = { worst: 10, year: 12 } as const

/** What the streams left in a month, after their costs. */
export type MonthNet = { readonly month: string; readonly netMinor: bigint }

/** One month that stands for many: no mean, but a month that was. */
export type Marker = MonthNet & { readonly name: 'bad' | 'usual' | 'good'; readonly percentile: 10 | 50 | 90 }

/** A step of the ladder, with the share of it, and of all below it, that each marker pays for. */
export type CoveredStep = {
  readonly step: Step
  readonly ownMinor: bigint
  readonly upToMinor: bigint
  /** Of the whole way up to and with this step; null where nothing is due. Never below 0, and above 1 where more is left. */
  readonly covered: Readonly<Record<Marker['name'], number | null>>
  /** In how many of the months looked back upon the way up to this step was paid for, by today’s costs of that season. */
  readonly monthsCovered: number
}

/** Coverage of the ladder. `dearest` is the month of the twelve to come that costs the most. */
export type Coverage = {
  readonly months: number
  readonly markers: readonly Marker[]
  readonly steps: readonly CoveredStep[]
  readonly dearest: { readonly month: string; readonly steps: readonly Omit<CoveredStep, 'monthsCovered'>[] }
}

/** What is covered, of an average month of the year that begins with `from` and of its dearest one. */
export function coverageOf(costs: readonly LivingCost[], nets: readonly MonthNet[], from: string): Coverage {
  const year = costsOfYear(costs, from)
  const markers = markersOf(nets)
  const dearest = year.reduce((most, month) => (totalOf(month) > totalOf(most) ? month : most))
  return {
    months: nets.length,
    markers,
    steps: coveredSteps(averageOf(year), markers).map((step, at) => ({
      ...step,
      monthsCovered: nets.filter(({ month, netMinor }) => {
        const upToMinor = ladderOf(costsOfMonth(costs, month).ownMinor)[at]?.upToMinor ?? 0n
        return netMinor >= upToMinor
      }).length,
    })),
    dearest: { month: dearest.month, steps: coveredSteps(dearest.ownMinor, markers) },
  }
}

/**
 * The bad, the usual and the good month: the smallest that at least 10, 50 and 90 % of the months do not pass. None without
 * months. Source: Hyndman and Fan 1996, definition 1, which always gives a month that was.
 */
export function markersOf(nets: readonly MonthNet[]): Marker[] {
  const sorted = nets.toSorted((left, right) =>
    left.netMinor < right.netMinor ? -1 : left.netMinor > right.netMinor ? 1 : 0,
  )
  const wanted = [
    { name: 'bad', percentile: 10 },
    { name: 'usual', percentile: 50 },
    { name: 'good', percentile: 90 },
  ] as const
  return wanted.flatMap((marker) => {
    const found = sorted[Math.ceil((marker.percentile * sorted.length) / 100) - 1]
    return found === undefined ? [] : [{ ...marker, month: found.month, netMinor: found.netMinor }]
  })
}

/** The share of a cost that an amount pays for; null where nothing is due. */
export function shareCovered(netMinor: bigint, costMinor: bigint): number | null {
  if (costMinor <= 0n) return null
  return netMinor <= 0n ? 0 : ratioOf(netMinor, costMinor)
}

/** A quotient to six decimals, which no rounding of large amounts can reach. */
export function ratioOf(numerator: bigint, denominator: bigint): number {
  return Number(divideHalfUp(numerator * 1_000_000n, denominator)) / 1_000_000
}

function coveredSteps(
  ownMinor: MonthCosts['ownMinor'],
  markers: readonly Marker[],
): Omit<CoveredStep, 'monthsCovered'>[] {
  return ladderOf(ownMinor).map((rung) => ({
    ...rung,
    covered: {
      bad: shareBy(markers, 'bad', rung.upToMinor),
      usual: shareBy(markers, 'usual', rung.upToMinor),
      good: shareBy(markers, 'good', rung.upToMinor),
    },
  }))
}

function shareBy(markers: readonly Marker[], name: Marker['name'], upToMinor: bigint): number | null {
  const marker = markers.find((one) => one.name === name)
  return marker === undefined ? null : shareCovered(marker.netMinor, upToMinor)
}

function averageOf(year: readonly MonthCosts[]): MonthCosts['ownMinor'] {
  const mean = (step: Step) =>
    divideHalfUp(
      year.reduce((sum, { ownMinor }) => sum + ownMinor[step], 0n),
      BigInt(year.length),
    )
  return {
    roof: mean('roof'),
    food: mean('food'),
    'health-transport': mean('health-transport'),
    all: mean('all'),
    savings: mean('savings'),
  }
}

function totalOf({ ownMinor }: MonthCosts): bigint {
  return STEPS.reduce((sum, step) => sum + ownMinor[step], 0n)
}
