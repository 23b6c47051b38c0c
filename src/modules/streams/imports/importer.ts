import { normaliseText } from '../../../shared/arabic.ts'
import { isCurrencyCode, type CurrencyCode } from '../../../shared/currencies.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { readAmount, type AmountFault, type DecimalMark } from './read-amount.ts'
import { readDay, type DateOrder } from './read-day.ts'

/** What an amount is for a stream. Amounts are signed: what comes in is above zero, what goes out below. */
export const MONEY_KINDS = ['income', 'refund', 'fee', 'cost'] as const

/** One of them; see MONEY_KINDS. */
export type MoneyKind = (typeof MONEY_KINDS)[number]

/** Why a row is left out: it moves nothing that a stream earns or costs. */
export const SKIP_REASONS = [
  'summary',
  'transfer',
  'conversion',
  'hold',
  'not-completed',
  'nothing-moved',
  'other-direction',
] as const

/** One of them; see SKIP_REASONS. */
export type SkipReason = (typeof SKIP_REASONS)[number]

/** Why a row cannot be taken as it is. */
export const ROW_PROBLEMS = [
  'amount-unreadable',
  'amount-too-precise',
  'amount-missing',
  'currency-differs',
  'currency-unknown',
  'day-unreadable',
  'day-in-future',
  'kind-unknown',
  'sums-differ',
  'cells-missing',
  'amount-changed',
  'amount-refused',
  'period-closed',
] as const

/** One of them; see ROW_PROBLEMS. */
export type RowProblem = (typeof ROW_PROBLEMS)[number]

/** A row that moves money. */
export type MoneyRow = {
  readonly outcome: 'money'
  /**
   * What makes the row itself and no other. `id` is the platform's own number, which comes once; `content` is all that the
   * row says, where rows may well be alike: they are then counted.
   */
  readonly identity: { readonly id: readonly string[] } | { readonly content: readonly string[] }
  readonly day: string
  readonly currency: CurrencyCode
  readonly what: string
  readonly payer: string
  readonly kind: MoneyKind
  readonly amountMinor: bigint
  /** What the platform took of it, below zero; above if it gave some back. */
  readonly feeMinor: bigint
}

/** What one row of a file says. */
export type ReadRow =
  | MoneyRow
  | { readonly outcome: 'skipped'; readonly reason: SkipReason }
  | { readonly outcome: 'problem'; readonly problem: RowProblem; readonly cell: string }

/** How the cells of a file are written, decided once for all of it. */
export type FileStyle = {
  readonly decimal: DecimalMark
  readonly dateOrder: DateOrder
  readonly calendar: Calendar
}

/** A row as importers see it: cells by the names that the importer gave its columns. */
export type Row<Column extends string> = {
  /** The cell without spaces around it; empty if there is no such column. */
  text(column: Column): string
  /** The day in a cell, or what is wrong with it. */
  day(column: Column): string | ReadRow
  amount(column: Column, currency: CurrencyCode): bigint | undefined | ReadRow
  currency(column: Column): CurrencyCode | ReadRow
  readonly style: FileStyle
}

/** A platform's file: how it is known, and what its rows say. One file each, and one line in index.ts. */
export type Importer<Column extends string = string> = {
  readonly source: string
  /** The columns that are read, with the headers that they go by. */
  readonly columns: Readonly<Record<Column, readonly string[]>>
  /** Whether `what` is the title of something sold, which may stand in the books; a bank's texts name people. */
  readonly titles?: true
  /** The columns without which it is another file. */
  readonly required: readonly Column[]
  /** Columns whose cells tell how days and amounts are written, where that varies from account to account. */
  readonly varying?: { readonly days: readonly Column[]; readonly amounts: readonly Column[] }
  readonly usualOrder?: DateOrder
  read(row: Row<Column>): ReadRow
}

/** Where each column of an importer stands in a file; undefined if it has none. */
export type Places<Column extends string = string> = Readonly<Record<Column, number | undefined>>

/** The form in which headers are compared. */
export function normaliseHeader(header: string): string {
  return normaliseText(header)
    .replace(/[\s_]+/gu, ' ')
    .replace(/[:*]+$/u, '')
    .trim()
}

