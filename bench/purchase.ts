/**
 * Purchases over HTTP by 16 clients: cart, order, payment, capture, ledger, entitlement. The time ends when the last
 * entitlement is there; afterwards the books must balance and each order must have its entitlement, invoice and receipt.
 */
import { enter, findFaults, lastEntitlement, newestEntitlement, quiet } from './support/books.ts'
import { buy } from './support/buyers.ts'
import { cpuSeconds } from './support/processes.ts'
import { quantile, runBench } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop } from './support/shop.ts'

const CLIENTS = 16
const WARM_UP = 1_000
const COUNT = Number(process.env['BENCH_PURCHASES'] ?? 5_000)

await runBench(async (report) => {
  const server = await startServer('purchase')
  const shop = await openShop(server)
  const db = await server.connect()
  await enter(db, shop)
  const first = await newestEntitlement(db)
  await buy(server.url, shop, { clients: CLIENTS, count: WARM_UP })
  await lastEntitlement(db, first, WARM_UP)
  await quiet(db)
  const before = await newestEntitlement(db)
  const cpuBefore = cpuSeconds(server)
  const run = await buy(server.url, shop, { clients: CLIENTS, count: COUNT })
  const last = await lastEntitlement(db, before, COUNT)
  report({ name: 'purchase', value: COUNT / ((last - run.startedAt) / 1000), unit: '/s', reference: 250 })
  report({ name: 'purchase: median of one', value: quantile(run.latenciesMs, 0.5), unit: 'ms' })
  report({ name: 'purchase: 99 of 100 within', value: quantile(run.latenciesMs, 0.99), unit: 'ms' })
  report({ name: 'purchase: last entitlement after', value: last - run.endedAt, unit: 'ms' })
  await quiet(db)
  report({ name: 'purchase: all papers after', value: performance.now() - run.endedAt, unit: 'ms' })
  const cpu = cpuSeconds(server)
  for (const side of ['node', 'postgres', 'clients'] as const) {
    const ms = ((cpu[side] - cpuBefore[side]) / COUNT) * 1000
    report({ name: `purchase: processor time, ${side}`, value: ms, unit: 'ms each' })
  }
  const faults = await findFaults(db, WARM_UP + COUNT)
  for (const fault of faults) console.error(fault)
  report({
    name: 'purchase: faults in the books',
    value: faults.length,
    unit: '',
    reference: 0,
    limit: 'at most',
  })
  await db.end()
})
