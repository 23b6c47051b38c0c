import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { AccountType } from '../rules/standard-chart.ts'

/** A chart row as exports carry it. */
export type ExportedAccount = {
  readonly code: string
  readonly type: AccountType
  readonly nameAr: string
  readonly nameEn: string
  readonly sign: number
  readonly floor: bigint | null
  readonly currencies: readonly CurrencyCode[]
}

/** A posting as exports carry it. */
export type ExportedPosting = {
  readonly line: number
  readonly account: string
  readonly currency: CurrencyCode
  readonly amountMinor: bigint
  readonly version: bigint
  readonly stream: { kind: string; id: string } | null
}

/** An entry as exports carry it. Times are ISO 8601, in UTC. */
export type ExportedEntry = {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly effectiveAt: string
  readonly recordedAt: string
  readonly actor: { kind: string; id: string }
  readonly source: { kind: string; id: string } | null
  readonly memo: string
  readonly relation: { kind: 'reverses' | 'posts'; target: string } | null
  readonly postings: readonly ExportedPosting[]
}

/** A form of export: what comes before the entries, each entry, and what comes after. */
export type ExportFormat = {
  readonly contentType: string
  readonly extension: string
  head(accounts: readonly ExportedAccount[]): string
  entry(entry: ExportedEntry): string
}

/**
 * Entries of one recorded moment in an order in which each account's versions ascend, so that posting them again gives the
 * same running balances. Others keep their place.
 */
export function inPostingOrder(entries: readonly ExportedEntry[]): ExportedEntry[] {
  const waiting = new Map<string, bigint[]>()
  const keyOf = ({ account, currency }: ExportedPosting) => `${account} ${currency}`
  for (const { postings } of entries) {
    for (const posting of postings) {
      const versions = waiting.get(keyOf(posting)) ?? []
      versions.push(posting.version)
      waiting.set(keyOf(posting), versions)
    }
  }
  const next = new Map(
    [...waiting].map(([key, versions]) => [key, versions.reduce((a, b) => (a < b ? a : b))]),
  )
  const ordered: ExportedEntry[] = []
  let left = [...entries]
  while (left.length > 0) {
    const rest = left.filter((entry) => {
      const first = new Map<string, bigint>()
      for (const posting of entry.postings) {
        const known = first.get(keyOf(posting))
        if (known === undefined || posting.version < known) first.set(keyOf(posting), posting.version)
      }
      const ready = [...first].every(([key, version]) => next.get(key) === version)
      if (!ready) return true
      ordered.push(entry)
      for (const posting of entry.postings) next.set(keyOf(posting), (next.get(keyOf(posting)) ?? 0n) + 1n)
      return false
    })
    if (rest.length === left.length) throw new Error('assertion failed: entries follow one another')
    left = rest
  }
  return ordered
}
