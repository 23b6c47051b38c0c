/**
 * The ledger's figures, on a private PostgreSQL with everything durable, made for the run and removed after it.
 *
 *   node bench/ledger.ts [--json] [--seconds 6] [--entries 1000000] [CASE…]
 *
 * Cases: single, hot, hot-batch, batch, bytes, balance, statement, trial-balance, growth. `bytes-older` is `bytes` for books
 * between those of other workspaces, `sealing` the pace of the integrity chain. With --json one object per case
 * and line: name, value, unit, reference (what must be reached), ratio (value ÷ reference). `single` are entries that come
 * alone, each of 16 callers waiting for their own; `single-in-transaction`, told with it, are entries as sales post them. Both take turns
 * with the machine's own `BEGIN; two statements; COMMIT` on the same pool; `single` must reach the greater of 0.6 × that and
 * 2,500/s. Ends with a status other than 0 if the books are not whole after all this.
 */
import { parseArgs } from 'node:util'
import { openBench, type Bench } from './ledger/open-bench.ts'
import { readingCases } from './ledger/reading-cases.ts'
import { measureGrowth, postingCases } from './ledger/posting-cases.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '6' },
    entries: { type: 'string', default: '1000000' },
  },
})

/** One measured figure; `atMost` if less is better. */
export type Figure = { name: string; value: number; unit: string; reference: number; atMost?: boolean }

const wanted = (name: string) => positionals.length === 0 || positionals.includes(name)

function tell({ name, value, unit, reference, atMost = false }: Figure): void {
  const ratio = value / reference
  const line = { name, value: round(value), unit, reference: round(reference), ratio: round(ratio) }
  const met = atMost ? ratio <= 1 : ratio >= 1
  const words = `${name.padEnd(14)} ${line.value} ${unit} (${atMost ? 'at most' : 'at least'} ${line.reference}: ${met ? 'met' : 'MISSED'})`
  console.log(options.json ? JSON.stringify(line) : words)
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000
}

async function run(bench: Bench): Promise<void> {
  const seconds = Number(options.seconds)
  for (const [name, measure] of Object.entries(postingCases)) {
    if (wanted(name)) for (const figure of await measure(bench, seconds)) tell(figure)
  }
  const large = ['balance', 'statement', 'trial-balance', 'growth', 'bytes'].filter(wanted)
  if (large.length === 0) return
  for (const figure of await measureGrowth(bench, Number(options.entries)))
    if (wanted(figure.name.replace('-older', '')) || figure.name === 'sealing') tell(figure)
  for (const [name, measure] of Object.entries(readingCases)) {
    if (wanted(name)) for (const figure of await measure(bench)) tell(figure)
  }
}

const bench = await openBench()
try {
  await run(bench)
  await bench.proveBooks()
} finally {
  await bench.close()
}
