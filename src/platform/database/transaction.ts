import type { SQL } from 'drizzle-orm'
import type pg from 'pg'
import type { Ctx, TxCtx } from '../ctx.ts'
import { assert } from '../errors.ts'
import { builderOn, compile, insideTransaction, runPrepared, type Tx } from './database.ts'

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
  const begin = `BEGIN; SELECT set_config('rafid.workspace_id', '${workspaceId}', true)`
  return attempt(ctx, begin, (tx) => work({ ...ctx, tx, workspaceId }))
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
  const begin =
    userId === undefined ? 'BEGIN' : `BEGIN; SELECT set_config('rafid.user_id', '${userId}', true)`
  return attempt(ctx, begin, work)
}

/** One raw statement inside the transaction, as a named prepared statement. Rows come with the columns' SQL names. */
export async function rows<T>(ctx: { readonly tx: Tx }, statement: SQL): Promise<T[]> {
  const { text, values } = compile(statement)
  return runPrepared<T>(ctx.tx.client, text, values)
}

/** Runs `fn` once the outermost transaction has committed; never if it rolls back. */
export function afterCommit(ctx: { readonly tx: Tx }, fn: () => void): void {
  ctx.tx.afterCommit.push(fn)
}

async function attempt<T>(ctx: Ctx, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(ctx, begin, work)
    } catch (error) {
      if (tries >= ATTEMPTS || !RETRYABLE.has(codeOf(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, 2 ** tries * (1 + (tries % 3))))
    }
  }
}

async function once<T>(ctx: Ctx, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await ctx.database.pool.connect()
  let broken = true
  try {
    await client.query(begin)
    const tx: Tx = { client, db: builderOn(client), afterCommit: [] }
    let result: T
    try {
      result = await insideTransaction('transaction', () => work(tx))
    } catch (error) {
      broken = !(await rolledBack(client))
      throw error
    }
    await client.query('COMMIT')
    broken = false
    for (const fn of tx.afterCommit) fn()
    return result
  } finally {
    client.release(broken)
  }
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
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
