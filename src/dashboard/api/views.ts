import { queryOptions } from '@tanstack/react-query'
import type { NewView, UpdateView, View, ViewSearch } from '../../modules/desk/schema.ts'
import { request } from './client.ts'

export type { NewView, View, ViewSearch }

/** The views of a list that one made, and those that others share. */
export function viewsQuery(screen: View['screen']) {
  return queryOptions({
    queryKey: ['views', screen],
    queryFn: () => request<{ items: View[] }>('GET', '/views', { query: { screen } }),
    staleTime: 60_000,
  })
}

/** Keeps a view. */
export function keepView(input: NewView): Promise<View> {
  return request('POST', '/views', { body: input })
}

/** Changes one's own view. */
export function changeView(id: string, change: UpdateView): Promise<View> {
  return request('PATCH', `/views/${id}`, { body: change })
}

/** Takes one's own view away. */
export function removeView(id: string): Promise<void> {
  return request('DELETE', `/views/${id}`)
}
