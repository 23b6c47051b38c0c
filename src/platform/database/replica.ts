import type { Ctx, TxCtx } from '../ctx.ts'
import type { Database } from './database.ts'
import { codeOf, transaction } from './transaction.ts'

/** For so long a replica that did not answer is not asked again. */
const AVOIDED_MS = 10_000
/** What is further behind than this is not read. */
export const MOST_BEHIND_SECONDS = 60

const avoidedUntil = new WeakMap<Database, number>()

/**
 * A transaction that reads for a report: on the replica where there is one that answers and is not far behind, else, or inside
 * an open transaction, where everything else happens. Nothing that money is decided by may be read here.
 */
export async function reportTransaction<T>(ctx: Ctx, work: (ctx: TxCtx) => Promise<T>): Promise<T> {
  const { replica } = ctx
  if (replica === undefined || ctx.tx !== undefined || performance.now() < (avoidedUntil.get(replica) ?? 0))
    return transaction(ctx, work)
  try {
    const seconds = await secondsBehind(replica)
    if (seconds <= MOST_BEHIND_SECONDS) return await transaction({ ...ctx, database: replica }, work)
  } catch (error) {
    // What the report itself says no to is said again there; anything else is the replica's.
    ctx.log.warn({ code: codeOf(error) }, 'a report is read without the replica')
  }
  avoidedUntil.set(replica, performance.now() + AVOIDED_MS)
  return transaction(ctx, work)
}

/** How far a replica is behind, as far as it knows: nothing where it has all that it was sent. @throws where it is away */
export async function secondsBehind({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ seconds: number }>(
    `SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
       ELSE coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0) END::float8 AS seconds`,
  )
  return rows[0]?.seconds ?? 0
}
