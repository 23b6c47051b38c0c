/**
 * All figures of 50 streams over 36 months in three currencies, on a private PostgreSQL with everything durable: with
 * 1,000,000 postings, and against a workspace with a tenth of them.
 *
 *   node bench/streams.ts [--json]        BENCH_POSTINGS=1000000
 *
 * Both workspaces have the same streams, days, hours and daily rates, and their last postings are not sealed yet. Fails too
 * if what is read is not what was posted, or if the books are not whole.
 */
import { readFigures } from '../src/modules/streams/operations/read-figures.ts'
import { readMonthly } from '../src/modules/streams/operations/read-monthly.ts'
import { openBench } from './ledger/open-bench.ts'
import { fillStreams, STREAMS_RANGE, type Filled } from './streams/fill-streams.ts'
import { median, quantile, runBench, type Report } from './support/report.ts'

const TURNS = 21
const postings = Number(process.env['BENCH_POSTINGS'] ?? '1000000')
const query = { ...STREAMS_RANGE, calendar: 'gregorian', currency: 'SAR' } as const

async function timeOnce({ ctx }: Filled): Promise<number> {
  const start = performance.now()
  await readFigures(ctx, query)
  return performance.now() - start
}

/** What is read by month and currency must add up to what was posted. */
async function prove({ ctx, posted }: Filled): Promise<void> {
  const read = new Map<string, bigint>()
  for (const { money } of await readMonthly(ctx, STREAMS_RANGE))
    for (const { currency, incomeMinor, costMinor } of money)
      read.set(currency, (read.get(currency) ?? 0n) + incomeMinor - costMinor)
  for (const [currency, net] of posted)
    if (read.get(currency) !== net)
      throw new Error(`${currency}: ${net} was posted, ${String(read.get(currency))} is read`)
  const { missingRates } = await readFigures(ctx, query)
  if (missingRates.length > 0) throw new Error('the bench lacks rates')
}

async function measure(report: Report): Promise<void> {
  const bench = await openBench()
  try {
    const filled = {
      small: await fillStreams(bench, postings / 10),
      large: await fillStreams(bench, postings),
    }
    await prove(filled.small)
    await prove(filled.large)
    const times = { small: [] as number[], large: [] as number[] }
    // In turns, so that whatever else the machine does falls on both.
    for (let turn = 0; turn < TURNS; turn++) {
      times.small.push(await timeOnce(filled.small))
      times.large.push(await timeOnce(filled.large))
    }
    const note = `99 of 100 within ${Math.round(quantile(times.large, 0.99))} ms`
    report({
      name: 'streams',
      value: median(times.large),
      unit: 'ms',
      reference: 200,
      limit: 'at most',
      note,
    })
    const growth = median(times.large) / median(times.small)
    report({ name: 'growth', value: growth, unit: '×', reference: 1.5, limit: 'at most' })
    await bench.proveBooks()
  } finally {
    await bench.close()
  }
}

await runBench(measure)
