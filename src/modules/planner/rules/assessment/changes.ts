import { holds } from './answers.ts'
import { QUESTIONS } from './questions.ts'
import type { Answers, Question, QuestionId } from './types.ts'

/** One answer that, given otherwise, would change what is recommended. */
export type Change = {
  readonly question: QuestionId
  /** The choice that would be made instead, or in addition where many may hold. */
  readonly to: string
  /** What would be recommended then; undefined for 'not yet'. */
  readonly recommended: string | undefined
}

const MOST_CHANGES = 5

/** Single answers that would change the advice, the smallest steps first, at most one for each question. */
export function findChanges(answers: Answers, recommend: (answers: Answers) => string | undefined): Change[] {
  const now = recommend(answers)
  const found = QUESTIONS.flatMap((question) => {
    const change = otherAnswers(question, answers)
      .map(({ to, answer, distance }) => ({
        question: question.id,
        to,
        distance,
        recommended: recommend({ ...answers, [question.id]: answer }),
      }))
      .find(({ recommended }) => recommended !== now)
    return change === undefined ? [] : [change]
  })
  // Nothing begins is a smaller change than something else begins: what leads on comes first.
  return found
    .toSorted(
      (one, other) =>
        Number(one.recommended === undefined) - Number(other.recommended === undefined) ||
        one.distance - other.distance,
    )
    .slice(0, MOST_CHANGES)
    .map(({ question, to, recommended }) => ({ question, to, recommended }))
}

type Other = { to: string; answer: string | readonly string[]; distance: number }

/** Other answers to one question, the nearest first; of two as near, the one that is more. */
function otherAnswers({ id, kind, options }: Question, answers: Answers): Other[] {
  const value = answers[id]
  const others = options.filter(({ id: option }) => !holds(answers, id, option))
  if (kind === 'choice')
    return id === 'country' ? [] : others.map(({ id: to }) => ({ to, answer: to, distance: 1 }))
  if (kind === 'set') {
    const before = typeof value === 'string' ? [] : (value ?? []).filter((one) => one !== 'none')
    return others
      .filter(({ alone }) => alone !== true)
      .map(({ id: to }) => ({ to, answer: [...before, to], distance: 1 }))
  }
  const at = options.findIndex((option) => option.id === value)
  return others
    .map(({ id: to }) => ({ to, answer: to, distance: options.findIndex((option) => option.id === to) - at }))
    .toSorted(
      (one, other) => Math.abs(one.distance) - Math.abs(other.distance) || other.distance - one.distance,
    )
    .map(({ to, answer, distance }) => ({ to, answer, distance: Math.abs(distance) }))
}
