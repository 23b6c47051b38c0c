import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Advised,
  AdviceView,
  Assessment,
  BeginAdvised,
  PlanAdvised,
  Reason,
  Weights,
} from '../../modules/planner/assessment-schema.ts'
import type { Focus } from '../../modules/planner/focus-schema.ts'
import type { Plan } from '../../modules/planner/schema.ts'
import type { Locale } from '../../shared/locale.ts'
import { request } from './client.ts'

export type { Advised, AdviceView, Assessment, BeginAdvised, Reason }

/** What one answers: a choice, or several. */
export type Answer = string | string[]

/** One's own conversation in a language; what is on the screen stays while the language changes. */
export function assessmentQuery(locale: Locale) {
  return queryOptions({
    queryKey: ['assessment', locale],
    queryFn: () => request<Assessment>('GET', '/assessment'),
    placeholderData: keepPreviousData,
  })
}

/** What the answers come to, in a language. */
export function adviceQuery(locale: Locale) {
  return queryOptions({
    queryKey: ['advice', locale],
    queryFn: () => request<AdviceView>('GET', '/assessment/advice'),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** Every weight with its reason, in a language. */
export function weightsQuery(locale: Locale) {
  return queryOptions({
    queryKey: ['weights', locale],
    queryFn: () => request<Weights>('GET', '/assessment/weights'),
    staleTime: Infinity,
  })
}

/** Keeps one answer. */
export function answerQuestion(question: string, answer: Answer): Promise<Assessment> {
  return request('PUT', `/assessment/answers/${question}`, { body: { answer } })
}

/** Says that two answers are both true. */
export function settleContradiction(id: string): Promise<Assessment> {
  return request('PUT', `/assessment/contradictions/${id}`)
}

/** Erases one's answers. */
export function eraseAssessment(): Promise<void> {
  return request('DELETE', '/assessment')
}

/** Begins a stream of the advice. */
export function beginAdvised(input: BeginAdvised): Promise<Focus> {
  return request('POST', '/assessment/begin', { body: input })
}

/** Writes a plan with a stream of the advice, as one’s answers have it. */
export function planAdvised(input: PlanAdvised): Promise<Plan> {
  return request('POST', '/assessment/plans', { body: input })
}
