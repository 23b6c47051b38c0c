import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { SQL } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

/** How to reach one database as one role; what `pg` takes. */
export type Connection = Pick<
  pg.PoolConfig,
  'host' | 'port' | 'user' | 'password' | 'database' | 'connectionString' | 'options'
>

/** The pool that serves the program, as the role `rafid_app`. */
export type Database = { readonly pool: pg.Pool; close(): Promise<void> }

/** One open transaction: its connection, the query builder bound to it, and what to do after the commit. */
export type Tx = {
  readonly client: pg.PoolClient
  readonly db: NodePgDatabase
  readonly afterCommit: (() => void)[]
}

const INT8 = 20
pg.types.setTypeParser(INT8, (text) => BigInt(text))

const dialect = new PgDialect()
const names = new Map<string, string>()
const scope = new AsyncLocalStorage<string>()

/** Opens the serving pool. `max` bounds the connections of this process. */
export function openDatabase(connection: Connection, max = 12): Database {
  const pool = new pg.Pool({
    ...connection,
    max,
    application_name: 'rafid',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks while idle is replaced on the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  return { pool, close: () => pool.end() }
}

/** Runs one statement as a named prepared statement on the connection: parsed and planned once, not at every call. */
export async function runPrepared<T>(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<T[]> {
  const result = await client.query({ name: nameOf(text), text, values: [...values] })
  return result.rows as T[]
}

/** Compiles a drizzle `sql` template into text and parameters. */
export function compile(statement: SQL): { text: string; values: readonly unknown[] } {
  const { sql, params } = dialect.sqlToQuery(statement)
  return { text: sql, values: params }
}

/** The query builder over one connection. */
export function builderOn(client: pg.PoolClient): NodePgDatabase {
  return drizzle(client)
}

/** Marks, for the time of `work`, that a transaction is open: the platform refuses to call the network inside one. */
export function insideTransaction<T>(label: string, work: () => Promise<T>): Promise<T> {
  return scope.run(label, work)
}

/** Throws when called inside a transaction; every port to the outside asks this first. */
export function refuseInsideTransaction(port: string): void {
  if (scope.getStore() !== undefined)
    throw new Error(`assertion failed: ${port} was called inside a transaction`)
}

function nameOf(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url').slice(0, 20)
    names.set(text, name)
  }
  return name
}
