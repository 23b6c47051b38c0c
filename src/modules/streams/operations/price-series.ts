import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid, NotFound, type FieldError } from '../../../platform/errors.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { audit } from '../../workspaces/index.ts'
import type { SeriesEntry, SeriesKey, SeriesKind } from '../purchasing-power-schema.ts'
import type { MonthRatios, Ratio } from '../rules/purchasing-power.ts'
import { decimalOf, readRatio, readSeries, type SeriesLine } from '../rules/purchasing-power-text.ts'

const MOST_FAULTS_TOLD = 20

/** Enters months of a series, or corrects them. @throws Invalid that names each entry which is none, or lies ahead. */
export async function setPriceSeries(
  ctx: Ctx,
  { key, entries }: { key: SeriesKey; entries: readonly SeriesEntry[] },
): Promise<number> {
  authorise(ctx, 'streams:write')
  const lines: SeriesLine[] = []
  const faults: FieldError[] = []
  for (const [at, { month, value }] of entries.entries()) {
    const ratio = readRatio(value)
    if (ratio === undefined)
      faults.push({ pointer: `/entries/${at}/value`, detail: 'problems.field.decimal-above-zero' })
    else if (isAhead(ctx, month))
      faults.push({ pointer: `/entries/${at}/month`, detail: 'problems.field.month-to-come' })
    else lines.push({ month, ratio })
  }
  if (faults.length > 0) throw new Invalid(faults.slice(0, MOST_FAULTS_TOLD))
  return writeSeries(ctx, key, lines)
}

/** Enters a series as it was pasted; see readSeries for the forms. @throws Invalid that names each line which cannot be read. */
export async function importPriceSeries(
  ctx: Ctx,
  { key, text }: { key: SeriesKey; text: string },
): Promise<number> {
  authorise(ctx, 'streams:write')
  const read = readSeries(text)
  const faults =
    read.outcome === 'faulty'
      ? read.faults.map(({ line, what }) => ({
          pointer: `/line/${line}`,
          detail: `problems.field.series-${what}`,
        }))
      : read.lines.flatMap(({ month }, at) =>
          isAhead(ctx, month)
            ? [{ pointer: `/entry/${at + 1}`, detail: 'problems.field.month-to-come' }]
            : [],
        )
  if (faults.length > 0) throw new Invalid(faults.slice(0, MOST_FAULTS_TOLD))
  if (read.outcome === 'faulty' || read.lines.length === 0)
    throw new Invalid([{ pointer: '', detail: 'problems.field.series-empty' }])
  return writeSeries(ctx, key, read.lines)
}

/** A series, oldest first. */
export async function listPriceSeries(ctx: Ctx, key: SeriesKey): Promise<SeriesEntry[]> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) =>
    [...(await readPriceSeries(tx, key))].map(([month, ratio]) => ({ month, value: decimalOf(ratio) })),
  )
}

/** Which series there are, and how far they reach. */
export async function listSeriesKeys(
  ctx: Ctx,
): Promise<{ kind: SeriesKind; currency: CurrencyCode; from: string; to: string; months: number }[]> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, (tx) =>
    rows<{ kind: SeriesKind; currency: CurrencyCode; from: string; to: string; months: number }>(
      tx,
      sql`SELECT kind, currency, min(month) AS "from", max(month) AS "to", count(*)::int4 AS months
          FROM stream_price_series WHERE workspace_id = ${tx.workspaceId} GROUP BY kind, currency ORDER BY kind, currency`,
    ),
  )
}

/** Takes one month of a series away. @throws NotFound */
export async function removeSeriesMonth(
  ctx: Ctx,
  { kind, currency, month }: SeriesKey & { month: string },
): Promise<void> {
  authorise(ctx, 'streams:write')
  await transaction(ctx, async (tx) => {
    const gone = await rows<{ month: string }>(
      tx,
      sql`DELETE FROM stream_price_series
          WHERE workspace_id = ${tx.workspaceId} AND kind = ${kind} AND currency = ${currency} AND month = ${month}
          RETURNING month`,
    )
    if (gone.length === 0) throw new NotFound()
    await auditSeries(tx, { kind, currency }, { removed: month })
  })
}

/** A series by month, oldest first. */
export async function readPriceSeries(ctx: TxCtx, { kind, currency }: SeriesKey): Promise<MonthRatios> {
  const found = await rows<{ month: string } & Ratio>(
    ctx,
    sql`SELECT month, numerator, denominator FROM stream_price_series
        WHERE workspace_id = ${ctx.workspaceId} AND kind = ${kind} AND currency = ${currency} ORDER BY month`,
  )
  return new Map(found.map(({ month, numerator, denominator }) => [month, { numerator, denominator }]))
}

async function writeSeries(ctx: Ctx, key: SeriesKey, lines: readonly SeriesLine[]): Promise<number> {
  const once = [...new Map(lines.map((line) => [line.month, line])).values()]
  return transaction(ctx, async (tx) => {
    await rows(
      tx,
      sql`INSERT INTO stream_price_series (workspace_id, kind, currency, month, numerator, denominator, recorded_at)
          SELECT ${tx.workspaceId}, ${key.kind}, ${key.currency}, x.month, x.numerator, x.denominator, ${ctx.clock.now()}
          FROM unnest(${listOf(once.map(({ month }) => month))}::text[],
            ${listOf(once.map(({ ratio }) => ratio.numerator))}::int8[],
            ${listOf(once.map(({ ratio }) => ratio.denominator))}::int8[]) x (month, numerator, denominator)
          ON CONFLICT (workspace_id, kind, currency, month) DO UPDATE SET numerator = excluded.numerator,
            denominator = excluded.denominator, recorded_at = excluded.recorded_at`,
    )
    await auditSeries(tx, key, { months: once.length })
    return once.length
  })
}

async function auditSeries(
  ctx: TxCtx,
  key: SeriesKey,
  after: Record<string, string | number>,
): Promise<void> {
  await audit(ctx, {
    action: 'price-series.set',
    subjectKind: 'price-series',
    subjectId: `${key.kind} ${key.currency}`,
    after,
  })
}

function isAhead(ctx: Ctx, month: string): boolean {
  return month > ctx.clock.now().toISOString().slice(0, 7)
}

/** PostgreSQL's text form of an array of months or numbers, in which nothing needs quoting. */
function listOf(values: readonly (string | bigint)[]): string {
  return `{${values.join(',')}}`
}
