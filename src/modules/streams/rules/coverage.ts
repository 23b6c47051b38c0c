import { divideHalfUp } from '../../../shared/money.ts'
import { ladderOf, STEPS, type MonthCosts, type Step } from './living-costs.ts'

const NO_COSTS = { roof: 0n, food: 0n, 'health-transport': 0n, all: 0n, savings: 0n }

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
}

/** A month that was, against what life cost in it: the way up to and with each step, and the share of it that was paid for. */
export type PastMonth = MonthNet & {
  readonly steps: readonly {
    readonly step: Step
    readonly upToMinor: bigint
    readonly covered: number | null
  }[]
}

/** Coverage of the ladder. `dearest` is the month of the twelve to come that costs the most. */
export type Coverage = {
  readonly markers: readonly Marker[]
  readonly steps: readonly CoveredStep[]
  readonly dearest: { readonly month: string; readonly steps: readonly CoveredStep[] }
}

/** What is covered of an average month of the year to come and of its dearest one. @throws RangeError for a year without months */
export function coverageOf(year: readonly MonthCosts[], nets: readonly MonthNet[]): Coverage {
  const markers = markersOf(nets)
  const [first, ...others] = year
  if (first === undefined) throw new RangeError('a year has months')
  const dearest = others.reduce((most, month) => (totalOf(month) > totalOf(most) ? month : most), first)
  return {
    markers,
    steps: coveredSteps(averageOf(year), markers),
    dearest: { month: dearest.month, steps: coveredSteps(dearest.ownMinor, markers) },
  }
}

/** Each month against what it cost itself; a month without costs has no shares. In the order of the months. */
export function pastOf(nets: readonly MonthNet[], costs: readonly MonthCosts[]): PastMonth[] {
  const byMonth = new Map(costs.map((one) => [one.month, one.ownMinor]))
  return nets.map(({ month, netMinor }) => ({
    month,
    netMinor,
    steps: ladderOf(byMonth.get(month) ?? NO_COSTS).map(({ step, upToMinor }) => ({
      step,
      upToMinor,
      covered: shareCovered(netMinor, upToMinor),
    })),
  }))
}

/** In how many months the way up to a step was paid for, by what it cost then; where nothing was due it was. */
export function monthsCovered(past: readonly PastMonth[], step: Step): number {
  return past.filter(({ netMinor, steps }) => {
    const upToMinor = steps.find((one) => one.step === step)?.upToMinor ?? 0n
    return netMinor >= upToMinor
  }).length
}

/** What an average month of a year costs, step by step. */
export function averageOf(year: readonly MonthCosts[]): MonthCosts['ownMinor'] {
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

function coveredSteps(ownMinor: MonthCosts['ownMinor'], markers: readonly Marker[]): CoveredStep[] {
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

function totalOf({ ownMinor }: MonthCosts): bigint {
  return STEPS.reduce((sum, step) => sum + ownMinor[step], 0n)
}
