import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { JOBS_SCHEMA } from '../../../platform/jobs/install.ts'
import { ERASED, erasureOf, type Buyer } from '../../../platform/personal-data.ts'
import { findBuyer } from '../../checkout/index.ts'
import { archiveKey, findRequest } from './read-requests.ts'
import { PERSONAL_TABLES } from './registry.ts'

/**
 * Takes a buyer out of everything but the documents that the law wants kept, in one transaction: what the books say of
 * their orders stays, and whose they were is gone. Archives that were made of them go too.
 */
export async function eraseBuyer(ctx: Ctx, id: string): Promise<void> {
  const archives = await transaction(ctx, async (tx) => {
    const request = await findRequest(tx, id)
    if (request.status === 'done' || request.email === null) return []
    const buyer = await findBuyer(tx, request.email)
    const made = await rows<{ id: string }>(
      tx,
      sql`SELECT id FROM privacy_requests WHERE workspace_id = ${tx.workspaceId} AND email = ${buyer.email}
            AND kind = 'export'`,
    )
    const erased = await erase(tx, buyer)
    await rows(
      tx,
      sql`UPDATE privacy_requests SET status = 'done', email = NULL, done = parts, rows_touched = ${erased},
            finished_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    return made.map((one) => archiveKey(tx.workspaceId, one.id))
  })
  for (const key of archives) await ctx.files.remove(key)
}

async function erase(tx: TxCtx, buyer: Buyer): Promise<number> {
  let erased = 0
  // Conditions look at orders and payments by the ids that were found, and payments after those who ask for them.
  for (const table of PERSONAL_TABLES.toReversed()) {
    const statement = erasureOf(table, buyer)
    if (statement !== undefined) erased += (await rows(tx, statement)).length
  }
  return erased + (await eraseFromJobs(tx, buyer))
}

/** Work that waits, and work that was done and is not forgotten yet. */
async function eraseFromJobs({ tx, workspaceId }: TxCtx, { email, names }: Buyer): Promise<number> {
  const pairs = [
    [email, ERASED.email],
    ...names.map((name) => [name, ERASED.name].map((one) => `: ${JSON.stringify(one)}`)),
  ]
  const data = pairs.reduce(
    (text, [from, to]) => sql`replace(${text}, ${from}::text, ${to}::text)`,
    sql`data::text`,
  )
  const found = await rows(
    { tx },
    sql`UPDATE ${sql.identifier(JOBS_SCHEMA)}.job SET data = (${data})::jsonb
        WHERE data->>'workspaceId' = ${workspaceId} AND position(${email}::text in data::text) > 0 RETURNING 1`,
  )
  return found.length
}
