import type { Endpoint } from '../schema.ts'
import type { EndpointRow } from './lock-endpoint.ts'

/** An endpoint's row as the API shows it. */
export function describeEndpoint(row: EndpointRow, now: Date): Endpoint {
  const { previousUntil } = row
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.eventTypes,
    enabled: row.state === 'on',
    state: row.state,
    stateAt: row.stateAt.toISOString(),
    failingSince: row.failingSince?.toISOString() ?? null,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    previousSecretUntil: previousUntil !== null && previousUntil > now ? previousUntil.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
