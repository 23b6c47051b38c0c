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

/** An amount to be set aside: when it is posted, `debit` is debited and `credit` is credited. */
export type NewHold = {
  readonly key: string
  readonly kind: string
  readonly debit: string
  readonly credit: string
  readonly currency: string
  readonly amountMinor: bigint
  readonly stream?: Stream
  readonly source?: { readonly kind: string; readonly id: string }
  readonly memo?: string
  /** After this the expiry job frees it. */
  readonly expiresAt?: Date
}

type Refused<Outcome extends PostOutcome['outcome']> = Extract<PostOutcome, { outcome: Outcome }>

/** What became of a hold that was asked for. */
export type HoldOutcome =
  | { readonly outcome: 'held' | 'replayed'; readonly holdId: string; readonly recordedAt: Date }
  | { readonly outcome: 'key-reuse'; readonly holdId: string }
  | Refused<'insufficient-funds' | 'out-of-range'>

/** What became of a hold that was to be posted, voided or expired. */
export type ResolveOutcome =
  | {
      readonly outcome: 'posted'
      readonly entryId: string
      readonly recordedAt: Date
      readonly amountMinor: bigint
      readonly remainingMinor: bigint
    }
  | { readonly outcome: 'replayed'; readonly entryId: string; readonly recordedAt: Date }
  | { readonly outcome: 'resolved-now'; readonly amountMinor: bigint; readonly remainingMinor: bigint }
  | { readonly outcome: 'resolved' | 'not-due'; readonly remainingMinor: bigint }
  | { readonly outcome: 'not-found' }
  | Refused<'insufficient-funds' | 'out-of-range' | 'key-reuse' | 'period-closed'>

/** A reversal of an entry: of all that is left of it, or of amounts of some of its lines. */
export type NewReversal = {
  readonly key: string
  readonly kind?: string
  readonly effectiveAt?: Date
  readonly memo?: string
  /** Lines count from 1; amounts have the sign that the line has. */
  readonly lines?: readonly { readonly line: number; readonly amountMinor: bigint }[]
}

/** What became of a reversal. */
export type ReverseOutcome =
  PostOutcome | { readonly outcome: 'already-reversed' } | { readonly outcome: 'not-found' }

/** An exchange at a rate of minor units for minor units, numerator ÷ denominator. */
export type NewExchange = {
  readonly key: string
  readonly from: { readonly account: string; readonly currency: string; readonly amountMinor: bigint }
  readonly to: { readonly account: string; readonly currency: string }
  readonly rate: { readonly numerator: bigint; readonly denominator: bigint }
  /** The currency in which gains are reckoned, if it is one of the two. */
  readonly base?: string
  readonly effectiveAt?: Date
  readonly source?: { readonly kind: string; readonly id: string }
  readonly memo?: string
}
