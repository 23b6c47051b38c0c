import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { auditEvents } from '../../modules/workspaces/audit/tables.ts'
import type { Ctx } from '../ctx.ts'
import { onSlowStatements, runPipeline } from './pipeline.ts'
import { afterCommit, codeOf, rows, statement, transaction, write, writeHoping } from './transaction.ts'

let services: TestServices
let ctx: Ctx

beforeAll(async () => {
  services = await testServices()
  ctx = (await makeWorkspace(services)).ctx
})

const note = (id: string, scope: string) =>
  sql`INSERT INTO idempotency_keys (workspace_id, scope, key, request_hash, created_at)
      VALUES (${ctx.workspaceId}, ${scope}, ${id}, '', ${new Date(0)})`

const noted = async (scope: string) =>
  (
    await statement<{ key: string }>(
      ctx,
      sql`SELECT key FROM idempotency_keys WHERE workspace_id = ${ctx.workspaceId} AND scope = ${scope} ORDER BY key`,
    )
  ).map(({ key }) => key)

describe('what nobody waits for', () => {
  test('goes with the next statement, which sees it', async () => {
    const seen = await transaction(ctx, async (tx) => {
      write(tx, note('a', 'next'))
      write(tx, note('b', 'next'))
      return rows(
        tx,
        sql`SELECT key FROM idempotency_keys WHERE workspace_id = ${tx.workspaceId} AND scope = 'next'`,
      )
    })
    expect(seen).toHaveLength(2)
    expect(await noted('next')).toEqual(['a', 'b'])
  })

  test('goes with the commit, and before a statement of the query builder', async () => {
    await transaction(ctx, async (tx) => {
      write(tx, note('a', 'commit'))
      await tx.tx.db.select().from(auditEvents).limit(1)
      write(tx, note('b', 'commit'))
    })
    expect(await noted('commit')).toEqual(['a', 'b'])
  })

  test('fails the whole transaction when it fails, at the commit too', async () => {
    let told = false
    const tried = transaction(ctx, async (tx) => {
      await rows(tx, note('a', 'fails'))
      afterCommit(tx, () => (told = true))
      write(tx, note('a', 'fails'))
      write(tx, note('b', 'fails'))
    })
    await expect(tried).rejects.toSatisfy((error) => codeOf(error) === '23505')
    expect(told).toBe(false)
    expect(await noted('fails')).toEqual([])
  })
})

describe('what is hoped for', () => {
  test('runs once when it comes true', async () => {
    let runs = 0
    await transaction(ctx, async (tx) => {
      runs += 1
      write(tx, note('a', 'hoped'))
      writeHoping(tx, 'SELECT 1 / $1::int', [1])
    })
    expect(runs).toBe(1)
    expect(await noted('hoped')).toEqual(['a'])
  })

  test('runs again with care when it does not, once, and nothing of the first run is kept', async () => {
    const care: boolean[] = []
    await transaction(ctx, async (tx) => {
      care.push(tx.tx.careful)
      write(tx, note(`run ${care.length}`, 'lost'))
      if (!tx.tx.careful) writeHoping(tx, 'SELECT 1 / $1::int', [0])
    })
    expect(care).toEqual([false, true])
    expect(await noted('lost')).toEqual(['run 2'])
  })

  test('ends with the error of the careful run', async () => {
    const tried = transaction(ctx, async (tx) => {
      if (tx.tx.careful) throw new Error('refused')
      writeHoping(tx, 'SELECT 1 / $1::int', [0])
    })
    await expect(tried).rejects.toThrow('refused')
  })
})

describe('a statement alone', () => {
  test('is kept, is fenced in, and leaves no workspace behind', async () => {
    await statement(ctx, note('a', 'alone'))
    expect(await noted('alone')).toEqual(['a'])
    const client = await services.database.pool.connect()
    const { rows: left } = await client.query(
      "SELECT current_setting('rafid.workspace_id', true) AS workspace",
    )
    client.release()
    expect(left).toEqual([{ workspace: '' }])
  })

  test('joins the open transaction', async () => {
    const tried = transaction(ctx, async (tx) => {
      await statement(tx, note('a', 'joins'))
      throw new Error('no')
    })
    await expect(tried).rejects.toThrow('no')
    expect(await noted('joins')).toEqual([])
  })
})

describe('a pipeline', () => {
  const one = (name: string, text: string, ...values: unknown[]) => ({ name, text, values })

  test('answers each statement in order, the same one several times, and other columns after a change', async () => {
    const client = await services.database.pool.connect()
    const twice = one('twice', 'SELECT $1::int8 AS big, $2::timestamptz AS at', 2n ** 62n, new Date(5))
    const expected = [{ big: 2n ** 62n, at: new Date(5) }]
    expect(await runPipeline(client, [twice, one('none', 'SELECT 1 WHERE false'), twice])).toEqual([
      expected,
      [],
      expected,
    ])
    expect(await runPipeline(client, [twice])).toEqual([expected])
    client.release()
  })

  test('undoes all when one fails, and the connection and the statement work on', async () => {
    const client = await services.database.pool.connect()
    const create = one('make', 'CREATE TEMP TABLE half (n int)')
    const divide = (by: number) => one('divide', 'SELECT 1 / $1::int AS n', by)
    await expect(runPipeline(client, [create, divide(0)])).rejects.toSatisfy(
      (error) => codeOf(error) === '22012',
    )
    expect(await runPipeline(client, [divide(1)])).toEqual([[{ n: 1 }]])
    expect(await runPipeline(client, [create, one('count', 'SELECT count(*)::int AS n FROM half')])).toEqual([
      [],
      [{ n: 0 }],
    ])
    client.release(true)
  })

  test('writes nothing when a value cannot be sent', async () => {
    const client = await services.database.pool.connect()
    const ring: { toPostgres?: unknown } = {}
    ring.toPostgres = () => ring
    const never = () => runPipeline(client, [one('ok', 'SELECT 1'), one('ring', 'SELECT $1::text', ring)])
    await expect(never()).rejects.toThrow('circular')
    expect(await runPipeline(client, [one('after', 'SELECT 2 AS n')])).toEqual([[{ n: 2 }]])
    client.release()
  })
})

test('a transaction whose failure was swallowed is not taken for committed', async () => {
  const tried = transaction(ctx, async (tx) => {
    await rows(tx, note('a', 'swallowed'))
    await rows(tx, sql`SELECT 1 / 0`).catch(() => undefined)
  })
  await expect(tried).rejects.toThrow('not committed')
  expect(await noted('swallowed')).toEqual([])
})

test('a statement that takes long is told of, however it was sent, and without its values', async () => {
  const slow: string[] = []
  onSlowStatements(({ texts, ms }) => slow.push(`${ms >= 500} ${texts.join()}`))
  try {
    await Promise.all([
      transaction(ctx, (tx) => rows(tx, sql`SELECT pg_sleep(${0.52}), ${'a secret'} AS one`)),
      transaction(ctx, (tx) => tx.tx.db.execute(sql`SELECT pg_sleep(${0.52}), ${'a secret'} AS other`)),
    ])
  } finally {
    onSlowStatements(() => undefined)
  }
  expect(slow.toSorted()).toEqual([
    expect.stringMatching(/^true .*SELECT pg_sleep\(\$1\), \$2 AS one$/),
    expect.stringMatching(/^true SELECT pg_sleep\(\$1\), \$2 AS other$/),
  ])
})
