/**
 * Page and purchases of a store with 1,000,000 orders and 10,000 products against those of a store that has just begun:
 * two servers, measured in turns, so that both meet the same weather.
 */
import { enter, findFaults, lastEntitlement, newestEntitlement, quiet } from './support/books.ts'
import { buy } from './support/buyers.ts'
import { fill } from './support/fill.ts'
import { loadPage, productPath } from './support/page-load.ts'
import { median, runBench } from './support/report.ts'
import { startServer, type BenchServer } from './support/server.ts'
import { openShop, type Shop } from './support/shop.ts'
import type pg from 'pg'

const ORDERS = Number(process.env['BENCH_ORDERS'] ?? 1_000_000)
const PRODUCTS = 10_000
const CLIENTS = 16
const WARM_UP = 1_000
const ROUNDS = 5
const PER_ROUND = 1_000
const PAGE_SECONDS = 3

type Side = {
  server: BenchServer
  shop: Shop
  db: pg.Client
  bought: number
  each: number[]
  pages: number[]
}

await runBench(async (report) => {
  const full = await open('growth-full')
  const began = performance.now()
  const admin = await full.server.connect('postgres')
  await fill(admin, full.shop, { orders: ORDERS, products: PRODUCTS })
  await admin.end()
  report({ name: 'growth: filled in', value: (performance.now() - began) / 1000, unit: 's' })
  const empty = await open('growth-empty')
  await round(full)
  await round(empty)
  for (const side of [full, empty]) Object.assign(side, { each: [], pages: [] })
  for (let nth = 0; nth < ROUNDS; nth++) {
    await round(full)
    await round(empty)
  }
  const figure = (name: string, one: number, unit: string) => report({ name, value: one, unit })
  figure('growth: purchases, empty', 1000 / median(empty.each), '/s')
  figure('growth: purchases, full', 1000 / median(full.each), '/s')
  figure('growth: page, empty', median(empty.pages), 'req/s')
  figure('growth: page, full', median(full.pages), 'req/s')
  const limit = { unit: '× the time', reference: 1.3, limit: 'at most' } as const
  report({ name: 'growth: purchase', value: median(full.each) / median(empty.each), ...limit })
  report({ name: 'growth: page', value: median(empty.pages) / median(full.pages), ...limit })
  await quiet(full.db)
  const faults = await findFaults(full.db, ORDERS + full.bought)
  for (const fault of faults) console.error(fault)
  report({
    name: 'growth: faults in the books',
    value: faults.length,
    unit: '',
    reference: 0,
    limit: 'at most',
  })
  for (const { db } of [full, empty]) await db.end()
})

async function open(name: string): Promise<Side> {
  const server = await startServer(name)
  const shop = await openShop(server)
  const db = await server.connect()
  await enter(db, shop)
  const first = await newestEntitlement(db)
  await buy(server.url, shop, { clients: CLIENTS, count: WARM_UP })
  await lastEntitlement(db, first, WARM_UP)
  await quiet(db)
  return { server, shop, db, bought: WARM_UP, each: [], pages: [] }
}

/** Purchases up to the last entitlement, then the page. */
async function round(side: Side): Promise<void> {
  const { server, shop, db } = side
  const before = await newestEntitlement(db)
  const run = await buy(server.url, shop, { clients: CLIENTS, count: PER_ROUND })
  const last = await lastEntitlement(db, before, PER_ROUND)
  side.bought += PER_ROUND
  side.each.push((last - run.startedAt) / PER_ROUND)
  await quiet(db)
  side.pages.push((await loadPage(server.url + productPath(shop), PAGE_SECONDS)).perSecond)
}
