import type { Machine } from '../rules/engine/simulate.ts'
import type { SourceId } from './sources.ts'

/**
 * Where a default comes from: `published` by a source; `fitted` to one; `judgement` is ours, with the reason in the
 * catalogue; `none`: there is no reliable data, so it must be set by whoever plans; `own`: theirs to know.
 */
export type Evidence =
  | { kind: 'published' | 'fitted'; source: SourceId }
  | { kind: 'judgement' }
  | { kind: 'none' }
  | { kind: 'own' }

/** How a value is meant and shown. Money is in the stream's currency, by month unless its name says otherwise. */
export type Unit = 'share' | 'share-year' | 'money' | 'money-hour' | 'count' | 'times' | 'months' | 'spread'

/** One assumption of a model. Both ends of a range are drawn from evenly on each path. */
export type Parameter = {
  name: string
  unit: Unit
  /** The default in dollars where it is money; absent where there is no reliable data. */
  value?: readonly [number, number]
  least: number
  most: number
  evidence: Evidence
  /** Whether it is set as a range. */
  isRange?: true
}

/** Reads a parameter's range in the stream's currency. */
export type Read = (name: string) => readonly [number, number]

/** What the months of a stream are: how many there are, and how old it is already on the first. */
export type Span = { months: number; age: number }

/** What usually goes into a stream; judgements, in dollars, for whoever plans to correct. */
export type Usual = {
  outlay: number
  monthlyCost: number
  buildHours: number
  upkeepHours: number
  feeShare: number
}

/**
 * A stream model: its assumptions with their sources, and how they become numbers for a kernel. To add one, write a file
 * and name it in index.ts.
 */
export type StreamModel = {
  id: string
  family: 'product' | 'work' | 'holding'
  parameters: readonly Parameter[]
  usual: Usual
  machine: Machine
  numbers: (read: Read) => Readonly<Record<string, number>>
  shape: (read: Read, span: Span) => Float64Array
  /** Streams that share this platform share its shocks; the own one where left out. */
  platform?: string
  /** Whether its income bears interest, for those who want none. */
  bearsInterest?: true
}
