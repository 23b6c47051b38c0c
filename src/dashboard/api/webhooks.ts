import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  Delivery,
  DeliverySummary,
  Endpoint,
  EndpointWithSecret,
  EventType,
  NewEndpoint,
  Replayed,
  UpdateEndpoint,
} from '../../modules/webhooks/schema.ts'
import { request, type Page } from './client.ts'

export type { Delivery, DeliverySummary, Endpoint, EndpointWithSecret, NewEndpoint, UpdateEndpoint }

/** The endpoints of the workspace. */
export const endpointsQuery = queryOptions({
  queryKey: ['webhook-endpoints'],
  queryFn: () => request<Page<Endpoint>>('GET', '/webhook-endpoints', { query: { limit: 100 } }),
})

/** One endpoint. */
export function endpointQuery(id: string) {
  return queryOptions({
    queryKey: ['webhook-endpoints', id],
    queryFn: () => request<Endpoint>('GET', `/webhook-endpoints/${id}`),
  })
}

/** What endpoints can be told of. */
export const eventTypesQuery = queryOptions({
  queryKey: ['webhook-event-types'],
  queryFn: () => request<{ items: EventType[] }>('GET', '/webhook-event-types'),
  staleTime: Infinity,
})

/** Adds an endpoint. */
export function createEndpoint(input: NewEndpoint): Promise<EndpointWithSecret> {
  return request('POST', '/webhook-endpoints', { body: input })
}

/** Changes an endpoint, stops it, or resumes it. */
export function updateEndpoint(id: string, change: UpdateEndpoint): Promise<Endpoint> {
  return request('PATCH', `/webhook-endpoints/${id}`, { body: change })
}

/** Removes an endpoint. */
export function removeEndpoint(id: string): Promise<void> {
  return request('DELETE', `/webhook-endpoints/${id}`)
}

/** Shows the secret again. */
export function revealSecret(id: string): Promise<EndpointWithSecret> {
  return request('POST', `/webhook-endpoints/${id}/reveal-secret`)
}

/** Makes another secret; the old one signs along for a day. */
export function rotateSecret(id: string): Promise<EndpointWithSecret> {
  return request('POST', `/webhook-endpoints/${id}/rotate-secret`)
}

/** Sends an event that did not happen. */
export function sendTestEvent(id: string): Promise<DeliverySummary> {
  return request('POST', `/webhook-endpoints/${id}/test`, { body: {} })
}

/** Sends everything again that failed since a time. */
export function replayFailed(id: string, since: string): Promise<Replayed> {
  return request('POST', `/webhook-endpoints/${id}/replay-failed`, { body: { since } })
}

/** What was sent to an endpoint, the newest first unless told; asked again while something is on its way. */
export function deliveriesQuery(filter: {
  endpointId: string
  state?: DeliverySummary['state'] | undefined
  sort?: '-made' | 'made'
}) {
  return infiniteQueryOptions({
    queryKey: ['webhook-deliveries', filter],
    queryFn: ({ pageParam }) =>
      request<Page<DeliverySummary>>('GET', '/webhook-deliveries', {
        query: { ...filter, after: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(isUnderWay)) === true ? 2_000 : false,
  })
}

/** One delivery with what was sent and each attempt. */
export function deliveryQuery(id: string) {
  return queryOptions({
    queryKey: ['webhook-delivery', id],
    queryFn: () => request<Delivery>('GET', `/webhook-deliveries/${id}`),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isUnderWay(data) ? 2_000 : false),
  })
}

/** Sends one message again. */
export function replayDelivery(id: string): Promise<void> {
  return request('POST', `/webhook-deliveries/${id}/replay`)
}

const soonMs = 10_000

function isUnderWay({ state, nextAttemptAt }: DeliverySummary): boolean {
  return state === 'waiting' && nextAttemptAt !== null && Date.parse(nextAttemptAt) < Date.now() + soonMs
}
