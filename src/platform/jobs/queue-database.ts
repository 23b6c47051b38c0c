import { DatabaseError, type PoolClient } from 'pg'
import { prepared, runLater, type Database, type Tx } from '../database/database.ts'
import { runPipeline, type Statement } from '../database/pipeline.ts'

/** pg-boss over our pool; its statements are few and fixed, so they are prepared too. */
export function poolAsQueueDatabase(database: Database): {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
} {
  return {
    executeSql: async (text, values) => {
      if (values === undefined || values.length === 0) {
        const result = await database.pool.query(text)
        return Array.isArray(result) ? { rows: [] } : { rows: result.rows }
      }
      return { rows: await bookkeep(database, [prepared(text, values)]) }
    },
  }
}

/** The queue's statements on the transaction's connection; nobody asks what an insertion answers. */
export function within(tx: Tx): {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
} {
  return {
    executeSql: (text, values = []) => {
      runLater(tx.client, text, values)
      return Promise.resolve({ rows: [] })
    },
  }
}

/**
 * Lets the commit of this transaction return before the disk has it, and keeps plans: the queue's statements say how many
 * rows they want, and PostgreSQL would plan them anew each time to make use of that.
 */
export const UNHURRIED =
  "SELECT set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)"

/**
 * The queue's own statements, in one transaction whose commit does not wait for the disk: what a crash loses of them is
 * that a job was taken, done or handed on, and it is then done again, as every handler allows. Later commits that do wait
 * wait for these too, so nothing is kept without what came before it.
 */
export async function bookkeep(database: Database, statements: readonly Statement[]): Promise<unknown[]> {
  const results = await onConnection(database, (client) =>
    runPipeline(client, [prepared(UNHURRIED, []), ...statements]),
  )
  return results.at(-1) ?? []
}

async function onConnection<T>({ pool }: Database, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = true
  try {
    const result = await run(client)
    broken = false
    return result
  } catch (error) {
    broken = !(error instanceof DatabaseError)
    throw error
  } finally {
    client.release(broken)
  }
}
