import { sql } from 'drizzle-orm'
import { mentions, type PersonalTable } from '../../platform/personal-data.ts'

/** What kept views hold about people: whose they are, and perhaps the address of a buyer who was looked for. */
export const personal: readonly PersonalTable[] = [
  {
    table: 'saved_views',
    columns: { user_id: 'row', name: 'row', search: 'row' },
    buyer: (who) => mentions('search', who),
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
]
