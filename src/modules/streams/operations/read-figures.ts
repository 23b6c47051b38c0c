import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { figuresOf, passivityOf, writeOff, type FigureMonth, type Figures } from '../rules/figures.ts'
import { isCompared } from '../rules/kinds.ts'
import { addDays, daysOfMonth, monthsOf, placeOfDay, type Month } from '../rules/periods.ts'
import type { StreamKind } from '../schema.ts'
import { readMoneySettings } from './money-settings.ts'
import { readHistory, type History } from './read-monthly.ts'

const MOST_MONTHS = 240
const USUAL_MONTHS = 12

/** Which months, in which currency; the last twelve unless it is said. Months are Gregorian and both counted. */
export type FiguresQuery = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly calendar: Calendar
  /** That of the settings unless it is said; where nobody chose one, the one in which most was earned. */
  readonly currency?: CurrencyCode | undefined
  readonly streamId?: string | undefined
}

/** A month of a stream; `incomplete` where a rate is missing, so that not all of its money is in it. */
export type StreamFigureMonth = FigureMonth & { readonly incomplete: boolean }

/** The figures of one stream; months as in the answer's. Those before it began and after it ended are no part of its figures. */
export type StreamFigures = {
  readonly id: string
  readonly kind: StreamKind
  readonly name: string
  readonly archived: boolean
  /** It is compared with only: no part of the total. */
  readonly compared: boolean
  readonly months: readonly StreamFigureMonth[]
  readonly figures: Figures
}

/** All figures in one currency, each day at its rate. */
export type AllFigures = {
  readonly currency: CurrencyCode
  readonly months: readonly Month[]
  readonly streams: readonly StreamFigures[]
  readonly total: Figures
  /** Earned and spent in the books without a stream. */
  readonly unassigned: { readonly incomeMinor: bigint; readonly costMinor: bigint }
  /** Currencies without a rate, and the first day that lacks it: their money is in no figure. */
  readonly missingRates: readonly { readonly currency: CurrencyCode; readonly day: string }[]
}

type Known = {
  id: string
  kind: StreamKind
  name: string
  archived: boolean
  lifeMonths: number
  beganOn: string | null
  endedOn: string | null
}

/** Figures of every stream, or of one, and of all together. @throws NotFound, Invalid for too many months */
export async function readFigures(ctx: Ctx, query: FiguresQuery): Promise<AllFigures> {
  authorise(ctx, 'streams:read')
  const today = ctx.clock.now().toISOString().slice(0, 10)
  const months = monthsAsked(query, today)
  return transaction(ctx, async (tx) => {
    const streams = await readKnown(tx, query.streamId)
    const currency = query.currency ?? (await usualCurrency(tx, months))
    const history = await readHistory(tx, months, currency)
    const building = await readBuilding(tx)
    const [sums, hours] = [byStream(history.sums), byStream(history.hours)]
    const rows = streams.map((stream) => {
      const own = { sums: sums.get(stream.id) ?? [], hours: hours.get(stream.id) ?? [] }
      return figuresFor({ stream, months, own, building, today })
    })
    return {
      currency,
      months,
      streams: rows,
      total: totalOf(rows, months, today),
      unassigned: {
        incomeMinor: sum(history.unassigned.map(({ converted }) => converted.incomeMinor)),
        costMinor: sum(history.unassigned.map(({ converted }) => converted.costMinor)),
      },
      missingRates: missingRates(history),
    }
  })
}

/** Where nothing was earned yet, any currency is as good as another. */
const ANY_CURRENCY = 'USD'

async function usualCurrency(ctx: TxCtx, months: readonly Month[]): Promise<CurrencyCode> {
  const { currency } = await readMoneySettings(ctx)
  if (currency !== null) return currency
  const { sums } = await readHistory(ctx, months)
  const counts = [...Map.groupBy(sums, (one) => one.currency)].map(
    ([code, { length }]) => [code, length] as const,
  )
  return counts.toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? ANY_CURRENCY
}

function monthsAsked({ from, to, calendar }: FiguresQuery, today: string): Month[] {
  const last = to ?? today.slice(0, 7)
  const first = from ?? monthsBefore(last, USUAL_MONTHS - 1)
  const span = { from: daysOfMonth(first).from, to: addDays(daysOfMonth(last).before, -1) }
  // Only where the range is sound: it is walked through month by month.
  if (placeOfDay(span.to) - placeOfDay(span.from) > MOST_MONTHS)
    throw new Invalid([{ pointer: '/from', detail: 'problems.field.months-too-many' }])
  if (first > last) throw new Invalid([{ pointer: '/to', detail: 'problems.field.end-before-beginning' }])
  return monthsOf({ ...span, calendar })
}

