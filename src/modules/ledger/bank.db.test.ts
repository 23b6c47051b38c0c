import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import type { Ctx } from '../../platform/ctx.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { startCluster } from '../../platform/postgres/cluster.ts'
import { readSecrets } from '../../platform/secrets.ts'
import { bareCtx } from './model/bare-services.test-support.ts'
import { startProxy } from './model/cutting-proxy.test-support.ts'
import { keyHash, mustPost } from './operations/post-entries.ts'
import { sealBooks } from './operations/seal-books.ts'
import { verifyBooks } from './operations/verify-books.ts'

const SECONDS = Number(process.env['BANK_SECONDS'] ?? 30)
const TOTAL = 100n
const PROXY_PORT = 21_443

const dataDir = mkdtempSync(join(tmpdir(), 'rafid-bank-'))
const leave: (() => unknown)[] = []
afterAll(async () => {
  for (const step of leave.toReversed()) await step()
  rmSync(dataDir, { recursive: true, force: true })
})

const sumOfAll = (ctx: Ctx) =>
  transaction(ctx, (tx) =>
    rows<{ sum: bigint }>(
      tx,
      sql`SELECT -sum(balance)::int8 AS sum FROM ledger_accounts WHERE workspace_id = ${tx.workspaceId} AND code LIKE '2130.%'`,
    ),
  )

test('the total never moves and no acknowledged key is lost or doubled', { timeout: 180_000 }, async () => {
  const secrets = readSecrets(dataDir)
  const cluster = await startCluster({ dataDir, secrets })
  leave.push(() => cluster.stop())
  await migrate(cluster.owner)
  const proxy = await startProxy(join(String(cluster.app.host), '.s.PGSQL.5432'), {
    port: PROXY_PORT,
    every: 60,
  })
  leave.push(() => proxy.close())
  const ctx = bareCtx(cluster.app, dataDir)
  leave.push(() => ctx.database.close())
  const fund = Array.from({ length: 8 }, (_, at) => ({
    key: `fund/${at}`,
    kind: 'fund',
    postings: [
      { account: '1100', currency: 'SAR', amountMinor: at === 0 ? 16n : 12n },
      { account: `2130.b${at}`, currency: 'SAR', amountMinor: at === 0 ? -16n : -12n },
    ],
  }))
  await transaction(ctx, (tx) => mustPost(tx, fund))

  const acknowledged = new Map<string, number>()
  const answers = new Map<string, number>()
  const end = Date.now() + SECONDS * 1000
  let writer: ChildProcess | undefined
  const startWriter = (name: string) => {
    const connection = { ...cluster.app, host: '127.0.0.1', port: PROXY_PORT }
    const workspaceId = String(ctx.workspaceId)
    const child = spawn(process.execPath, [join(import.meta.dirname, 'model/bank-writer.ts')], {
      env: { ...process.env, BANK_START: JSON.stringify({ connection, dataDir, workspaceId, name }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [outcome = '', key = ''] = line.split(' ')
      answers.set(outcome, (answers.get(outcome) ?? 0) + 1)
      if (outcome === 'posted' || outcome === 'replayed')
        acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1)
    })
    writer = child
  }
  leave.push(() => writer?.kill('SIGKILL'))

  let sums = 0
  const reader = async () => {
    while (Date.now() < end) {
      try {
        const [row] = await sumOfAll(ctx)
        expect(row?.sum).toBe(TOTAL)
        sums++
      } catch (error) {
        if (error instanceof Error && error.name === 'AssertionError') throw error
      }
      await pause(5)
    }
  }
  const killer = async () => {
    for (let turn = 0; Date.now() < end; turn++) {
      startWriter(`w${turn}`)
      // A busy machine takes long to start a process: what is killed must have begun.
      const goal = acknowledged.size + 300
      for (let waited = 0; waited < 40 && acknowledged.size < goal && Date.now() < end; waited++)
        await pause(250)
      // Every third time the server goes, else the writers do.
      if (turn % 3 === 2 && cluster.pid !== undefined) process.kill(cluster.pid, 'SIGKILL')
      if (turn % 3 === 2) await pause(1500)
      writer?.kill('SIGKILL')
    }
  }
  await Promise.all([reader(), reader(), killer()])
  await pause(2000)

  expect((await sumOfAll(ctx))[0]?.sum).toBe(TOTAL)
  const stored = await transaction(ctx, (tx) =>
    rows<{ key: string; count: bigint }>(
      tx,
      sql`SELECT key, count(*) AS count FROM ledger_entries WHERE workspace_id = ${tx.workspaceId} GROUP BY key`,
    ),
  )
  const times = new Map(stored.map(({ key, count }) => [key.replaceAll('-', ''), count]))
  const lost = [...acknowledged.keys()].filter((key) => times.get(keyHash(key)) !== 1n)
  expect(lost).toEqual([])
  await sealBooks(ctx)
  expect((await verifyBooks(ctx)).faults).toEqual([])
  console.log(
    `${acknowledged.size} acknowledged, ${sums} sums read, ${proxy.cuts()} commits cut, ${JSON.stringify(Object.fromEntries(answers))}`,
  )
  expect(acknowledged.size).toBeGreaterThan(200)
  expect(proxy.cuts()).toBeGreaterThan(0)
  expect(sums).toBeGreaterThan(100)
})
