import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** What people are called, by their ids; those who are gone are left out. */
export async function namePeople(ctx: TxCtx, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const found = await rows<{ id: string; name: string }>(
    ctx,
    sql`SELECT id, name FROM users WHERE id = ANY (${sql.param([...new Set(userIds)])}::uuid[])`,
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}
