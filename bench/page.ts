/** The product page with pictures, in Arabic, on 32 connections; the load generator is on the same two cores. */
import { loadPage, productPath } from './support/page-load.ts'
import { median, runBench } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop } from './support/shop.ts'

const ROUNDS = 5
const SECONDS = 4

await runBench(async (report) => {
  const server = await startServer('page')
  const shop = await openShop(server)
  const address = server.url + productPath(shop)
  const page = await (await fetch(address)).text()
  const pictures = page.match(/<picture/g)?.length ?? 0
  if (!page.includes('دليل البيع الأول') || pictures === 0) throw new Error('this is not the product page')
  await loadPage(address, SECONDS)
  const rounds = []
  for (let nth = 0; nth < ROUNDS; nth++) rounds.push(await loadPage(address, SECONDS))
  report({
    name: 'page',
    value: median(rounds.map(({ perSecond }) => perSecond)),
    unit: 'req/s',
    reference: 5_000,
    note: `median of ${ROUNDS} × ${SECONDS} s, ${pictures} pictures`,
  })
  report({ name: 'page: 99 of 100 within', value: median(rounds.map(({ p99Ms }) => p99Ms)), unit: 'ms' })
})
