import { queryOptions, type QueryClient } from '@tanstack/react-query'
import type { Overview, Waiting } from '../../modules/desk/overview-schema.ts'
import { productsQuery, storeQuery } from './catalog.ts'
import { latestOrdersQuery } from './checkout.ts'
import { request } from './client.ts'
import { alarmsQuery } from './coverage.ts'
import { readPreferences } from '../text/preferences.ts'
import { statusQuery } from './status.ts'
import { sessionQuery } from './workspaces.ts'

export type { Waiting }

/** What waits for a person's hand. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => request<Overview>('GET', '/overview'),
})

/**
 * Asks for all that the overview shows at once, so that it is drawn once. Only the store must be there; what fails of the
 * rest is told where it is shown, and how the server is, and on how little income rests, may come later.
 */
export async function prepareOverview(queries: QueryClient): Promise<void> {
  const rights = queries.getQueryData(sessionQuery.queryKey)?.current?.rights ?? []
  const quietly = (asked: Promise<unknown>) => asked.catch(() => undefined)
  if (rights.length === 0) return
  if (rights.includes('store:write')) void queries.prefetchQuery(statusQuery)
  if (rights.includes('streams:read')) void queries.prefetchQuery(alarmsQuery(readPreferences()))
  await Promise.all([
    queries.ensureQueryData(storeQuery),
    quietly(queries.ensureInfiniteQueryData(productsQuery({}))),
    quietly(queries.ensureQueryData(overviewQuery)),
    ...(rights.includes('orders:read') ? [quietly(queries.ensureQueryData(latestOrdersQuery))] : []),
  ])
}
