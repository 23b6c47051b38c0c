import { isCurrencyCode } from '../../../shared/currencies.ts'
import { parseRatio } from './parse-ratio.ts'
import type { Rate } from './rates.ts'

/** The source of rates that came from the European Central Bank. */
export const ECB = 'ecb'

/**
 * Reads the ECB's reference rates (`eurofxref.csv`, `eurofxref-hist.csv`): a header of currencies, then one line per day
 * with what a euro was worth in each. `N/A`, empty fields and currencies that are no longer in use are left out.
 * @throws RangeError that names the line which is not of that form.
 */
export function parseEcb(csv: string): Rate[] {
  const [header, ...lines] = csv.split(/\r?\n/u).filter((line) => line.trim() !== '')
  const columns = header?.split(',').map((cell) => cell.trim()) ?? []
  if (columns[0] !== 'Date') throw new RangeError('line 1')
  return lines.flatMap((line, at) => {
    const [date = '', ...cells] = line.split(',').map((cell) => cell.trim())
    const day = readDay(date)
    if (day === undefined) throw new RangeError(`line ${at + 2}`)
    return cells.flatMap((cell, column) => {
      const quote = columns[column + 1] ?? ''
      if (cell === '' || cell === 'N/A' || quote === 'EUR' || !isCurrencyCode(quote)) return []
      const ratio = parseRatio(cell)
      if (ratio === undefined) throw new RangeError(`line ${at + 2}`)
      return [{ base: 'EUR', quote, day, source: ECB, ...ratio }]
    })
  })
}

/** `2026-03-02`, and `02 March 2026` as the daily file has it. */
function readDay(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text)) return text
  const time = /^\d{1,2} [A-Z][a-z]+ \d{4}$/u.test(text) ? Date.parse(`${text} UTC`) : Number.NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10)
}
