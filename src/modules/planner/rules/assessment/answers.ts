import { QUESTIONS, questionOf } from './questions.ts'
import type { Answers, Question, QuestionId, SteppedId, Words } from './types.ts'

/** An answer as it is kept: one choice, or those that hold of a question of many. */
export type Answer = string | readonly string[]

/** Whether something can be an answer to a question: choices that it has, each once, and none beside one that stands alone. */
export function isAnswer(question: Question, value: Answer): boolean {
  const ids = question.options.map(({ id }) => id)
  if (typeof value === 'string') return question.kind !== 'set' && ids.includes(value)
  if (question.kind !== 'set' || value.length === 0) return false
  const alone = question.options.filter((option) => option.alone === true).map(({ id }) => id)
  const isOnce = new Set(value).size === value.length
  return isOnce && value.every((id) => ids.includes(id) && (value.length === 1 || !alone.includes(id)))
}

/** Only what can be an answer today: choices that a later version no longer has are asked for again. */
export function knownAnswers(kept: Readonly<Record<string, Answer>>): Answers {
  const entries = QUESTIONS.flatMap((question) => {
    const value = kept[question.id]
    return value !== undefined && isAnswer(question, value) ? [[question.id, value] as const] : []
  })
  return Object.fromEntries(entries)
}

/** The questions that have no answer yet, in their order. */
export function openQuestions(answers: Answers): QuestionId[] {
  return QUESTIONS.filter(({ id }) => answers[id] === undefined).map(({ id }) => id)
}

/** How far an answer goes, from 0; 0 too where there is none. */
export function stepOf(answers: Answers, id: SteppedId): number {
  const value = answers[id]
  return Math.max(
    0,
    questionOf(id).options.findIndex((option) => option.id === value),
  )
}

/** Whether a choice was made. */
export function holds(answers: Answers, id: QuestionId, option: string): boolean {
  const value = answers[id]
  return typeof value === 'string' ? value === option : value?.includes(option) === true
}

/** What was answered, in words, to be quoted. */
export function quote(answers: Answers, id: QuestionId): Words {
  const chosen = questionOf(id).options.filter((option) => holds(answers, id, option.id))
  return {
    ar: chosen.map(({ text }) => text.ar).join('، '),
    en: chosen.map(({ text }) => text.en).join(', '),
  }
}
