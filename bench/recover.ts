/**
 * How long the next start takes after the server and its PostgreSQL were killed under load, until a page comes from its
 * database: as a whole, and without the database's own recovery; and that nothing which a buyer was told is lost. `BENCH_KILLS`
 * is how often; two hundred is what counts.
 */
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { prepareServer, type FaultyServer } from '../test/faults/support/server.ts'
import { comeBack, newPurchase, openStore, orderIt, pay, type Store } from '../test/faults/support/shopper.ts'
import { untilWhole, wrongBooks } from '../test/faults/support/walk.ts'
import { killAll } from '../test/faults/support/kill.ts'
import { quantile, runBench, type Report } from './support/report.ts'

const ROUNDS = Number(process.env['BENCH_KILLS'] ?? 10)
const SHOPPERS = 8
const LOAD_MS = 1_500
const PATIENCE_MS = 60_000

/** One start after a kill. `recoveryMs` is the database's own part, `load` what the machine had to do in the minute before. */
type Start = { wholeMs: number; recoveryMs: number; load: number }

let begun = 0

await runBench(async (report) => {
  const server = await prepareServer({}, '127.0.0.1', false)
  try {
    await server.start()
    const store = await openStore(server, 1_000_000)
    const told: string[] = []
    const starts: Start[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await killUnderLoad(server, store, told)
      starts.push(await startAgain(server, store))
    }
    for (const email of told) await untilWhole(server, { email }, 'sold')
    tell(report, starts)
    report({ name: 'recover: purchases that were told', value: told.length, unit: '' })
    const wrong = (await wrongBooks(server)).filter(({ name }) => name !== 'reserved copies')
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

async function killUnderLoad(server: FaultyServer, store: Store, told: string[]): Promise<void> {
  let buying = true
  const shoppers = Array.from({ length: SHOPPERS }, async () => {
    while (buying) {
      const purchase = newPurchase(begun++)
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
  await sleep(LOAD_MS)
  await killAll(server)
  buying = false
  await Promise.all(shoppers)
}

/** It is asked from the first moment on, as its buyers would. */
async function startAgain(server: FaultyServer, { slug }: Store): Promise<Start> {
  const began = performance.now()
  const started = server.start()
  await firstPage(`${server.url}/en/${slug}`)
  const wholeMs = performance.now() - began
  await started
  return { wholeMs, recoveryMs: recoveryMs(server.dataDir), load: loadavg()[0] ?? 0 }
}

async function firstPage(url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok === true && (await answer.text()) !== '') return
    await sleep(10)
  }
  throw new Error(`no page within ${PATIENCE_MS / 1_000} s`)
}

function tell(report: Report, starts: readonly Start[]): void {
  const beyondMs = starts.map(({ wholeMs, recoveryMs: own }) => wholeMs - own)
  const worst = starts[beyondMs.indexOf(Math.max(...beyondMs))]
  report({
    name: 'recover',
    value: Math.max(...beyondMs) / 1_000,
    unit: 's',
    reference: 5,
    limit: 'at most',
    note: `longest of ${starts.length} beyond the database's own recovery, at a load of ${worst?.load.toFixed(1)}; ${spread(beyondMs)}`,
  })
  const own = starts.map((start) => start.recoveryMs)
  report({
    name: 'recover: the database alone',
    value: Math.max(...own) / 1_000,
    unit: 's',
    note: `longest, by its log; ${spread(own)}`,
  })
  const whole = starts.map(({ wholeMs }) => wholeMs)
  report({
    name: 'recover: whole',
    value: Math.max(...whole) / 1_000,
    unit: 's',
    note: `longest; ${spread(whole)}`,
  })
}

function spread(values: readonly number[]): string {
  const seconds = (at: number) => (quantile(values, at) / 1_000).toFixed(2)
  return `median ${seconds(0.5)} s, 95 of 100 within ${seconds(0.95)} s`
}

/** What the database itself says of its latest start: from its first line until it takes connections. */
function recoveryMs(dataDir: string): number {
  const lines = readFileSync(join(dataDir, 'postgres/log'), 'utf8').split('\n')
  const moment = (line: string | undefined) =>
    Date.parse(line?.slice(0, 23).replace(' ', 'T').concat('Z') ?? '')
  const ready = lines.findLastIndex((line) => line.includes('ready to accept connections'))
  const begun = lines.findLastIndex((line, nth) => nth < ready && line.includes('starting PostgreSQL'))
  return moment(lines[ready]) - moment(lines[begun])
}
