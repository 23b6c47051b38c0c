import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { systemCtx, type Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows, transaction } from '../../../platform/database/transaction.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'
import { RETENTION, type Retained } from '../../../platform/retention.ts'
import { listStoreDirectory } from '../../workspaces/index.ts'
import { archiveKey } from './read-requests.ts'

const MOST_STORES = 100_000
const BATCH = 1_000
const DAY_MS = 24 * 3_600_000

/** Every night: what has been kept for long enough goes; see platform/retention.ts. */
export const keepAllJob = defineJob({
  name: 'keep-data',
  schema: z.object({}),
  cron: '20 3 * * *',
  expireSeconds: 3600,
  handler: async (ctx) => {
    await forgetOfPeople(ctx)
    for (const { workspaceId } of await listStoreDirectory(ctx, MOST_STORES))
      await forgetOld(systemCtx(ctx, workspaceId))
  },
})

/** How many rows of each kind went, by the kind's English name; only those of which any went. */
export type Forgotten = Readonly<Record<string, number>>

/** Does it for one workspace, so many rows at a time that nobody waits for a lock. */
export async function forgetOld(ctx: Ctx): Promise<Forgotten> {
  const forgotten: Record<string, number> = {}
  for (const kind of RETENTION) {
    if (kind.sweep === undefined || kind.sweep.ofPeople === true) continue
    const sweep = statementOf(ctx, kind)
    const count = await inBatches(() => transaction(ctx, (tx) => rows(tx, sweep)))
    if (count > 0) forgotten[kind.what.en] = count
  }
  const archives = await forgetArchives(ctx)
  return archives > 0 ? { ...forgotten, archives } : forgotten
}

/** Does it for what belongs to people and to no workspace. */
export async function forgetOfPeople(ctx: Ctx): Promise<Forgotten> {
  const forgotten: Record<string, number> = {}
  for (const kind of RETENTION) {
    if (kind.sweep?.ofPeople !== true) continue
    const sweep = statementOf(ctx, kind)
    const count = await inBatches(() => directoryTransaction(ctx, (tx) => rows({ tx }, sweep)))
    if (count > 0) forgotten[kind.what.en] = count
  }
  return forgotten
}

function statementOf(ctx: Ctx, { table, days, sweep }: Retained): SQL {
  if (sweep === undefined || days === undefined) throw new Error(`assertion failed: ${table} is kept`)
  const before = new Date(ctx.clock.now().getTime() - days * DAY_MS)
  const fence = sweep.ofPeople === true ? sql`true` : sql`workspace_id = ${ctx.workspaceId}`
  const [name, since] = [table, sweep.since].map((one) => sql.identifier(one))
  const key = sql.join(
    sweep.key.map((column) => sql.identifier(column)),
    sql`, `,
  )
  const also = sweep.when === undefined ? sql`` : sql.raw(`AND ${sweep.when}`)
  const old = sql`SELECT ${key} FROM ${name} WHERE ${fence} AND ${since} < ${before} ${also}
    ORDER BY ${since} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`
  if (sweep.clear === undefined)
    return sql`DELETE FROM ${name} WHERE ${fence} AND (${key}) IN (${old}) RETURNING 1`
  const sets = Object.entries(sweep.clear).map(([column, value]) => sql`${sql.identifier(column)} = ${value}`)
  return sql`UPDATE ${name} SET ${sql.join(sets, sql`, `)} WHERE ${fence} AND (${key}) IN (${old}) RETURNING 1`
}

async function inBatches(batch: () => Promise<unknown[]>): Promise<number> {
  for (let forgotten = 0; ;) {
    const { length } = await batch()
    forgotten += length
    if (length < BATCH) return forgotten
  }
}

/** Archives whose time is over: first the file, then whom it was about. */
async function forgetArchives(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const ended = await transaction(ctx, (tx) =>
    rows<{ id: string }>(
      tx,
      sql`SELECT id FROM privacy_requests WHERE workspace_id = ${tx.workspaceId} AND expires_at < ${now} LIMIT ${BATCH}`,
    ),
  )
  if (ended.length === 0) return 0
  const ids = ended.map(({ id }) => id)
  for (const id of ids) await ctx.files.remove(archiveKey(ctx.workspaceId ?? '', id))
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`UPDATE privacy_requests SET email = NULL, expires_at = NULL
          WHERE workspace_id = ${tx.workspaceId} AND id = ANY (${sql.param(ids)}::uuid[])`,
    ),
  )
  return ids.length
}
