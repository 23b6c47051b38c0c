/**
 * A long time at a steady load: half of what one machine can sell. Memory must be flat (the last quarter within 10 % of the
 * second) and the slowest of a hundred no slower than 1.5 times what it was. `BENCH_MINUTES` is how long; an hour is what
 * counts.
 */
import { readFileSync } from 'node:fs'
import { enter, findFaults, quiet } from './support/books.ts'
import { buy } from './support/buyers.ts'
import { quantile, runBench } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop } from './support/shop.ts'

const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 60)
const PER_SECOND = Number(process.env['BENCH_RATE'] ?? 50)
const CLIENTS = 8
const ROUND_MS = 5_000

type Round = { memoryMb: number; latenciesMs: number[] }

await runBench(async (report) => {
  const server = await startServer('soak')
  const shop = await openShop(server)
  const db = await server.connect()
  await enter(db, shop)
  const rounds: Round[] = []
  const end = performance.now() + MINUTES * 60_000
  let bought = 0
  while (performance.now() < end) {
    const began = performance.now()
    const count = Math.round((PER_SECOND * ROUND_MS) / 1_000)
    const { latenciesMs } = await buy(server.url, shop, { clients: CLIENTS, count })
    bought += count
    rounds.push({ memoryMb: residentMb(server.pid), latenciesMs })
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, ROUND_MS - (performance.now() - began))))
  }
  await quiet(db)
  const second = quarter(rounds, 1)
  const last = quarter(rounds, 3)
  report({ name: 'soak: bought', value: bought, unit: '', note: `in ${MINUTES} minutes` })
  report({
    name: 'soak: memory, last quarter to second',
    value: last.memoryMb / second.memoryMb,
    unit: '×',
    reference: 1.1,
    limit: 'at most',
    note: `${Math.round(second.memoryMb)} MB, then ${Math.round(last.memoryMb)} MB`,
  })
  report({
    name: 'soak: slowest of a hundred, last quarter to second',
    value: last.slowMs / second.slowMs,
    unit: '×',
    reference: 1.5,
    limit: 'at most',
    note: `${Math.round(second.slowMs)} ms, then ${Math.round(last.slowMs)} ms`,
  })
  const faults = await findFaults(db, bought)
  for (const fault of faults) console.error(fault)
  report({
    name: 'soak: faults in the books',
    value: faults.length,
    unit: '',
    reference: 0,
    limit: 'at most',
  })
  await db.end()
})

function quarter(rounds: readonly Round[], nth: number): { memoryMb: number; slowMs: number } {
  const size = rounds.length / 4
  const some = rounds.slice(Math.floor(nth * size), Math.ceil((nth + 1) * size))
  return {
    memoryMb: some.reduce((sum, { memoryMb }) => sum + memoryMb, 0) / some.length,
    slowMs: quantile(
      some.flatMap(({ latenciesMs }) => latenciesMs),
      0.99,
    ),
  }
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}
