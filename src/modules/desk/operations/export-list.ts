import { authorise, type Right } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Page } from '../../../platform/http/page.ts'
import { t } from '../../../platform/i18n/index.ts'
import { CSV_START, csvRecord } from '../../../shared/write-csv.ts'
import { getPublicStore } from '../../catalog/index.ts'
import { csvLists } from './csv-lists.ts'

/** Takes one piece of the file; the next is made when it resolves. */
export type Sink = (text: string) => Promise<void>

/** One list as a file: where its rows come from, and which cells they have. Heads are `desk.export.<name>.<column>`. */
export type CsvList<Row> = {
  readonly right: Right
  readonly columns: readonly string[]
  read(ctx: Ctx, filter: CsvFilter, after: string | undefined): Promise<Page<Row>>
  cells(row: Row, reading: CsvReading): string[]
}

/** What is exported: as the list's own address says. */
export type CsvFilter = Readonly<Record<string, string | undefined>>

/** How times and states are written. */
export type CsvReading = { ctx: Ctx; time: (instant: string | Date | null) => string }

/** The lists that can be taken along. */
export type CsvName = keyof typeof csvLists

/**
 * Writes a whole list, narrowed as the list itself, page by page: memory and transactions stay small whatever its size.
 * Heads and states are in the reader's language, times are those of the store. The first page is read before anything is
 * written, so that what is wrong with the wish is still answered as a problem.
 */
export async function startCsv<Name extends CsvName>(
  ctx: Ctx,
  name: Name,
  filter: CsvFilter,
): Promise<(sink: Sink) => Promise<void>> {
  // Each list goes with its own rows; the compiler cannot tell that through the union of all.
  const list = csvLists[name] as unknown as CsvList<unknown>
  authorise(ctx, list.right)
  const { timeZone } = await getPublicStore(ctx)
  const first = await list.read(ctx, filter, undefined)
  const reading = { ctx, time: timeIn(timeZone) }
  return async (sink) => {
    const heads = list.columns.map((column) => t(ctx.locale, `desk.export.${name}.${column}`))
    await sink(CSV_START + csvRecord(heads))
    for (let page = first; ;) {
      await sink(page.items.map((row) => csvRecord(list.cells(row, reading))).join(''))
      if (page.next === null) return
      page = await list.read(ctx, filter, page.next)
    }
  }
}

/** What the file is called. */
export function csvName(ctx: Ctx, name: CsvName): string {
  return `${t(ctx.locale, `desk.export.${name}.file`)}.csv`
}

/** `2026-02-28 21:30`, which every spreadsheet takes for a time. */
function timeIn(timeZone: string): CsvReading['time'] {
  const format = new Intl.DateTimeFormat('sv-SE-u-nu-latn', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return (instant) => (instant === null ? '' : format.format(new Date(instant)))
}
