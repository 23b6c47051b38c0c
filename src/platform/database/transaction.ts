import type { SQL } from 'drizzle-orm'
import pg from 'pg'
import type { Ctx, TxCtx } from '../ctx.ts'
import { assert } from '../errors.ts'
import {
  builderOn,
  compile,
  insideTransaction,
  runLater,
  runPrepared,
  runWaiting,
  txClient,
  type Tx,
  type TxClient,
} from './database.ts'

const ATTEMPTS = 6
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Serialisation failure, deadlock: the database undid everything, so the whole function can run again. */
const RETRYABLE = new Set(['40001', '40P01'])

/**
 * Runs `work` in one transaction of the context's workspace; joins the outer one if there is one. The workspace is set
 * for row-level security before the first statement. Serialisation failures and deadlocks run `work` again, so it must
 * have no effect outside the transaction; what must follow the commit goes through `afterCommit`.
 */
export async function transaction<T>(ctx: Ctx, work: (ctx: TxCtx) => Promise<T>): Promise<T> {
  const { workspaceId } = ctx
  assert(workspaceId !== undefined && UUID.test(workspaceId), 'a transaction names its workspace')
  if (ctx.tx !== undefined) return work({ ...ctx, tx: ctx.tx, workspaceId })
  return attempt(ctx, ['rafid.workspace_id', workspaceId], (tx) => work({ ...ctx, tx, workspaceId }))
}

/**
 * One raw statement of the context's workspace: in the open transaction if there is one, else as a transaction of its own
 * in a single round trip. For reads, and for writes that are whole in one statement. `repeatable` says that whoever needs
 * the write makes it again should a crash lose it: its commit then does not wait for the disk. Any later commit that does
 * wait keeps it too.
 */
export async function statement<T>(ctx: Ctx, one: SQL, options = HURRIED): Promise<T[]> {
  const { workspaceId } = ctx
  assert(workspaceId !== undefined && UUID.test(workspaceId), 'a statement names its workspace')
  const { text, values } = compile(one)
  if (ctx.tx !== undefined) return runPrepared<T>(ctx.tx.client, text, values)
  return again(async () => {
    const raw = await connect(ctx.database.pool)
    let broken = true
    try {
      const client = txClient(raw)
      runLater(client, options.repeatable ? SET_UNHURRIED : SET, ['rafid.workspace_id', workspaceId])
      const found = await runPrepared<T>(client, text, values)
      broken = false
      return found
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError)
      throw error
    } finally {
      raw.release(broken)
    }
  })
}

/**
 * Runs `work` in one transaction that belongs to no workspace: only the tables of people and the store directory can be
 * seen, and the memberships of `userId` where one is given.
 */
export async function directoryTransaction<T>(
  ctx: Ctx,
  work: (tx: Tx) => Promise<T>,
  userId?: string,
): Promise<T> {
  assert(userId === undefined || UUID.test(userId), 'a user id is a UUID')
  return attempt(ctx, userId === undefined ? undefined : ['rafid.user_id', userId], work)
}

/** One raw statement inside the transaction, as a named prepared statement. Rows come with the columns' SQL names. */
export async function rows<T>(ctx: { readonly tx: Tx }, statement: SQL): Promise<T[]> {
  const { text, values } = compile(statement)
  return runPrepared<T>(ctx.tx.client, text, values)
}

/**
 * A statement inside the transaction whose result nobody needs: it goes with the next one, or with the commit, and saves
 * a round trip. Should it fail, then whatever it went with fails.
 */
export function write(ctx: { readonly tx: Tx }, one: SQL): void {
  const { text, values } = compile(one)
  runLater(ctx.tx.client, text, values)
}

/**
 * Like `write`, for a statement that fails where another outcome than the usual one would have to be read: then the whole
 * transaction runs again, with `tx.careful`, and waits for it. Locks that it takes are held for the commit alone, and not
 * for a way to this process and back.
 */
export function writeHoping(ctx: { readonly tx: Tx }, text: string, values: readonly unknown[]): void {
  ctx.tx.hoping = true
  runLater(ctx.tx.client, text, values)
}

/** Runs `fn` once the outermost transaction has committed; never if it rolls back. */
export function afterCommit(ctx: { readonly tx: Tx }, fn: () => void): void {
  ctx.tx.afterCommit.push(fn)
}

/** The database is being started again: it does not listen yet, or says that it is not ready. */
const AWAY = new Set(['57P03', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT'])
const AWAY_PAUSE_MS = 50
const AWAY_TRIES = 100

/** Waits some seconds for a database that is coming back: nothing has begun, so nothing can be done twice. */
async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  for (let tries = 1; ; tries++) {
    try {
      return await pool.connect()
    } catch (error) {
      if (tries >= AWAY_TRIES || !AWAY.has(codeOf(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, AWAY_PAUSE_MS))
    }
  }
}

type Setting = readonly [name: string, value: string]

const SET = 'SELECT set_config($1, $2, true)'
const SET_UNHURRIED = "SELECT set_config($1, $2, true), set_config('synchronous_commit', 'off', true)"
const HURRIED = { repeatable: false }

function attempt<T>(ctx: Ctx, setting: Setting | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
  return again(async () => {
    const hope: Hope = { careful: false, lost: false }
    try {
      return await once(ctx, setting, { work, hope })
    } catch (error) {
      if (!hope.lost || RETRYABLE.has(codeOf(error))) throw error
      return once(ctx, setting, { work, hope: { careful: true, lost: false } })
    }
  })
}

type Hope = { readonly careful: boolean; lost: boolean }
type Run<T> = { work: (tx: Tx) => Promise<T>; hope: Hope }

async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (tries >= ATTEMPTS || !RETRYABLE.has(codeOf(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, 2 ** tries * (1 + (tries % 3))))
    }
  }
}

async function once<T>(ctx: Ctx, setting: Setting | undefined, { work, hope }: Run<T>): Promise<T> {
  const raw = await connect(ctx.database.pool)
  let broken = true
  try {
    const client = txClient(raw)
    // The first statement takes them along.
    runLater(client, 'BEGIN', [])
    if (setting !== undefined) runLater(client, SET, setting)
    const tx: Tx = { client, db: builderOn(client), afterCommit: [], careful: hope.careful, hoping: false }
    let result: T
    try {
      result = await insideTransaction('transaction', () => work(tx))
      runLater(client, 'COMMIT', [])
      await runWaiting(client)
    } catch (error) {
      broken = !(await rolledBack(client))
      hope.lost = tx.hoping && !broken && error instanceof pg.DatabaseError
      throw error
    }
    broken = false
    for (const fn of tx.afterCommit) fn()
    return result
  } finally {
    raw.release(broken)
  }
}

async function rolledBack(client: TxClient): Promise<boolean> {
  try {
    client.waiting.length = 0
    await client.raw.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

/** The SQLSTATE of a database error, through drizzle's wrapper too; empty for anything else. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : ''
}

/** Whether the error is a violation of the named unique key. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== '23505') return false
  return constraint === undefined || constraintOf(error) === constraint
}

function constraintOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint
  return 'cause' in error ? constraintOf(error.cause) : undefined
}
