import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  BeginFocus,
  EndFocus,
  Focus,
  Focuses,
  JumpDecision,
  JumpFigures,
  Milestone,
  NewJump,
  NewMilestone,
  Review,
  Reviews,
  UpdateFocus,
  UpdateMilestone,
} from '../../modules/planner/focus-schema.ts'
import type { Locale } from '../../shared/locale.ts'
import { request } from './client.ts'

export type { Focus, Focuses, JumpDecision, JumpFigures, Milestone, Review, Reviews }

/** The one stream, and those before it. */
export const focusQuery = queryOptions({
  queryKey: ['focus', 'now'],
  queryFn: () => request<Focuses>('GET', '/focus'),
})

/** The five questions in a language, and the weeks so far. */
export function reviewsQuery(locale: Locale) {
  return queryOptions({
    queryKey: ['focus', 'reviews', locale],
    queryFn: () => request<Reviews>('GET', '/focus/reviews'),
    placeholderData: keepPreviousData,
  })
}

/** What to look at before another stream is begun. */
export const jumpFiguresQuery = queryOptions({
  queryKey: ['focus', 'figures'],
  queryFn: () => request<JumpFigures>('GET', '/focus/jump-figures'),
})

/** What was decided so far. */
export const jumpsQuery = queryOptions({
  queryKey: ['focus', 'jumps'],
  queryFn: () => request<{ items: JumpDecision[] }>('GET', '/focus/jumps'),
})

/** Makes a stream the one. */
export function beginFocus(input: BeginFocus): Promise<Focus> {
  return request('POST', '/focus', { body: input })
}

/** Changes its limits or its rule. */
export function updateFocus(change: UpdateFocus): Promise<Focus> {
  return request('PATCH', '/focus', { body: change })
}

/** Ends it. */
export function endFocus(input: EndFocus): Promise<void> {
  return request('POST', '/focus/end', { body: input })
}

/** Keeps a decision to stay or to jump. */
export function decideJump(input: NewJump): Promise<JumpDecision> {
  return request('POST', '/focus/jumps', { body: input })
}

/** Sets a milestone. */
export function addMilestone(input: NewMilestone): Promise<Milestone> {
  return request('POST', '/focus/milestones', { body: input })
}

/** Changes a milestone, or says that it is reached. */
export function updateMilestone(id: string, change: UpdateMilestone): Promise<Milestone> {
  return request('PATCH', `/focus/milestones/${id}`, { body: change })
}

/** Takes a milestone away. */
export function removeMilestone(id: string): Promise<void> {
  return request('DELETE', `/focus/milestones/${id}`)
}

/** Keeps a week's review; null skips it. */
export function writeReview(week: string, answers: Record<string, string> | null): Promise<Review> {
  return request('PUT', `/focus/reviews/${week}`, { body: { answers } })
}
