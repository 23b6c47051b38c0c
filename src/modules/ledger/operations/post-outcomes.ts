import type { PostOutcome, ReverseOutcome } from '../schema.ts'

/** What the posting functions answer: when, and what became of the entries that were not posted. */
export type PostRow = { recorded: Date; others: readonly RefusedRow[] | null }

/** What became of an entry that was not posted, as the functions say it. */
export type RefusedRow = {
  outcome: PostOutcome['outcome'] | 'missing'
  /** The entry's place in the call, from 1. */
  entry?: number
  id?: string
  recordedAt?: string
  openFrom?: string
  account?: string
  currency?: string
  available?: string
  version?: string
}

/** Turns the functions' answer into one outcome per entry, in order. */
export function readOutcomes({ recorded, others }: PostRow, ids: readonly string[]): PostOutcome[] {
  return perEntry({ recorded, others }, ids, readRefused)
}

/** What the function that reverses answers. */
export type ReverseRow = { recorded: Date; others: readonly UnreversedRow[] | null }

type UnreversedRow = Omit<RefusedRow, 'outcome'> & { outcome: ReverseOutcome['outcome'] }

/** Turns its answer into one outcome per reversal, in order. */
export function readReversals(row: ReverseRow, ids: readonly string[]): ReverseOutcome[] {
  return perEntry(row, ids, ({ outcome, ...rest }: UnreversedRow): ReverseOutcome => {
    if (outcome === 'already-reversed' || outcome === 'not-found') return { outcome }
    return readRefused({ ...rest, outcome })
  })
}

function perEntry<Other extends { entry?: number }, Outcome>(
  { recorded, others }: { recorded: Date; others: readonly Other[] | null },
  ids: readonly string[],
  read: (other: Other) => Outcome,
): (Outcome | Extract<PostOutcome, { outcome: 'posted' }>)[] {
  const refused = new Map(others?.map((other) => [other.entry, other]))
  return ids.map((id, at) => {
    const other = refused.get(at + 1)
    return other === undefined ? { outcome: 'posted', entryId: id, recordedAt: recorded } : read(other)
  })
}

/** Turns one such answer into an outcome. */
export function readRefused(refused: RefusedRow): PostOutcome {
  const { outcome, id = '', account = '', currency = '' } = refused
  switch (outcome) {
    case 'replayed':
      return { outcome, entryId: id, recordedAt: new Date(refused.recordedAt ?? '') }
    case 'key-reuse':
      return { outcome, entryId: id }
    case 'period-closed':
      return { outcome, openFrom: new Date(refused.openFrom ?? '') }
    case 'insufficient-funds':
      return { outcome, account, currency, available: BigInt(refused.available ?? 0) }
    case 'version-conflict':
      return { outcome, account, currency, version: BigInt(refused.version ?? 0) }
    case 'out-of-range':
      return { outcome }
    case 'posted':
    case 'missing':
      throw new Error(`assertion failed: the ledger never answers ${outcome}`)
  }
}
