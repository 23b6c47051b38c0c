import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Weights } from '../assessment-schema.ts'
import { LEAST_POINTS } from '../rules/assessment/not-yet.ts'
import { questionOf } from '../rules/assessment/questions.ts'
import { PROFILES } from '../rules/assessment/streams/index.ts'
import type { Profile, QuestionId, SteppedId } from '../rules/assessment/types.ts'

type Weight = Weights['streams'][number]['weights'][number]

/** Every weight of the assessment with its reason: nothing of it is hidden. */
export function listWeights(ctx: Ctx): Weights {
  authorise(ctx, 'planner:read')
  return {
    leastPoints: LEAST_POINTS,
    streams: PROFILES.map((profile) => ({
      stream: profile.id,
      name: profile.name[ctx.locale],
      weights: weightsOf(profile, ctx.locale),
    })),
  }
}

function weightsOf({ base, suits, wants, gates }: Profile, locale: Locale): Weight[] {
  const choiceText = (question: QuestionId, option: string) =>
    questionOf(question).options.find(({ id }) => id === option)?.text[locale] ?? null
  const stepText = (question: SteppedId, step: number) =>
    questionOf(question).options[step]?.text[locale] ?? null
  return [
    { kind: 'base', question: null, choice: null, points: base.points, why: base.why[locale] },
    ...suits.map(({ question, option, points, why }): Weight => ({
      kind: 'suits',
      question: questionOf(question).text[locale],
      choice: choiceText(question, option),
      points,
      why: why[locale],
    })),
    ...wants.map(({ question, from, weight, why }): Weight => ({
      kind: 'wants',
      question: questionOf(question).text[locale],
      choice: stepText(question, from),
      points: -weight,
      why: why[locale],
    })),
    ...gates.map(({ question, from, why }): Weight => ({
      kind: 'gate',
      question: questionOf(question).text[locale],
      choice: stepText(question, from),
      points: null,
      why: why[locale],
    })),
  ]
}
