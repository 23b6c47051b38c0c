import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { SQL } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Config } from '../config.ts'
import { noteDuration, runPipeline, type Statement } from './pipeline.ts'

/** How to reach one database as one role; what `pg` takes. */
export type Connection = Pick<
  pg.PoolConfig,
  'host' | 'port' | 'user' | 'password' | 'database' | 'connectionString' | 'options'
>

/** The owner and the serving role of an external database; undefined where the embedded one is used. */
export function connectionsOf({
  databaseUrl,
  databaseOwnerUrl,
  databaseReplicaUrl,
}: Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'databaseReplicaUrl'>):
  { owner: Connection; app: Connection; replica?: Connection } | undefined {
  if (databaseUrl === undefined) return undefined
  // One login for both: serving connections step down to the role that may neither own nor pass the fences.
  const options = databaseOwnerUrl === undefined ? { options: '-c role=rafid_app' } : {}
  return {
    owner: { connectionString: databaseOwnerUrl ?? databaseUrl },
    app: { connectionString: databaseUrl, ...options },
    ...(databaseReplicaUrl === undefined
      ? {}
      : { replica: { connectionString: databaseReplicaUrl, ...options } }),
  }
}

/** The pool that serves the program, as the role `rafid_app`. */
export type Database = { readonly pool: pg.Pool; close(): Promise<void> }

/** A transaction's connection. Statements whose results nobody waits for are kept and go with the next, or the commit. */
export type TxClient = {
  readonly raw: pg.PoolClient
  readonly waiting: Statement[]
  /** Any statement as pg takes it, after those that wait. */
  query(config: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult>
}

/** One open transaction: its connection, the query builder bound to it, and what to do after the commit. */
export type Tx = {
  readonly client: TxClient
  readonly db: NodePgDatabase
  readonly afterCommit: (() => void)[]
  /** Whether this run must wait for answers that an earlier one did not wait for and that were not as hoped. */
  readonly careful: boolean
  /** Whether something goes with the commit that may make it fail, so that a careful run finds out why. */
  hoping: boolean
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
  // One that breaks while it is lent fails what is asked of it next; its event must not end the process either.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { pool, close: () => pool.end() }
}

/**
 * Runs one statement as a named prepared statement on the connection: parsed and planned once, not at every call. What
 * waits on a transaction's connection goes before it, in the same round trip.
 */
export async function runPrepared<T>(
  client: TxClient | pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<T[]> {
  const statement = prepared(text, values)
  if (!('waiting' in client)) return (await runPipeline(client, [statement]))[0] as T[]
  const waiting = client.waiting.splice(0)
  return (await runPipeline(client.raw, [...waiting, statement])).at(-1) as T[]
}

/** Keeps a statement for the connection's next round trip. */
export function runLater(client: TxClient, text: string, values: readonly unknown[]): void {
  client.waiting.push(prepared(text, values))
}

/** Sends what waits, if anything does. */
export async function runWaiting(client: TxClient): Promise<void> {
  const waiting = client.waiting.splice(0)
  if (waiting.length > 0) await runPipeline(client.raw, waiting)
}

/** A connection for one transaction. */
export function txClient(raw: pg.PoolClient): TxClient {
  const client: TxClient = {
    raw,
    waiting: [],
    query: async (config, values) => {
      await runWaiting(client)
      const began = performance.now()
      try {
        return await (values === undefined ? raw.query(config) : raw.query(config, values))
      } finally {
        noteDuration([typeof config === 'string' ? config : config.text], began)
      }
    },
  }
  return client
}

/** Compiles a drizzle `sql` template into text and parameters. */
export function compile(statement: SQL): { text: string; values: readonly unknown[] } {
  const { sql, params } = dialect.sqlToQuery(statement)
  return { text: sql, values: params }
}

/** The query builder over a transaction's connection. */
export function builderOn(client: TxClient): NodePgDatabase {
  // Of a client drizzle uses `query` alone.
  return drizzle({ client: client as unknown as pg.PoolClient })
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

let named = true

/** Whether statements are prepared by name, which a pooler must know of that gives each transaction another connection. */
export function prepareByName(wanted: boolean): void {
  named = wanted
}

/** A statement under the name that its text always has. */
export function prepared(text: string, values: readonly unknown[]): Statement {
  return { name: named ? nameOf(text) : '', text, values }
}

function nameOf(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url').slice(0, 20)
    names.set(text, name)
  }
  return name
}
