import { sql } from 'drizzle-orm'
import type { PersonalTable } from '../../platform/personal-data.ts'

/** Requests about people are themselves about people, until they are done. */
export const personal: readonly PersonalTable[] = [
  {
    table: 'privacy_requests',
    columns: {
      email: 'null',
      user_id: 'kept: that a member took their data along',
      requested_by: 'kept: who asked for it',
    },
    buyer: ({ email }) => sql`email = ${email}`,
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
]
