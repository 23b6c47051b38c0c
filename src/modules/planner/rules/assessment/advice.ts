import { holds } from './answers.ts'
import { findChanges, type Change } from './changes.ts'
import { LEAST_POINTS, NOT_YET, NOTHING_FITS, type NotYet } from './not-yet.ts'
import { isOpen, rank, type Score } from './score.ts'
import type { Answers, Profile } from './types.ts'

/** What the answers come to. */
export type Advice = {
  /** The one stream to begin; undefined where the best is to begin nothing yet. */
  readonly recommended: Score | undefined
  readonly notYet: NotYet | undefined
  /** The two that come next. One that cannot be begun yet has gates that are shut. */
  readonly alternatives: readonly Score[]
  /** To be avoided now, the nearest first. */
  readonly avoid: readonly Score[]
  /** Neither recommended nor to be avoided. */
  readonly others: readonly Score[]
  readonly changes: readonly Change[]
  readonly interest: InterestCost | undefined
}

/** What leaving out interest costs, on a thousand of any currency put in for a year. Negative: it spares a loss. */
export type InterestCost = {
  readonly leftOut: Profile
  /** What stands in its place; undefined where the money would simply lie. */
  readonly instead: Profile | undefined
  /** Undefined where the stream would not have been among the first three anyway. */
  readonly perThousand: { readonly least: number; readonly middle: number; readonly most: number } | undefined
}

/** Weighs answers against a table of streams. The same answers always come to the same advice. */
export function advise(profiles: readonly Profile[], answers: Answers): Advice {
  const ranked = rank(profiles, answers)
  const { recommended, notYet } = decide(ranked, answers)
  const rest = ranked.filter((one) => one !== recommended)
  const alternatives = [
    ...rest.filter(isWorthIt),
    ...rest.filter((one) => !isWorthIt(one) && isHarmless(one)),
  ].slice(0, 2)
  const left = rest.filter((one) => !alternatives.includes(one))
  return {
    recommended,
    notYet,
    alternatives,
    avoid: left.filter((one) => !isWorthIt(one)).toSorted((one, other) => other.points - one.points),
    others: left.filter(isWorthIt),
    changes: findChanges(
      answers,
      (changed) => decide(rank(profiles, changed), changed).recommended?.profile.id,
    ),
    interest: costOfInterest(profiles, answers),
  }
}

function decide(ranked: readonly Score[], answers: Answers): Pick<Advice, 'recommended' | 'notYet'> {
  const reason = NOT_YET.find(({ when }) => when(answers))
  if (reason !== undefined) return { recommended: undefined, notYet: reason }
  const [best] = ranked
  if (best === undefined || !isWorthIt(best)) return { recommended: undefined, notYet: NOTHING_FITS }
  return { recommended: best, notYet: undefined }
}

function isWorthIt(one: Score): boolean {
  return isOpen(one) && one.points >= LEAST_POINTS
}

/** What may be named as a later way to somebody for whom it is shut now: nothing that takes money or bears interest. */
function isHarmless({ profile, leftOut }: Score): boolean {
  return !profile.heavy && !leftOut
}

function costOfInterest(profiles: readonly Profile[], answers: Answers): InterestCost | undefined {
  if (!holds(answers, 'interest', 'leave-out')) return undefined
  const ranked = rank(profiles, { ...answers, interest: 'count' })
  const found = ranked.find(({ profile }) => profile.interest === 'bears')
  if (found?.profile.yearly === undefined) return undefined
  const isNear = isWorthIt(found) && ranked.indexOf(found) < 3
  const instead = ranked.find(
    (one) => isOpen(one) && one.profile.interest !== 'bears' && one.profile.yearly !== undefined,
  )
  if (!isNear) return { leftOut: found.profile, instead: instead?.profile, perThousand: undefined }
  const one = found.profile.yearly
  const other = instead?.profile.yearly ?? { low: 0, middle: 0, high: 0 }
  return {
    leftOut: found.profile,
    instead: instead?.profile,
    perThousand: {
      least: Math.round((one.low - other.high) * 10),
      middle: Math.round((one.middle - other.middle) * 10),
      most: Math.round((one.high - other.low) * 10),
    },
  }
}
