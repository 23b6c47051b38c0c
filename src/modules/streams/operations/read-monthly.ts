import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { sumStreams, type StreamSum } from '../../ledger/index.ts'
import { addDays, daysOfMonth, monthsOf, type Month } from '../rules/periods.ts'
import type { StreamMonth } from '../schema.ts'
import { chosenRates } from './money-settings.ts'

/** Gregorian months, both counted: `2026-01`. */
export type Months = { readonly from: string; readonly to: string; readonly calendar?: Calendar }

/**
 * What every stream earned and cost by currency, and took in hours, in each month; months in which there was nothing are
 * left out. Archived streams too. Sorted by month. In the Hijri calendar these are the months that hold any day of `from`
 * to `to`, whole.
 */
export async function readMonthly(
  ctx: Ctx,
  { from, to, calendar = 'gregorian' }: Months,
): Promise<StreamMonth[]> {
  authorise(ctx, 'streams:read')
  const days = { from: daysOfMonth(from).from, to: addDays(daysOfMonth(to).before, -1) }
  const months = monthsOf({ ...days, calendar })
  return transaction(ctx, async (tx) => {
    const { sums, hours } = await readHistory(tx, months)
    return joined(months, sums, hours)
  })
}

/** Sums of a stream in one month and currency; the stream is known. */
export type StreamHistorySum = Omit<StreamSum, 'stream'> & { readonly streamId: string }

/** Minutes given to a stream in one month. */
export type StreamHoursSum = {
  readonly streamId: string
  readonly period: number
  readonly upkeepMinutes: number
  readonly buildingMinutes: number
}

/** What streams earned, cost and took; `unassigned` is money in the books that belongs to no stream. */
export type History = {
  readonly sums: readonly StreamHistorySum[]
  readonly unassigned: readonly StreamSum[]
  readonly hours: readonly StreamHoursSum[]
}

/**
 * Sums of money and minutes by stream and month, in few statements; with `into`, also in that currency, at rates of the kind
 * that the workspace chose.
 */
export async function readHistory(
  ctx: TxCtx,
  months: readonly Month[],
  into?: CurrencyCode,
): Promise<History> {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return { sums: [], unassigned: [], hours: [] }
  const starts = months.map((month) => month.from)
  const streamOf = await readDimensions(ctx)
  const wanted = into && { currency: into, through: await chosenRates(ctx) }
  const sums: StreamHistorySum[] = []
  const unassigned: StreamSum[] = []
  for (const { stream, ...sum } of await sumStreams(ctx, { starts, before: last.before }, wanted)) {
    const streamId = stream === null ? undefined : streamOf(stream)
    if (streamId === undefined) unassigned.push({ ...sum, stream })
    else sums.push({ ...sum, streamId })
  }
  const hours = await rows<StreamHoursSum>(
    ctx,
    sql`SELECT stream_id AS "streamId", width_bucket(day, ${`{${starts.join(',')}}`}::date[]) - 1 AS period,
          coalesce(sum(minutes) FILTER (WHERE purpose = 'upkeep'), 0)::int4 AS "upkeepMinutes",
          coalesce(sum(minutes) FILTER (WHERE purpose = 'building'), 0)::int4 AS "buildingMinutes"
        FROM stream_hours
        WHERE workspace_id = ${ctx.workspaceId} AND day >= ${first.from}::date AND day < ${last.before}::date
        GROUP BY 1, 2`,
  )
  return { sums, unassigned, hours }
}

/**
 * Which stream a dimension of the ledger feeds. The store takes the products that are no stream of their own; money of
 * anything else that is no stream feeds none.
 */
async function readDimensions(
  ctx: TxCtx,
): Promise<(stream: { kind: string; id: string }) => string | undefined> {
  const found = await rows<{ id: string; kind: string; dimension: string }>(
    ctx,
    sql`SELECT id, kind, dimension_kind || '/' || dimension_id AS dimension FROM streams
        WHERE workspace_id = ${ctx.workspaceId} ORDER BY id`,
  )
  const byDimension = new Map(found.map(({ id, dimension }) => [dimension, id]))
  const store = found.find(({ kind }) => kind === 'store')?.id
  return ({ kind, id }) => byDimension.get(`${kind}/${id}`) ?? (kind === 'product' ? store : undefined)
}

function joined(
  months: readonly Month[],
  sums: readonly StreamHistorySum[],
  hours: readonly StreamHoursSum[],
): StreamMonth[] {
  const keyOf = ({ streamId, period }: { streamId: string; period: number }) => `${period} ${streamId}`
  const minutes = new Map(hours.map((one) => [keyOf(one), one]))
  const money = Map.groupBy(sums, keyOf)
  const keys = new Map([...sums, ...hours].map((one) => [keyOf(one), one]))
  return [...keys]
    .toSorted(([, left], [, right]) => left.period - right.period)
    .map(([key, { streamId, period }]) => ({
      streamId,
      month: months[period]?.label ?? '',
      money: inOneEach(money.get(key) ?? []),
      upkeepMinutes: minutes.get(key)?.upkeepMinutes ?? 0,
      buildingMinutes: minutes.get(key)?.buildingMinutes ?? 0,
    }))
}

/** One sum per currency: several products may feed the store. */
function inOneEach(sums: readonly StreamHistorySum[]): StreamMonth['money'] {
  return [...Map.groupBy(sums, ({ currency }) => currency)].map(([currency, same]) => ({
    currency,
    incomeMinor: same.reduce((total, { incomeMinor }) => total + incomeMinor, 0n),
    costMinor: same.reduce((total, { costMinor }) => total + costMinor, 0n),
  }))
}
