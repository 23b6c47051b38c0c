/** What a posting is about, beyond its account: a product, a service, a holding. */
export type Stream = { readonly kind: string; readonly id: string }

/** One line of an entry: debits are positive, credits negative, never zero. */
export type NewPosting = {
  /** A code of the chart: `4000`, `1150.stripe`. Opened on first use. */
  readonly account: string
  readonly currency: string
  readonly amountMinor: bigint
  readonly stream?: Stream
}

/** What must hold for an entry to be posted, beyond the accounts' floors. */
export type Guard = {
  readonly account: string
  readonly currency: string
  /** The account's version before the entry. */
  readonly ifVersion?: bigint
  /** The least available balance, on the account's normal side, after the entry. */
  readonly minBalanceMinor?: bigint
}

/** A journal entry to be posted. */
export type NewEntry = {
  /** At most 255 characters; the same key and content again is the same entry. */
  readonly key: string
  /** What happened, as a word: `sale`, `refund`, `payout`. */
  readonly kind: string
  /** When it happened; left out, it is when it is recorded, and a repetition need not say the same. */
  readonly effectiveAt?: Date
  readonly source?: { readonly kind: string; readonly id: string }
  readonly memo?: string
  /** At least two; they add up to zero in each currency. */
  readonly postings: readonly NewPosting[]
  readonly guards?: readonly Guard[]
}

/** What became of an entry. Refused entries leave no trace. */
export type PostOutcome =
  | { readonly outcome: 'posted'; readonly entryId: string; readonly recordedAt: Date }
  | { readonly outcome: 'replayed'; readonly entryId: string; readonly recordedAt: Date }
  | {
      readonly outcome: 'insufficient-funds'
      readonly account: string
      readonly currency: string
      /** The normal balance less what is held. */
      readonly available: bigint
    }
  | {
      readonly outcome: 'version-conflict'
      readonly account: string
      readonly currency: string
      readonly version: bigint
    }
  | { readonly outcome: 'key-reuse'; readonly entryId: string }
  | { readonly outcome: 'period-closed'; readonly openFrom: Date }
  | { readonly outcome: 'out-of-range' }
