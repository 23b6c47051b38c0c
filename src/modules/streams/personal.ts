import { sql } from 'drizzle-orm'
import { mentions, type PersonalTable } from '../../platform/personal-data.ts'

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
  {
    table: 'stream_imports',
    columns: {
      created_by: 'kept: whose import it was is the workspace’s own record',
      file_name: 'seller',
      head: 'within json',
      preview: 'within json',
      targets: 'within json',
    },
    buyer: (who) =>
      sql`(${mentions('head', who)} OR ${mentions('preview', who)} OR ${mentions('targets', who)})`,
    member: ({ userId }) => sql`created_by = ${userId}`,
  },
  {
    // Whom a platform names as buyer; the books say nothing of them.
    table: 'stream_import_rows',
    columns: { payer: 'empty', what: 'within', cell: 'within' },
    buyer: (who) => sql`(payer = ${who.email} OR ${mentions('what', who)})`,
  },
]
