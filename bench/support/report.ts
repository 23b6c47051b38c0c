import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { stopAll } from './server.ts'

/** One measured figure. `limit` says on which side of the reference it must be; without a reference it only informs. */
export type Figure = {
  name: string
  value: number
  unit: string
  reference?: number
  limit?: 'at least' | 'at most'
  /** What a person should read beside the figure. */
  note?: string
}

/** Tells a figure as soon as it is known. */
export type Report = (figure: Figure) => void

/**
 * Runs a bench: each figure is printed as a line for people, or with --json as one object per line. Ends with status 1 if
 * a figure misses its reference or the bench fails; what it started is stopped in every case.
 */
export async function runBench(measure: (report: Report) => Promise<void>): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } }, strict: false })
  let missed = false
  const report: Report = (figure) => {
    missed ||= !isReached(figure)
    console.log(values['json'] === true ? toJson(figure) : toLine(figure))
  }
  try {
    if (values['json'] !== true) console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`)
    await measure(report)
  } catch (error) {
    console.error(error)
    missed = true
  } finally {
    await stopAll()
  }
  process.exit(missed ? 1 : 0)
}

function isReached({ value, reference, limit = 'at least' }: Figure): boolean {
  if (reference === undefined) return true
  return limit === 'at least' ? value >= reference : value <= reference
}

function toJson({ name, value, unit, reference }: Figure): string {
  const ratio = reference === undefined || reference === 0 ? null : round(value / reference)
  return JSON.stringify({ name, value: round(value), unit, reference: reference ?? null, ratio })
}

function toLine(figure: Figure): string {
  const { name, value, unit, reference, limit = 'at least', note } = figure
  const aim =
    reference === undefined ? '' : `  (${limit} ${reference}: ${isReached(figure) ? 'reached' : 'MISSED'})`
  return `${name.padEnd(34)} ${String(round(value)).padStart(10)} ${unit}${aim}${note === undefined ? '' : `  ${note}`}`
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100
}

/** The middle of some figures. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that the share `at` of all values does not exceed. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(at * sorted.length) - 1)] ?? Number.NaN
}
