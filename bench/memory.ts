/** Resident memory of the process of Node: when nobody has asked for a while, and the most under the purchase load. */
import { setTimeout as sleep } from 'node:timers/promises'
import { enter, lastEntitlement, newestEntitlement, quiet } from './support/books.ts'
import { buy } from './support/buyers.ts'
import { residentMb } from './support/processes.ts'
import { median, runBench } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop } from './support/shop.ts'

const CLIENTS = 16
const COUNT = 6_000
const IDLE_SECONDS = 15

await runBench(async (report) => {
  const server = await startServer('memory')
  await sleep(IDLE_SECONDS * 1000)
  report({
    name: 'memory: idle',
    value: residentMb(server.pid),
    unit: 'MB',
    reference: 150,
    limit: 'at most',
  })
  const shop = await openShop(server)
  const db = await server.connect()
  await enter(db, shop)
  const before = await newestEntitlement(db)
  const seen: number[] = []
  const watch = setInterval(() => seen.push(residentMb(server.pid)), 100)
  await buy(server.url, shop, { clients: CLIENTS, count: COUNT })
  clearInterval(watch)
  report({
    name: 'memory: purchase load',
    value: Math.max(...seen),
    unit: 'MB',
    reference: 350,
    limit: 'at most',
    note: `most of ${seen.length} looks, median ${Math.round(median(seen))} MB, ${COUNT} purchases`,
  })
  await lastEntitlement(db, before, COUNT)
  await quiet(db)
  await sleep(IDLE_SECONDS * 1000)
  report({ name: 'memory: idle after the load', value: residentMb(server.pid), unit: 'MB' })
  await db.end()
})
