/**
 * How long the next start takes after the server and its PostgreSQL were killed under load, until it answers from its
 * database; and that nothing which a buyer was told is lost. `BENCH_KILLS` is how often; two hundred is what counts.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareServer } from '../test/faults/support/server.ts'
import { comeBack, newPurchase, openStore, orderIt, pay } from '../test/faults/support/shopper.ts'
import { untilWhole, wrongBooks } from '../test/faults/support/walk.ts'
import { killAll } from '../test/faults/support/kill.ts'
import { quantile, runBench } from './support/report.ts'

const ROUNDS = Number(process.env['BENCH_KILLS'] ?? 10)
const SHOPPERS = 8
const LOAD_MS = 1_500

await runBench(async (report) => {
  const server = await prepareServer()
  try {
    await server.start()
    const store = await openStore(server, 1_000_000)
    let nth = 0
    const told: string[] = []
    const startsMs: number[] = []
    const recoveriesMs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      let buying = true
      const shoppers = Array.from({ length: SHOPPERS }, async () => {
        while (buying) {
          const purchase = newPurchase(nth++)
          try {
            await orderIt(server, store, purchase)
            await pay(server, purchase, { delivery: 'once' })
            await comeBack(purchase)
            told.push(purchase.email)
          } catch {
            // The server died under it.
            return
          }
        }
      })
      await new Promise((resolve) => setTimeout(resolve, LOAD_MS))
      await killAll(server)
      buying = false
      await Promise.all(shoppers)
      const began = performance.now()
      await server.start()
      await fetch(`${server.url}/en/${store.slug}`).then((answer) => answer.text())
      startsMs.push(performance.now() - began)
      recoveriesMs.push(recoveryMs(server.dataDir))
    }
    for (const email of told) await untilWhole(server, { email }, 'sold')
    const wrong = (await wrongBooks(server)).filter(({ name }) => name !== 'reserved copies')
    const beyondMs = startsMs.map((ms, nth) => ms - (recoveriesMs[nth] ?? 0))
    report({
      name: 'recover',
      value: Math.max(...beyondMs) / 1_000,
      unit: 's',
      reference: 5,
      limit: 'at most',
      note: `longest of ${ROUNDS} beyond the database's own recovery, median ${seconds(quantile(beyondMs, 0.5))}`,
    })
    report({
      name: 'recover: with the database’s recovery',
      value: Math.max(...startsMs) / 1_000,
      unit: 's',
      note: `median ${seconds(quantile(startsMs, 0.5))}; the database's longest ${seconds(Math.max(...recoveriesMs))}`,
    })
    report({ name: 'recover: purchases that were told', value: told.length, unit: '' })
    report({
      name: 'recover: faults in the books',
      value: wrong.length,
      unit: '',
      reference: 0,
      limit: 'at most',
    })
    for (const fault of wrong) console.error(fault)
  } finally {
    await server.close()
  }
})

/** What the database itself says of its latest start: from its first line until it takes connections. */
function recoveryMs(dataDir: string): number {
  const lines = readFileSync(join(dataDir, 'postgres/log'), 'utf8').split('\n')
  const moment = (line: string | undefined) =>
    Date.parse(line?.slice(0, 23).replace(' ', 'T').concat('Z') ?? '')
  const ready = lines.findLastIndex((line) => line.includes('ready to accept connections'))
  const begun = lines.findLastIndex((line, nth) => nth < ready && line.includes('listening on'))
  return moment(lines[ready]) - moment(lines[begun])
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}