/** Where an importer's columns stand in a header, or undefined if a required one is not there. */
export function placeColumns<Column extends string>(
  importer: Importer<Column>,
  header: readonly string[],
): Places<Column> | undefined {
  const normalised = header.map(normaliseHeader)
  const places = findColumns(importer.columns, normalised)
  return importer.required.every((column) => places[column] !== undefined) ? places : undefined
}

/** Where columns stand among normalised headers: for each the first header that is one of its names. */
export function findColumns<Column extends string>(
  columns: Readonly<Record<Column, readonly string[]>>,
  normalised: readonly string[],
): Places<Column> {
  const entries = Object.entries<readonly string[]>(columns).map(([column, names]) => {
    const wanted = names.map(normaliseHeader)
    const name = wanted.find((one) => normalised.includes(one))
    return [column, name === undefined ? undefined : normalised.indexOf(name)] as const
  })
  // Object.fromEntries widens the keys, which are those of `columns`.
  return Object.fromEntries(entries) as Places<Column>
}

/** A row of a file for an importer. */
export function viewRow<Column extends string>(
  cells: readonly string[],
  places: Places<Column>,
  style: FileStyle,
): Row<Column> {
  const text = (column: Column) => {
    const place = places[column]
    const cell = place === undefined ? '' : (cells[place] ?? '').trim()
    // Spreadsheets are told by ="00123" to leave a number as it is written.
    return cell.startsWith('="') && cell.endsWith('"') ? cell.slice(2, -1).trim() : cell
  }
  return {
    text,
    style,
    day: (column) =>
      readDay(text(column), style.dateOrder, style.calendar) ?? problem('day-unreadable', text(column)),
    amount: (column, currency) => {
      const read = readAmount(text(column), currency, style.decimal)
      return 'fault' in read ? problem(read.fault, text(column)) : read.amountMinor
    },
    currency: (column) => {
      const code = text(column).toUpperCase()
      return isCurrencyCode(code) ? code : problem('currency-unknown', text(column))
    },
  }
}

/** A row that cannot be taken, with the cell that is the cause. */
export function problem(which: RowProblem | AmountFault, cell: string): ReadRow {
  return { outcome: 'problem', problem: which, cell: cell.slice(0, MAX_CELL_SHOWN) }
}

const MAX_CELL_SHOWN = 80

/** A row that is left out. */
export function skipped(reason: SkipReason): ReadRow {
  return { outcome: 'skipped', reason }
}

/** A row that moves money; one that is a fee alone is one of the kind `fee`, and one of nothing is left out. */
export function moneyRow(row: Omit<MoneyRow, 'outcome'>): ReadRow {
  if (row.amountMinor !== 0n) return { outcome: 'money', ...row }
  if (row.feeMinor === 0n) return skipped('nothing-moved')
  return { outcome: 'money', ...row, kind: 'fee', amountMinor: row.feeMinor, feeMinor: 0n }
}

/** The day, the currency and the amounts of a row; an empty amount is undefined. */
export type Figures<Name extends string> = {
  readonly day: string
  readonly currency: CurrencyCode
  readonly amounts: Readonly<Record<Name, bigint | undefined>>
}

/** Reads a row's day, currency and amounts, or says which of them cannot be read. */
export function readFigures<Column extends string, Name extends string>(
  row: Row<Column>,
  columns: {
    day: Column
    currency: Column | { always: CurrencyCode }
    amounts: Readonly<Record<Name, Column>>
  },
): Figures<Name> | ReadRow {
  const day = row.day(columns.day)
  if (typeof day === 'object') return day
  const currency =
    typeof columns.currency === 'object' ? columns.currency.always : row.currency(columns.currency)
  if (typeof currency === 'object') return currency
  const amounts: Partial<Record<Name, bigint | undefined>> = {}
  for (const name in columns.amounts) {
    const amount = row.amount(columns.amounts[name], currency)
    if (typeof amount === 'object') return amount
    amounts[name] = amount
  }
  // Every name of `columns.amounts` was just given its amount.
  return { day, currency, amounts: amounts as Record<Name, bigint | undefined> }
}

/** The first of some texts that says something; empty if none does. */
export function firstText(...texts: readonly string[]): string {
  return texts.find((text) => text !== '') ?? ''
}
