import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Hit } from '../../modules/desk/schema.ts'
import { request } from './client.ts'

export type { Hit }

/** So many of each kind are shown; if there are as many, there may be more. */
export const HITS_OF_A_KIND = 5

/** What is found everywhere for a text of at least two letters. */
export function searchQuery(query: string) {
  return queryOptions({
    queryKey: ['search', query],
    queryFn: ({ signal }) =>
      request<{ items: Hit[] }>('GET', '/search', { query: { query, limit: HITS_OF_A_KIND }, signal }),
    enabled: Array.from(query).length > 1,
    // What was found for the letters before stays until the answer is there: nothing flickers.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}
