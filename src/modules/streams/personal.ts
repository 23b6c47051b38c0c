import { sql } from 'drizzle-orm'
import type { PersonalTable } from '../../platform/personal-data.ts'

/** What streams hold about people: about those who work on them, and whom they name as payers. */
export const personal: readonly PersonalTable[] = [
  { table: 'streams', columns: { name: 'seller', platform: 'seller', payer: 'seller', country: 'seller' } },
  {
    table: 'stream_hours',
    columns: { user_id: 'kept: whose hours they were is the workspace’s own record', note: 'seller' },
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
  {
    table: 'stream_timers',
    columns: { user_id: 'kept: it goes when the clock is stopped' },
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
  { table: 'stream_recurring', columns: { note: 'seller' } },
  { table: 'living_costs', columns: { label: 'seller', amount: 'seller', step: 'seller' } },
]
