import { holds, stepOf } from './answers.ts'
import { reachOf } from './rails.ts'
import type { Answers, Gate, Profile, Suit, Want } from './types.ts'

/** What became of one weight: how many points of it are there, and how many lack. */
export type Weighed<Kind> = { readonly of: Kind; readonly points: number; readonly lost: number }

/** A stream weighed against answers. */
export type Score = {
  readonly profile: Profile
  readonly points: number
  readonly wants: readonly Weighed<Want>[]
  readonly suits: readonly Suit[]
  /** Gates that are shut. */
  readonly shut: readonly Gate[]
  /** No way of being paid that this stream needs reaches the person. */
  readonly unpaid: boolean
  /** Left out because it bears interest. */
  readonly leftOut: boolean
}

/**
 * Points of a stream: its base, plus for each question the strongest answer that speaks for it, minus for each want the share
 * of its weight that lacks. No answer that rises takes points away.
 */
export function score(profile: Profile, answers: Answers): Score {
  const wants = profile.wants.map((want) => weigh(want, answers))
  const suits = strongest(profile.suits.filter(({ question, option }) => holds(answers, question, option)))
  const lost = wants.reduce((sum, { lost: lacking }) => sum + lacking, 0)
  const won = suits.reduce((sum, { points }) => sum + points, 0)
  return {
    profile,
    points: profile.base.points + won - lost,
    wants,
    suits,
    shut: profile.gates.filter(({ question, from }) => stepOf(answers, question) < from),
    unpaid: !profile.rails.some((rail) => usable(answers, rail)),
    leftOut: profile.interest === 'bears' && holds(answers, 'interest', 'leave-out'),
  }
}

/** Whether a stream may be begun now. */
export function isOpen({ shut, unpaid, leftOut }: Score): boolean {
  return shut.length === 0 && !unpaid && !leftOut
}

/** All streams, the best first: those that may be begun now, then the others. Equals keep the order of the table. */
export function rank(profiles: readonly Profile[], answers: Answers): Score[] {
  return profiles
    .map((profile) => score(profile, answers))
    .toSorted((one, other) => Number(isOpen(other)) - Number(isOpen(one)) || other.points - one.points)
}

function weigh(want: Want, answers: Answers): Weighed<Want> {
  const lacking = Math.max(0, want.from - stepOf(answers, want.question)) / want.from
  return { of: want, points: want.weight * (1 - lacking), lost: want.weight * lacking }
}

/** One per question, so that ticking every box does not outweigh the rest. */
function strongest(suits: readonly Suit[]): Suit[] {
  const best = new Map<string, Suit>()
  for (const suit of suits) {
    const before = best.get(suit.question)
    if (before === undefined || before.points < suit.points) best.set(suit.question, suit)
  }
  return [...best.values()].toSorted((one, other) => other.points - one.points)
}

/** A rail that the person has, and that is not known to be barred in their country. */
function usable(answers: Answers, rail: string): boolean {
  const country = answers.country
  if (!holds(answers, 'rails', rail)) return false
  return typeof country !== 'string' || reachOf(country, rail).reach !== 'barred'
}
