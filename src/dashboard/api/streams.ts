import { queryOptions } from '@tanstack/react-query'
import type { IncomeStream, NewStream, UpdateStream } from '../../modules/streams/schema.ts'
import { request, type Page } from './client.ts'

export type { IncomeStream, NewStream, UpdateStream }

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

/** Adds a stream. */
export function createStream(input: NewStream): Promise<IncomeStream> {
  return request('POST', '/streams', { body: input })
}

/** Changes a stream, or archives it. */
export function updateStream(id: string, change: UpdateStream): Promise<IncomeStream> {
  return request('PATCH', `/streams/${id}`, { body: change })
}
