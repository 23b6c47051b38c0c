import { isCurrencyCode, type CurrencyCode } from '../../../shared/currencies.ts'
import type { CsvRecord } from '../../../shared/csv.ts'
import { findColumns, normaliseHeader } from './importer.ts'
import { recognise, type Recognised } from './index.ts'
import { MAPPED_FIELDS, mappedColumns, isKnownKind, type MappedField } from './mapped.ts'

/** Where the columns of a file stand that a person, or the program's own format, has named. */
export type Mapping = Partial<Record<MappedField, number>>

/** The row that names the columns, and what is known of the file by it. */
export type Header = {
  readonly line: number
  readonly cells: readonly string[]
  /** A platform's own file. */
  readonly recognised: Recognised | undefined
  /** What the columns of another file seem to be. */
  readonly suggested: Mapping
  /** The one currency that the header names, as banks write it: `Amount (SAR)`. */
  readonly currency: CurrencyCode | undefined
}

/** Banks put holder, account and period above the table. */
const FURTHEST = 30

/**
 * The header among a file's first records: the one of a known platform, else the first whose cells name a date and an amount,
 * else the first that is as wide as the table and has no empty cell and no figure. The first record if there is none.
 */
export function findHeader(records: readonly CsvRecord[]): Header | undefined {
  const near = records.slice(0, FURTHEST)
  const known = near.find(({ cells }) => recognise(cells) !== undefined)
  const width = Math.max(0, ...records.map(({ cells }) => cells.length))
  const chosen =
    known ??
    near.find(({ cells }) => isTable(suggest(cells))) ??
    near.find(
      ({ cells }) => cells.length === width && cells.every((cell) => /^[^\d]+$/u.test(cell.trim())),
    ) ??
    near[0]
  if (chosen === undefined) return undefined
  const { line, cells } = chosen
  const below = records.filter((record) => record.line > line)
  return {
    line,
    cells,
    recognised: recognise(cells),
    suggested: withoutForeignKinds(suggest(cells), below),
    currency: currencyIn(cells),
  }
}

/** Whether a mapping names enough to read a row by. */
export function isTable({ date, amount, incoming, outgoing }: Mapping): boolean {
  return date !== undefined && (amount !== undefined || incoming !== undefined || outgoing !== undefined)
}

function suggest(cells: readonly string[]): Mapping {
  const normalised = cells.map((cell) => normaliseHeader(cell.replace(/\(.*?\)/gu, '')))
  const places = findColumns(mappedColumns, normalised)
  const found = MAPPED_FIELDS.flatMap((field) => {
    const place = places[field]
    return place === undefined ? [] : [[field, place] as const]
  })
  return Object.fromEntries(found)
}

/** A column called `type` that mostly says other things than the kinds of this program would stop most rows. */
function withoutForeignKinds(mapping: Mapping, below: readonly CsvRecord[]): Mapping {
  const { kind, ...rest } = mapping
  if (kind === undefined) return mapping
  const words = below.map(({ cells }) => (cells[kind] ?? '').trim()).filter((word) => word !== '')
  return words.filter(isKnownKind).length * 2 >= words.length ? mapping : rest
}

function currencyIn(cells: readonly string[]): CurrencyCode | undefined {
  const codes = cells.flatMap((cell) => /\(([A-Z]{3})\)/u.exec(cell)?.[1] ?? [])
  const [first] = codes
  return first !== undefined && isCurrencyCode(first) && codes.every((code) => code === first)
    ? first
    : undefined
}

const SAMPLE_ROWS = 5
const SHOWN_CHARS = 120

/** The names of the columns and the first rows below them, as they are kept to be shown: short, and nothing but text. */
export function showTable(
  records: readonly CsvRecord[],
  { line, cells }: CsvRecord,
): { columns: string[]; sample: string[][] } {
  const below = records.filter((record) => record.line > line).slice(0, SAMPLE_ROWS)
  return { columns: cells.map(shown), sample: below.map((record) => record.cells.map(shown)) }
}

function shown(cell: string): string {
  return cell
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, SHOWN_CHARS)
    .toWellFormed()
}
