/** A text in both languages. */
export type Words = { readonly ar: string; readonly en: string }

/** Questions whose choices are steps, from the least to the most: what rises never speaks against a stream. */
export const STEPPED = [
  'proof',
  'reach',
  'craft',
  'hours',
  'months',
  'capital',
  'loss',
  'debts',
  'odds',
  'fall',
  'patience',
  'finish',
  'selling',
  'company',
] as const

/** A question whose choices are steps. */
export type SteppedId = (typeof STEPPED)[number]

/** Questions of which any number of choices may hold. */
export type SetId = 'asked' | 'owned' | 'rails'

/** Questions of which one choice holds, none of them being more than another. */
export type ChoiceId = 'wish' | 'country' | 'interest'

/** The name of a question. */
export type QuestionId = SteppedId | SetId | ChoiceId

/** One choice of a question. `alone`: in a question of many, it excludes the others. */
export type Option = { readonly id: string; readonly text: Words; readonly alone?: true }

/** One question of the conversation. Choices of a stepped one stand in their order. */
export type Question = {
  readonly id: QuestionId
  readonly part: 'skills' | 'time' | 'money' | 'risk' | 'pay' | 'self'
  readonly kind: 'stepped' | 'set' | 'choice'
  readonly text: Words
  readonly help?: Words
  readonly options: readonly Option[]
}

/** What was answered: one choice's id, or several for a question of many. */
export type Answers = { readonly [Id in QuestionId]?: string | readonly string[] | undefined }

/** A stream wants at least this step. What lacks takes its share of `weight` away; `why` is the rationale of the weight. */
export type Want = {
  readonly question: SteppedId
  readonly from: number
  readonly weight: number
  readonly why: Words
}

/** An answer that speaks for a stream, and by how many points. */
export type Suit = {
  readonly question: 'asked' | 'owned' | 'wish'
  readonly option: string
  readonly points: number
  readonly why: Words
}

/** Below this step a stream is to be avoided now, whatever else speaks for it. */
export type Gate = { readonly question: SteppedId; readonly from: number; readonly why: Words }

/** Where a figure comes from; `none` where nothing reliable was found and the range is a judgement. */
export type Source = { readonly text: Words; readonly kind: 'published' | 'none' }

/** What a year brought on what was put in, in percent: the lowest, the middle and the highest that was published. */
export type Yearly = {
  readonly low: number
  readonly middle: number
  readonly high: number
  readonly source: Source
}

type StreamKind =
  | 'service'
  | 'micro-tasks'
  | 'channel'
  | 'affiliate'
  | 'dividends'
  | 'p2p-loans'
  | 'staking'
  | 'domain-lease'
  | 'site-lease'
  | 'dropshipping'
  | 'other'

/** A stream as the assessment knows it: all that it weighs, and what it says. */
export type Profile = {
  /** The name of its model, too: see planner/models. */
  readonly id: string
  /** What it becomes in the list of streams, once it is begun. */
  readonly kind: StreamKind
  readonly name: Words
  readonly line: Words
  /** Points before any answer, and why. */
  readonly base: { readonly points: number; readonly why: Words }
  readonly wants: readonly Want[]
  readonly suits: readonly Suit[]
  readonly gates: readonly Gate[]
  /** Ways to be paid of which one must reach the person. */
  readonly rails: readonly string[]
  /** Whether it bears interest (riba); `disputed` where scholars differ. */
  readonly interest: 'free' | 'disputed' | 'bears'
  /** Money must be put in that may be lost. */
  readonly heavy: boolean
  /** What became of others, and what speaks against it. */
  readonly odds: { readonly text: Words; readonly source: Source }
  readonly first: {
    readonly months: readonly [least: number, most: number]
    readonly money: Words
    readonly source: Source
  }
  readonly yearly?: Yearly
  readonly steps: readonly [Words, Words, Words]
}
