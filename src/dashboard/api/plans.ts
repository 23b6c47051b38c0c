import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  DescribedModel,
  OwnHistory,
  Plan,
  PlanInput,
  PlannedStream,
  Projection,
  ProjectionSummary,
  WhatIfAnswer,
} from '../../modules/planner/schema.ts'
import type { Locale } from '../../shared/locale.ts'
import { request, type Page } from './client.ts'

export type { DescribedModel, OwnHistory, Plan, PlanInput, PlannedStream, Projection, WhatIfAnswer }

/** Figures of a projection, as the screens show them. */
export type Figures = Projection['figures']

/** The kinds of streams and their assumptions, in a language. */
export function modelsQuery(locale: Locale) {
  return queryOptions({
    queryKey: ['stream-models', locale],
    queryFn: () => request<{ items: DescribedModel[] }>('GET', '/stream-models'),
    staleTime: Infinity,
  })
}

/** The plans of the workspace, the newest first. */
export const plansQuery = infiniteQueryOptions({
  queryKey: ['plans', 'list'],
  queryFn: ({ pageParam }) => request<Page<Plan>>('GET', '/plans', { query: { after: pageParam } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

/** One plan. */
export function planQuery(id: string) {
  return queryOptions({
    queryKey: ['plans', 'one', id],
    queryFn: () => request<Plan>('GET', `/plans/${id}`),
  })
}

/** Keeps a new plan. */
export function createPlan(input: PlanInput): Promise<Plan> {
  return request('POST', '/plans', { body: input })
}

/** Changes a plan as a whole. */
export function updatePlan({ id, version }: Plan, input: PlanInput): Promise<Plan> {
  return request('PUT', `/plans/${id}`, { body: { version, input } })
}

/** Removes a plan. */
export function removePlan(id: string): Promise<void> {
  return request('DELETE', `/plans/${id}`)
}

/** What came out of a plan, the newest first. */
export function projectionsQuery(planId: string) {
  return queryOptions({
    queryKey: ['projections', 'of', planId],
    queryFn: () => request<Page<ProjectionSummary>>('GET', `/plans/${planId}/projections`),
  })
}

/** One projection; its story is told in a language. */
export function projectionQuery(id: string, locale: Locale) {
  return queryOptions({
    queryKey: ['projections', 'one', id, locale],
    queryFn: () => request<Projection>('GET', `/projections/${id}`),
    staleTime: Infinity,
  })
}

/** Reckons a plan as it is kept. */
export function createProjection(planId: string): Promise<Projection> {
  return request('POST', `/plans/${planId}/projections`, { body: {} })
}

/** Tries a plan that is not kept. */
export function tryPlan(input: PlanInput, signal: AbortSignal): Promise<WhatIfAnswer> {
  return request('POST', '/what-if', { body: { input }, signal })
}
