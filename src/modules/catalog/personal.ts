import { sql } from 'drizzle-orm'
import type { PersonalTable } from '../../platform/personal-data.ts'

/** What the catalogue holds about people: about the seller, whom the store shows, and who uploaded a file. */
export const personal: readonly PersonalTable[] = [
  {
    table: 'stores',
    columns: {
      name_ar: 'seller',
      name_en: 'seller',
      legal_name: 'seller',
      tax_number: 'seller',
      address: 'seller',
      support_email: 'seller',
    },
  },
  {
    table: 'files',
    columns: { name: 'seller', uploaded_by: 'kept: who uploaded what is the workspace’s own record' },
    member: ({ userId }) => sql`uploaded_by = ${userId}`,
    secret: ['storage_key'],
  },
]
