import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { transaction } from '../database/transaction.ts'
import { followClock } from './follow-clock.ts'
import { defineEvent, defineJob, publish, subscribe } from './jobs.ts'
import { drainJobs, type JobRegistry } from './work.ts'

const happened = defineEvent('test.happened', z.object({ nth: z.number() }))

let services: TestServices
let shop: TestWorkspace
let runs: { reader: string; workspaceId: string | undefined; nths: number[] }[]
let bad: number | undefined

const reader = (name: string, batch: number) =>
  defineJob({
    name,
    schema: happened.schema,
    batch,
    handler: async (ctx, inputs) => {
      const nths = inputs.map(({ nth }) => nth)
      if (name === 'read-a-few' && bad !== undefined && nths.includes(bad)) throw new Error(`not ${bad}`)
      runs.push({ reader: name, workspaceId: ctx.workspaceId, nths })
      await Promise.resolve()
    },
  })
const few = reader('read-a-few', 3)
const many = reader('read-many', 100)
const registry: JobRegistry = {
  jobs: [few, many],
  subscriptions: [subscribe(happened, few), subscribe(happened, many)],
}

beforeEach(async () => {
  services = await testServices()
  shop = await makeWorkspace(services)
  for (const { name } of registry.jobs) await services.jobs.boss.createQueue(name, { retryDelay: 0 })
  runs = []
  bad = undefined
})

async function publishTo(to: TestWorkspace, nths: readonly number[]): Promise<void> {
  await transaction(to.ctx, async (tx) => {
    for (const nth of nths) await publish(tx, happened, { nth })
  })
}

const queued = async (name: string) => {
  const { rows } = await services.database.pool.query<{ inputs: { nth: number }[]; state: string }>(
    `SELECT data->'inputs' AS inputs, state FROM pgboss.job WHERE name = $1 ORDER BY state DESC, data->'inputs'->0->'nth'`,
    [name],
  )
  return rows.map(({ inputs, state }) => [state, inputs.map(({ nth }) => nth)])
}

test('the events of a workspace reach each reader in order, as one job, in runs of at most its batch', async () => {
  const theirs = await makeWorkspace(services)
  await publishTo(shop, [1, 2, 3, 4])
  await publishTo(theirs, [5])
  await drainJobs(services, registry)
  const of = (name: string, where: TestWorkspace) =>
    runs.filter((run) => run.reader === name && run.workspaceId === where.workspaceId).map(({ nths }) => nths)
  expect(of('read-many', shop)).toEqual([[1, 2, 3, 4]])
  expect(of('read-many', theirs)).toEqual([[5]])
  expect(of('read-a-few', shop)).toEqual([[1, 2, 3], [4]])
  expect(of('read-a-few', theirs)).toEqual([[5]])
  expect(await queued('read-many')).toEqual([
    ['completed', [1, 2, 3, 4]],
    ['completed', [5]],
  ])
})

test('an event of a transaction that is undone has not happened', async () => {
  const undone = transaction(shop.ctx, async (tx) => {
    await publish(tx, happened, { nth: 1 })
    throw new Error('undo')
  })
  await expect(undone).rejects.toThrow('undo')
  expect(await drainJobs(services, registry)).toBe(0)
})

test('one bad input holds up no other and goes on as a job of its own', async () => {
  bad = 2
  await publishTo(shop, [1, 2, 3, 4])
  await drainJobs(services, registry)
  const done = runs.filter((run) => run.reader === 'read-a-few').flatMap(({ nths }) => nths)
  expect(done).toEqual([1, 3, 4])
  expect(await queued('read-a-few')).toEqual([
    ['completed', [1, 2, 3, 4]],
    ['created', [2]],
  ])
  bad = undefined
  await services.database.pool.query(`UPDATE pgboss.job SET start_after = now() WHERE state = 'created'`)
  await drainJobs(services, registry)
  expect(runs.at(-1)).toEqual({ reader: 'read-a-few', workspaceId: shop.workspaceId, nths: [2] })
})

test('more events than one round takes are all handed over', async () => {
  await publishTo(
    shop,
    Array.from({ length: 1234 }, (_, nth) => nth),
  )
  await drainJobs(services, registry)
  const seen = runs.filter((run) => run.reader === 'read-many').flatMap(({ nths }) => nths)
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1234 }, (_, nth) => nth))
})

describe('where the database’s clock was set back by an hour', () => {
  const query = (text: string) => services.database.pool.query(text)
  /** What the hour that is over now has left: times that are still to come. */
  async function setBack(): Promise<void> {
    await query(`UPDATE pgboss.version SET cron_on = now() + interval '1 hour'`)
    await query(
      `UPDATE pgboss.queue SET monitor_claim_on = now() + interval '1 hour', maintain_on = now() + interval '1 hour'`,
    )
    await query(`UPDATE pgboss.job SET created_on = created_on + interval '1 hour', start_after = start_after + interval '1 hour',
      started_on = started_on + interval '1 hour', singleton_on = singleton_on + interval '1 hour'`)
  }
  const waits = async (nth: number) => {
    const { rows } = await services.database.pool.query<{ minutes: number }>(
      `SELECT round(extract(epoch FROM start_after - now()) / 60)::int AS minutes FROM pgboss.job
       WHERE name = 'read-a-few' AND (data->'inputs'->0->>'nth')::int = $1`,
      [nth],
    )
    return rows.map(({ minutes }) => minutes)
  }
  const send = (nth: number, startAfter: number) =>
    services.jobs.boss.send(
      'read-a-few',
      { workspaceId: shop.workspaceId, inputs: [{ nth }] },
      { startAfter },
    )

  test('what was waiting comes as soon as it would have, and the regular work goes on', async () => {
    await send(1, 0)
    await send(2, 600)
    await query(`INSERT INTO pgboss.job (name, singleton_key, singleton_on, state)
      VALUES ('__pgboss__send-it', 'every-minute', date_trunc('minute', now() AT TIME ZONE 'UTC'), 'completed')`)
    await setBack()
    await send(3, 1_800)
    expect(await drainJobs(services, registry)).toBe(0)

    expect(await followClock(services)).toBeCloseTo(3_600, -1)
    expect([await waits(2), await waits(3)]).toEqual([[10], [30]])
    await drainJobs(services, registry)
    expect(runs.map(({ nths }) => nths)).toEqual([[1]])
    const { rows } = await services.database.pool.query<{ late: number }>(
      `SELECT (SELECT count(*) FROM pgboss.version WHERE cron_on > now())::int
         + (SELECT count(*) FROM pgboss.queue WHERE greatest(monitor_claim_on, maintain_on) > now())::int
         + (SELECT count(*) FROM pgboss.job WHERE singleton_on IS NOT NULL)::int AS late`,
    )
    expect(rows).toEqual([{ late: 0 }])
    // Another process finds it done; and a clock that goes as it should moves nothing.
    expect(await followClock(services)).toBe(0)
  })

  test('of several processes that notice, one moves what waits', async () => {
    await send(1, 600)
    await setBack()
    const moved = await Promise.all([1, 2, 3].map(() => followClock(services)))
    expect(moved.filter((seconds) => seconds > 0)).toHaveLength(1)
    expect(await waits(1)).toEqual([10])
  })
})
