import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ApiFigures, ApiStreamFigures } from '../../modules/streams/api/figures.ts'
import type { Hours, NewHours, StartTimer, StopTimer, Timer } from '../../modules/streams/hours-schema.ts'
import type { MoneyEntry, NewMoney, NewRecurring, Recurring } from '../../modules/streams/money-schema.ts'
import type { IncomeStream, NewStream, UpdateStream } from '../../modules/streams/schema.ts'
import type { Calendar } from '../../shared/dates.ts'
import { request, type Page } from './client.ts'

export type {
  ApiFigures as Figures,
  ApiStreamFigures as StreamFigures,
  Hours,
  IncomeStream,
  MoneyEntry,
  NewMoney,
  NewRecurring,
  NewStream,
  Recurring,
  Timer,
  UpdateStream,
}

/** All streams, archived ones too, in the order in which they were added. */
export const streamsQuery = queryOptions({
  queryKey: ['streams', 'all'],
  queryFn: async () => {
    const items: IncomeStream[] = []
    let after: string | undefined
    do {
      const page: Page<IncomeStream> = await request('GET', '/streams', { query: { after, limit: 100 } })
      items.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
    return items
  },
})

/** One stream. */
export function streamQuery(id: string) {
  return queryOptions({
    queryKey: ['streams', 'one', id],
    queryFn: () => request<IncomeStream>('GET', `/streams/${id}`),
  })
}

/** Adds a stream. */
export function createStream(input: NewStream): Promise<IncomeStream> {
  return request('POST', '/streams', { body: input })
}

/** Changes a stream, or archives it. */
export function updateStream(id: string, change: UpdateStream): Promise<IncomeStream> {
  return request('PATCH', `/streams/${id}`, { body: change })
}

/** What streams earn, cost and take, by month. */
export function figuresQuery(query: { from?: string; to?: string; calendar: Calendar; streamId?: string }) {
  return queryOptions({
    queryKey: ['streams', 'figures', query],
    queryFn: () => request<ApiFigures>('GET', '/stream-figures', { query }),
  })
}

/** What was posted of a stream, the newest first. */
export function moneyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['streams', 'money', id],
    queryFn: ({ pageParam }) =>
      request<Page<MoneyEntry>>('GET', `/streams/${id}/entries`, { query: { after: pageParam, limit: 10 } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Enters income or a cost. */
export function enterMoney(id: string, money: NewMoney, idempotencyKey: string): Promise<MoneyEntry> {
  return request('POST', `/streams/${id}/entries`, { body: money, idempotencyKey })
}

/** Takes an entry back. */
export function reverseMoney(id: string, entryId: string): Promise<MoneyEntry> {
  return request('POST', `/streams/${id}/entries/${entryId}/reversal`)
}

/** Puts another entry in the place of a wrong one. */
export function correctMoney(
  at: { id: string; entryId: string },
  money: NewMoney,
  idempotencyKey: string,
): Promise<MoneyEntry> {
  return request('POST', `/streams/${at.id}/entries/${at.entryId}/correction`, {
    body: money,
    idempotencyKey,
  })
}

/** What recurs in a stream. */
export function recurringQuery(streamId: string) {
  return queryOptions({
    queryKey: ['streams', 'recurring', streamId],
    queryFn: () => request<Page<Recurring>>('GET', '/stream-recurring', { query: { streamId, limit: 100 } }),
  })
}

/** Adds money that recurs. */
export function addRecurring(input: NewRecurring): Promise<Recurring> {
  return request('POST', '/stream-recurring', { body: input })
}

/** Ends what recurs. */
export function endRecurring(id: string): Promise<Recurring> {
  return request('POST', `/stream-recurring/${id}/end`)
}

/** Hours of a stream, the last entered first. */
export function hoursQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['streams', 'hours', id],
    queryFn: ({ pageParam }) =>
      request<Page<Hours>>('GET', `/streams/${id}/hours`, { query: { after: pageParam, limit: 10 } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Enters hours. */
export function enterHours(hours: NewHours): Promise<Hours> {
  return request('POST', '/stream-hours', { body: hours })
}

/** Takes hours out. */
export function removeHours(id: string): Promise<void> {
  return request('DELETE', `/stream-hours/${id}`)
}

/** One's own clock: other windows and devices may start or stop it. */
export const timerQuery = queryOptions({
  queryKey: ['stream-timer'],
  queryFn: () => request<{ timer: Timer | null }>('GET', '/stream-timer'),
  refetchInterval: 60_000,
  refetchOnWindowFocus: 'always',
})

/** Starts the clock. */
export function startTimer(input: StartTimer): Promise<Timer> {
  return request('POST', '/stream-timer', { body: input })
}

/** Stops the clock; what was entered, if anything. */
export function stopTimer(input: Partial<StopTimer>): Promise<{ hours: Hours | null }> {
  return request('POST', '/stream-timer/stop', { body: input })
}
