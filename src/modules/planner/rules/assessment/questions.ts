import { MONEY_QUESTIONS } from './questions-money.ts'
import { WORK_QUESTIONS } from './questions-work.ts'
import type { Question, QuestionId } from './types.ts'

/** The conversation in its order: about twelve minutes, some thirty-five seconds for each. */
export const QUESTIONS: readonly Question[] = [...WORK_QUESTIONS, ...MONEY_QUESTIONS]

const byId = new Map(QUESTIONS.map((question) => [question.id, question]))

/** A question by its name. */
export function questionOf(id: QuestionId): Question {
  const question = byId.get(id)
  if (question === undefined) throw new Error(`assertion failed: there is no question ${id}`)
  return question
}

/** Whether a word is the name of a question. */
export function isQuestion(id: string): id is QuestionId {
  return QUESTIONS.some((question) => question.id === id)
}