function monthsBefore(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

async function readKnown(ctx: TxCtx, only: string | undefined): Promise<Known[]> {
  const found = await rows<Known>(
    ctx,
    sql`SELECT id, kind, name, archived_at IS NOT NULL AS archived, life_months AS "lifeMonths",
          began_on::text AS "beganOn", ended_on::text AS "endedOn"
        FROM streams WHERE workspace_id = ${ctx.workspaceId} ${only === undefined ? sql`` : sql`AND id = ${only}`}
        ORDER BY id`,
  )
  if (only !== undefined && found.length === 0) throw new NotFound()
  return found
}

type Building = ReadonlyMap<string, readonly { month: number; minutes: number }[]>

/** All building so far, by stream and month: what is written off now may have been built years ago. */
async function readBuilding(ctx: TxCtx): Promise<Building> {
  const found = await rows<{ streamId: string; month: number; minutes: number }>(
    ctx,
    sql`SELECT stream_id AS "streamId", (extract(year FROM day) * 12 + extract(month FROM day) - 1)::int4 AS month,
          sum(minutes)::int4 AS minutes
        FROM stream_hours WHERE workspace_id = ${ctx.workspaceId} AND purpose = 'building' GROUP BY 1, 2`,
  )
  return Map.groupBy(found, ({ streamId }) => streamId)
}

/** What one stream brought, cost and took. */
type Own = Pick<History, 'sums' | 'hours'>

function byStream<One extends { streamId: string }>(all: readonly One[]): Map<string, One[]> {
  return Map.groupBy(all, ({ streamId }) => streamId)
}

type Row = { stream: Known; months: readonly Month[]; own: Own; building: Building; today: string }

function figuresFor({ stream, months, own, building, today }: Row): StreamFigures {
  const { id, kind, name, archived, lifeMonths } = stream
  const dense = denseMonths(months, own)
  const { first, before } = lifeIn(stream, months, dense)
  const within = { from: placeOf(months, first), before: placeOf(months, before), lifeMonths }
  const alive = dense.slice(first, before)
  const whole = months.slice(first, before).filter((month) => month.before <= today).length
  const writtenOffMinutes = alive.length === 0 ? 0 : writeOff(building.get(id) ?? [], within)
  return {
    id,
    kind,
    name,
    archived,
    compared: isCompared(kind),
    months: dense,
    figures: figuresOf(alive, { writtenOffMinutes, whole }),
  }
}

function denseMonths(months: readonly Month[], all: Own): StreamFigureMonth[] {
  const sums = Map.groupBy(all.sums, ({ period }) => period)
  const hours = new Map(all.hours.map((one) => [one.period, one]))
  return months.map((_, period) => {
    const own = sums.get(period) ?? []
    return {
      incomeMinor: sum(own.map(({ converted }) => converted.incomeMinor)),
      costMinor: sum(own.map(({ converted }) => converted.costMinor)),
      upkeepMinutes: hours.get(period)?.upkeepMinutes ?? 0,
      buildingMinutes: hours.get(period)?.buildingMinutes ?? 0,
      incomplete: own.some(({ missing }) => missing !== null),
    }
  })
}

/** The months in which the stream was alive: from its beginning, or its first sign of life, to its end. */
function lifeIn(
  { beganOn, endedOn }: Known,
  months: readonly Month[],
  dense: readonly FigureMonth[],
): { first: number; before: number } {
  const signs = dense.flatMap((month, at) => (isEmpty(month) ? [] : [at]))
  const from = signs[0] ?? months.length
  const began = beganOn === null ? -1 : months.findIndex(({ before }) => before > beganOn)
  const first = began < 0 ? from : Math.min(began, from)
  const ended = endedOn === null ? -1 : months.findIndex(({ before }) => before > endedOn)
  const before = ended < 0 ? months.length : Math.max(ended, signs.at(-1) ?? ended) + 1
  return { first, before: Math.max(first, before) }
}

function isEmpty({ incomeMinor, costMinor, upkeepMinutes, buildingMinutes }: FigureMonth): boolean {
  return incomeMinor === 0n && costMinor === 0n && upkeepMinutes === 0 && buildingMinutes === 0
}

/** Where a month begins among all months; after the last, where that ends. */
function placeOf(months: readonly Month[], at: number): number {
  const day = months[at]?.from ?? months.at(-1)?.before
  return day === undefined ? 0 : placeOfDay(day)
}

/** All streams that count, month by month. What is passive is so stream by stream. */
function totalOf(streams: readonly StreamFigures[], months: readonly Month[], today: string): Figures {
  const counted = streams.filter(({ compared }) => !compared)
  const together = months.map((_, at) => addUp(counted.map((stream) => stream.months[at])))
  const first = Math.max(
    0,
    together.findIndex((month) => !isEmpty(month)),
  )
  const whole = months.slice(first).filter((month) => month.before <= today).length
  const writtenOffMinutes = counted.reduce((all, { figures }) => all + figures.writtenOffMinutes, 0)
  return {
    ...figuresOf(together.slice(first), { writtenOffMinutes, whole }),
    passivity: passivityOf(counted.flatMap((stream) => stream.months)),
  }
}

function addUp(months: readonly (FigureMonth | undefined)[]): FigureMonth {
  const there = months.filter((month) => month !== undefined)
  return {
    incomeMinor: sum(there.map((month) => month.incomeMinor)),
    costMinor: sum(there.map((month) => month.costMinor)),
    upkeepMinutes: there.reduce((all, month) => all + month.upkeepMinutes, 0),
    buildingMinutes: there.reduce((all, month) => all + month.buildingMinutes, 0),
  }
}

function missingRates({ sums, unassigned }: History): AllFigures['missingRates'] {
  const first = new Map<CurrencyCode, string>()
  for (const { currency, missing } of [...sums, ...unassigned]) {
    const known = first.get(currency)
    if (missing !== null && (known === undefined || missing < known)) first.set(currency, missing)
  }
  return [...first].map(([currency, day]) => ({ currency, day }))
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, one) => all + one, 0n)
}
