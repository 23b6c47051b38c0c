/** One record of a delimited file: its cells as they stand, and the line on which it begins, counted from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] }

/** What bounds a file, so that no file can fill the memory: characters of one cell, cells of one record. */
export type CsvLimits = { readonly cellChars: number; readonly cells: number }

/**
 * What is wrong with a file as a whole, and where the record begins that it was found in. `quote-open`: the file ends inside
 * of a quoted cell, so it was cut off.
 */
export type CsvFault = {
  readonly fault: 'quote-open' | 'cell-too-long' | 'too-many-cells'
  readonly line: number
}

/** Takes a file's text piece by piece and gives its records as they become whole. After a fault it gives no more. */
export type CsvParser = {
  push(text: string): CsvRecord[]
  /** The last record, if no line break ended it. */
  end(): CsvRecord[]
  readonly fault: () => CsvFault | undefined
}

const QUOTE = '"'

type State = {
  readonly delimiter: string
  readonly limits: CsvLimits
  readonly records: CsvRecord[]
  cells: string[]
  cell: string
  /** `start`: nothing of the cell is read. `closed`: a quote has ended it, or is the first of two. */
  mode: 'start' | 'plain' | 'quoted' | 'closed'
  line: number
  startLine: number
  /** A carriage return was read, so a line feed after it is the same line's end. */
  returned: boolean
  fault: CsvFault | undefined
}

/**
 * A parser of RFC 4180 with any one delimiter and CR, LF or CRLF. Cells that begin with a quote may hold delimiters,
 * line breaks and doubled quotes; what follows the closing quote is kept as it stands. Lines without any text are passed over.
 * A line's number is the one that an editor shows.
 * Source: RFC 4180, section 2.
 */
export function createCsvParser(delimiter: string, limits: CsvLimits): CsvParser {
  const state: State = {
    delimiter,
    limits,
    records: [],
    cells: [],
    cell: '',
    mode: 'start',
    line: 1,
    startLine: 1,
    returned: false,
    fault: undefined,
  }
  return {
    push: (text) => {
      read(state, text)
      return state.records.splice(0)
    },
    end: () => {
      if (state.mode === 'quoted') fail(state, 'quote-open')
      else if (state.mode !== 'start' || state.cells.length > 0) endRecord(state)
      return state.records.splice(0)
    },
    fault: () => state.fault,
  }
}

function read(state: State, text: string): void {
  let at = 0
  if (state.returned && text.startsWith('\n')) at = 1
  if (text !== '') state.returned = false
  while (at < text.length && state.fault === undefined)
    at = state.mode === 'quoted' ? readQuoted(state, text, at) : readPlain(state, text, at)
}

function readQuoted(state: State, text: string, from: number): number {
  const found = text.indexOf(QUOTE, from)
  const end = found < 0 ? text.length : found
  const part = text.slice(from, end)
  state.line += breaksIn(part, state)
  extend(state, part)
  if (found < 0) return end
  state.mode = 'closed'
  return end + 1
}

function readPlain(state: State, text: string, from: number): number {
  const char = text.charAt(from)
  if (char === QUOTE && state.mode !== 'plain') {
    // A quote after a quote is one quote of the cell; else it opens the cell.
    if (state.mode === 'closed') extend(state, QUOTE)
    state.mode = 'quoted'
    return from + 1
  }
  let end = from
  while (end < text.length && !endsCell(text.charCodeAt(end), state.delimiter)) end++
  if (end > from) {
    extend(state, text.slice(from, end))
    state.mode = 'plain'
    if (end === text.length) return end
  }
  if (text.charAt(end) === state.delimiter) {
    endCell(state)
    return end + 1
  }
  endRecord(state)
  if (text.charAt(end) === '\r') {
    if (end + 1 === text.length) state.returned = true
    else if (text.charAt(end + 1) === '\n') return end + 2
  }
  return end + 1
}

function endsCell(code: number, delimiter: string): boolean {
  return code === 10 || code === 13 || code === delimiter.charCodeAt(0)
}

/** Line breaks inside of a quoted cell; CRLF is one, also where two pieces of the text part it. */
function breaksIn(part: string, state: State): number {
  if (!part.includes('\n') && !part.includes('\r')) return 0
  const split = state.cell.endsWith('\r') && part.startsWith('\n') ? 1 : 0
  return (part.match(/\r\n|\r|\n/g)?.length ?? 0) - split
}

function extend(state: State, part: string): void {
  state.cell = state.cell === '' ? part : state.cell + part
  if (state.cell.length > state.limits.cellChars) fail(state, 'cell-too-long')
}

function fail(state: State, fault: CsvFault['fault']): void {
  state.fault ??= { fault, line: state.startLine }
}

function endCell(state: State): void {
  state.cells.push(state.cell)
  if (state.cells.length > state.limits.cells) fail(state, 'too-many-cells')
  state.cell = ''
  state.mode = 'start'
}

function endRecord(state: State): void {
  const empty = state.cells.length === 0 && state.mode === 'start'
  endCell(state)
  if (!empty && state.fault === undefined) state.records.push({ line: state.startLine, cells: state.cells })
  state.cells = []
  state.line += 1
  state.startLine = state.line
}

const DELIMITERS = [',', ';', '\t', '|', '،', '؛'] as const

/**
 * The delimiter of a file by its beginning: the one that, outside of quotes, stands most often in the line that has most
 * of it, and in equal number in most of the others. A comma if there is none.
 */
export function detectDelimiter(text: string): string {
  const lines = unquotedLines(text)
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const most = Math.max(0, ...counts)
    const alike = counts.filter((count) => count === most).length
    const score = most === 0 ? 0 : alike * 100 + most
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

const SAMPLE_LINES = 50

/** The first lines with what is quoted left out. The last one is dropped if there are others: it may be cut. */
function unquotedLines(text: string): string[] {
  const lines = text
    .replace(/"(?:[^"]|"")*(?:"|$)/g, '')
    .split(/\r\n|\r|\n/)
    .slice(0, SAMPLE_LINES)
  if (lines.length > 2) lines.pop()
  return lines.filter((line) => line.trim() !== '')
}
