import { queryOptions } from '@tanstack/react-query'
import type { ApiStatus } from '../../platform/health/api.ts'
import { request } from './client.ts'

export type { ApiStatus }

const EVERY_MS = 30_000

/** How the server is; looked at again while somebody looks on. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: () => request<ApiStatus>('GET', '/status'),
  refetchInterval: EVERY_MS,
  retry: false,
})
