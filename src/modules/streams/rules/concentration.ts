import { ratioOf } from './coverage.ts'

/** By what income can be concentrated. */
export const DIMENSIONS = ['stream', 'platform', 'currency', 'payer', 'country'] as const

/** See DIMENSIONS. */
export type Dimension = (typeof DIMENSIONS)[number]

/** What one stream earned in one currency in a month, in the currency that all are compared in. */
export type EarnedPart = {
  readonly month: string
  readonly streamId: string
  readonly currency: string
  readonly incomeMinor: bigint
  readonly netMinor: bigint
}

/** What a stream depends on; null where the person has not said. */
export type StreamTraits = {
  readonly platform: string | null
  readonly payer: string | null
  readonly country: string | null
}

/** A share of the whole, the largest first. */
export type Share = { readonly key: string; readonly incomeMinor: bigint; readonly share: number }

/**
 * How far income hangs on few things. `hhi` is the sum of the squared shares: 1 is all on one, 1/n is n equal parts;
 * `effective` is 1/hhi, the number of equal parts that would be as concentrated. Null where nothing was earned.
 * `unsaidMinor` is what nobody said the part of, or what many parts share: it belongs to the whole, and counts as spread over
 * so many that none has a share. The figures are therefore never more than the truth. Source: Hirschman 1945, Herfindahl 1950.
 */
export type Concentration = {
  readonly totalMinor: bigint
  readonly unsaidMinor: bigint
  readonly shares: readonly Share[]
  readonly hhi: number | null
  readonly effective: number | null
}

/** From where on a person wants to be told; null for never. */
export type Limits = { readonly hhi: number | null; readonly largest: number | null }

/**
 * 0.25 is as concentrated as four equal parts: the line above which the guidelines of the American competition authorities
 * called a market highly concentrated (2010; 0.18 since 2023). That half hangs on one thing is a judgement.
 */
export const DEFAULT_LIMITS: Limits = { hhi: 0.25, largest: 0.5 }

/** An alarm with what set it off. */
export type Alarm = { readonly kind: 'hhi' | 'largest'; readonly value: number; readonly limit: number }

/** How many months a figure looks back. */
export const WINDOW_MONTHS = 12

/** Before there are so many months alarms are shown with the figures and told nowhere else: a first month is all of one kind. */
export const TOLD_FROM_MONTHS = 3

/** The key of a part in a dimension; null where it is not said. */
export function keyOf(
  part: EarnedPart,
  dimension: Dimension,
  traits: ReadonlyMap<string, StreamTraits>,
): string | null {
  if (dimension === 'stream') return part.streamId
  if (dimension === 'currency') return part.currency
  return traits.get(part.streamId)?.[dimension] ?? null
}

/** Concentration of what was earned, by whatever `key` says. Parts that earned nothing or less have no share. */
export function concentrationOf(
  parts: readonly EarnedPart[],
  key: (part: EarnedPart) => string | null,
): Concentration {
  const sums = new Map<string | null, bigint>()
  for (const part of parts) {
    const its = key(part)
    sums.set(its, (sums.get(its) ?? 0n) + part.incomeMinor)
  }
  const unsaid = sums.get(null) ?? 0n
  const known = [...sums].flatMap(([its, incomeMinor]) =>
    its === null || incomeMinor <= 0n ? [] : [{ key: its, incomeMinor }],
  )
  const unsaidMinor = unsaid > 0n ? unsaid : 0n
  const totalMinor = known.reduce((sum, { incomeMinor }) => sum + incomeMinor, unsaidMinor)
  const squares = known.reduce((sum, { incomeMinor }) => sum + incomeMinor * incomeMinor, 0n)
  return {
    totalMinor,
    unsaidMinor,
    shares: known
      .toSorted(
        (left, right) => compare(right.incomeMinor, left.incomeMinor) || (left.key < right.key ? -1 : 1),
      )
      .map((one) => ({ ...one, share: ratioOf(one.incomeMinor, totalMinor) })),
    hhi: squares === 0n ? null : ratioOf(squares, totalMinor * totalMinor),
    effective: squares === 0n ? null : ratioOf(totalMinor * totalMinor, squares),
  }
}

/** What is over its limit. */
export function alarmsOf({ hhi, shares }: Concentration, limits: Limits): Alarm[] {
  const largest = shares[0]?.share
  const alarms: Alarm[] = []
  if (hhi !== null && limits.hhi !== null && hhi > limits.hhi)
    alarms.push({ kind: 'hhi', value: hhi, limit: limits.hhi })
  if (largest !== undefined && limits.largest !== null && largest > limits.largest) {
    alarms.push({ kind: 'largest', value: largest, limit: limits.largest })
  }
  return alarms
}

/** What each month left, with everything or without what has a key. */
export function netsWithout(
  months: readonly { readonly label: string }[],
  parts: readonly EarnedPart[],
  isGone: (part: EarnedPart) => boolean = () => false,
): { month: string; netMinor: bigint }[] {
  const nets = new Map(months.map(({ label }) => [label, 0n]))
  for (const part of parts) {
    const before = nets.get(part.month)
    if (before !== undefined && !isGone(part)) nets.set(part.month, before + part.netMinor)
  }
  return [...nets].map(([month, netMinor]) => ({ month, netMinor }))
}

function compare(left: bigint, right: bigint): number {
  return left === right ? 0 : left < right ? -1 : 1
}
