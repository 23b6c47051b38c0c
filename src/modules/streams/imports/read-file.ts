import { createCsvParser, detectDelimiter, type CsvFault, type CsvRecord } from '../../../shared/csv.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { decodeText, type TextEncoding } from '../../../shared/text-encoding.ts'
import { problem, viewRow, type FileStyle, type Importer, type Places, type ReadRow } from './importer.ts'
import { addDecimalEvidence, decideDecimal, type DecimalMark } from './read-amount.ts'
import {
  addCalendarEvidence,
  addOrderEvidence,
  decideCalendar,
  decideOrder,
  noCalendarEvidence,
  type DateOrder,
} from './read-day.ts'

/** The most that one cell and one row may hold; more is no statement. */
const LIMITS = { cellChars: 20_000, cells: 200 }

/** How much of a file is looked at for its delimiter and header, in characters. */
const HEAD_CHARS = 64_000

/** The bytes of a file, from their beginning each time they are asked for. */
export type OpenFile = () => AsyncIterable<Uint8Array>

/** Records of a file as they come, some at a time; the last piece may be a fault, after which there is no more. */
export type Records = {
  readonly records: readonly CsvRecord[]
  readonly fault?: CsvFault
  readonly cutOff?: true
}

/** A file's delimiter and first records. */
export type FileHead = {
  readonly delimiter: string
  readonly records: readonly CsvRecord[]
  readonly fault: CsvFault | undefined
}

/** Reads a file's beginning. `sep=;` on the first line, as spreadsheets write it, is taken at its word. */
export async function readHead(open: OpenFile, encoding: TextEncoding): Promise<FileHead> {
  let text = ''
  for await (const piece of decodeText(open(), encoding)) {
    text += piece
    if (text.length >= HEAD_CHARS) break
  }
  const told = /^sep=(.)\r?\n/u.exec(text)?.[1]
  const delimiter = told ?? detectDelimiter(text)
  const parser = createCsvParser(delimiter, LIMITS)
  const records = parser.push(text)
  const whole = text.length < HEAD_CHARS ? [...records, ...parser.end()] : records
  const fault = parser.fault()
  return {
    delimiter,
    records: told === undefined ? whole : whole.slice(1),
    // A cell that is cut by the end of what was looked at is none.
    fault: fault?.fault === 'quote-open' ? undefined : fault,
  }
}

/** How a file is to be read: found out by its header, or said by a person. */
export type FileShape = {
  readonly encoding: TextEncoding
  readonly delimiter: string
  /** The line of the header; rows begin after it. */
  readonly headerLine: number
  /** How many columns the header names. */
  readonly width: number
}

/** All records below the header, in pieces, so that no more than a piece is ever held. */
export async function* readRecords(open: OpenFile, shape: FileShape): AsyncGenerator<Records> {
  const parser = createCsvParser(shape.delimiter, LIMITS)
  const below = ({ line }: CsvRecord) => line > shape.headerLine
  for await (const text of decodeText(open(), shape.encoding)) {
    const records = parser.push(text).filter(below)
    const fault = parser.fault()
    if (fault !== undefined) {
      yield { records, fault }
      return
    }
    if (records.length > 0) yield { records }
  }
  const records = parser.end().filter(below)
  const fault = parser.fault()
  yield { records, ...(fault && { fault }), cutOff: true }
}

/** What a person has said about how a file is written; what is left out is found out. */
export type SaidStyle = {
  readonly decimal?: DecimalMark | undefined
  readonly dateOrder?: DateOrder | undefined
  readonly calendar?: Calendar | undefined
}

/** How a file is written, and whether its dates could be read in another order, or calendar, just as well. */
export type FoundStyle = FileStyle & { readonly unsure: boolean; readonly calendarUnsure: boolean }

/** What the first pass over a file has found: how many rows there are, how they are written, or why it cannot be taken. */
export type Survey =
  | { readonly rows: number; readonly style: FoundStyle }
  | { readonly problem: CsvFault['fault'] | 'too-many-rows' | 'no-rows'; readonly line: number | undefined }

/**
 * Goes through a whole file once, before anything of it is noted: its faults, its length, and by all cells of their columns how
 * days and amounts are written. Stops at the first row too many.
 */
export async function surveyFile(
  { importer, places }: { importer: Importer; places: Places },
  records: AsyncIterable<Records>,
  { said, mostRows, today }: { said: SaidStyle; mostRows: number; today: string },
): Promise<Survey> {
  const { varying, usualOrder = 'ymd' } = importer
  const days = { dmy: 0, mdy: 0, either: 0 }
  const calendars = noCalendarEvidence()
  const marks = { point: 0, comma: 0 }
  const placesOf = (names: readonly string[] = []) => names.flatMap((name) => places[name] ?? [])
  const [dayPlaces, amountPlaces] = [placesOf(varying?.days), placesOf(varying?.amounts)]
  let rows = 0
  for await (const { records: some, fault } of records) {
    for (const { cells, line } of some) {
      rows += 1
      if (rows > mostRows) return { problem: 'too-many-rows', line }
      for (const place of dayPlaces) {
        addOrderEvidence(days, cells[place] ?? '')
        addCalendarEvidence(calendars, cells[place] ?? '')
      }
      for (const place of amountPlaces) addDecimalEvidence(marks, cells[place] ?? '')
    }
    if (fault !== undefined) return { problem: fault.fault, line: fault.line }
  }
  if (rows === 0) return { problem: 'no-rows', line: undefined }
  const { order, unsure } = decideOrder(days, usualOrder)
  const found = decideCalendar(calendars, today)
  const style = {
    decimal: said.decimal ?? decideDecimal(marks),
    dateOrder: said.dateOrder ?? order,
    unsure: said.dateOrder === undefined && unsure,
    calendar: said.calendar ?? found.calendar,
    calendarUnsure: said.calendar === undefined && found.unsure,
  }
  return { rows, style }
}

/** A reader of one file's records. A record too short for what is needed, or at a broken end, is a problem. */
export function rowReader(
  { importer, places }: { importer: Importer; places: Places },
  style: FileStyle,
  width: number,
): (record: CsvRecord, cutOff: boolean) => ReadRow {
  const last = Math.max(...importer.required.map((column) => places[column] ?? 0))
  return ({ cells }, cutOff) => {
    if (cells.length <= last || (cutOff && cells.length < width))
      return problem('cells-missing', cells.at(-1) ?? '')
    return importer.read(viewRow(cells, places, style))
  }
}
