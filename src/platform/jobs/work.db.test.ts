import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { transaction } from '../database/transaction.ts'
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
