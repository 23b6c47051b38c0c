import { sql } from 'drizzle-orm'
import type { Recurring } from '../money-schema.ts'
import type { streamRecurring } from '../tables.ts'

/** What recurs, as it is kept. */
export type RecurringRow = Omit<typeof streamRecurring.$inferSelect, 'workspaceId' | 'createdAt'>

/** The columns of a RecurringRow, of the table `r`. */
export const RECURRING_COLUMNS =
  sql.raw(`r.id, r.stream_id AS "streamId", r.direction, r.cost_kind AS "costKind",
  r.amount, r.currency, r.note, r.every, r.begins_on::text AS "beginsOn", r.ends_on::text AS "endsOn",
  r.next_on::text AS "nextOn"`)

/** What recurs as the API shows it. */
export function describeRecurring(row: RecurringRow): Recurring {
  const { id, streamId, direction, costKind, amount, currency, note, every, beginsOn, endsOn, nextOn } = row
  return {
    id,
    streamId,
    kind: direction,
    amount: { amount: amount.toString(), currency },
    every,
    beginsOn,
    endsOn,
    nextOn,
    note,
    costKind,
  }
}
