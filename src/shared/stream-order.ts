import type { Locale } from './locale.ts'

/** By what streams are sorted beside one another: what they brought, what an hour of them brought, or their names. */
export const STREAM_SORTS = ['-net', 'net', '-per-hour', 'per-hour', 'name', '-name'] as const

/** A minus means the greatest first. */
type StreamSort = (typeof STREAM_SORTS)[number]

/** What of a stream its place depends on; amounts in minor units of one currency. */
export type SortedStream = {
  readonly name: string
  readonly netMinor: bigint
  /** Null where no hours are known. */
  readonly perHourMinor: bigint | null
}

/** Compares two streams for a list. One without hours stands behind those with hours, whichever way they are sorted. */
export function compareStreams(
  sort: StreamSort,
  locale: Locale,
): (left: SortedStream, right: SortedStream) => number {
  const way = sort.startsWith('-') ? -1 : 1
  const names = new Intl.Collator(locale, { numeric: true })
  return (left, right) => {
    const byName = names.compare(left.name, right.name)
    if (sort.endsWith('name')) return way * byName
    if (sort.endsWith('net')) return way * compare(left.netMinor, right.netMinor) || byName
    if (left.perHourMinor === null || right.perHourMinor === null)
      return Number(left.perHourMinor === null) - Number(right.perHourMinor === null) || byName
    return way * compare(left.perHourMinor, right.perHourMinor) || byName
  }
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
