import { z } from '@hono/zod-openapi'
import { t } from '../../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { idSchema } from '../../../shared/ids.ts'
import { fromApi, toDecimalString } from '../../../shared/money.ts'
import { compareStreams, STREAM_SORTS } from '../../../shared/stream-order.ts'
import {
  figuresQuery,
  listHours,
  listMoney,
  readFigures,
  type AllFigures,
  type Hours,
  type MoneyEntry,
} from '../../streams/index.ts'
import type { CsvList } from './export-list.ts'

const BATCH = 500

/** Which streams, over which months, in which order. */
export const streamsCsvQuery = figuresQuery.extend({
  sort: z.enum(STREAM_SORTS).default('-net'),
  archived: z.enum(['true', 'false']).default('false'),
})

type Figured = AllFigures['streams'][number] & { currency: CurrencyCode }

/** All streams beside one another, over the months of the list. */
export const streams: CsvList<Figured> = {
  right: 'streams:read',
  columns: ['name', 'kind', 'income', 'cost', 'net', 'per-hour', 'currency', 'upkeep', 'building', 'passive'],
  read: async (ctx, filter) => {
    const { sort, archived, ...query } = streamsCsvQuery.parse(filter)
    const { currency, streams: all } = await readFigures(ctx, query)
    const compare = compareStreams(sort, ctx.locale)
    const keyOf = ({ name, figures: { netMinor, netPerHourMinor: perHourMinor } }: (typeof all)[number]) => ({
      name,
      netMinor,
      perHourMinor,
    })
    const items = all
      .filter((one) => archived === 'true' || !one.archived)
      .toSorted((left, right) => compare(keyOf(left), keyOf(right)))
      .map((one) => ({ ...one, currency }))
    return { items, next: null }
  },
  cells: ({ name, kind, figures, currency }, { ctx }) => {
    const decimal = (amountMinor: bigint) => toDecimalString({ amountMinor, currency })
    const { incomeMinor, costMinor, netMinor, netPerHourMinor, passivity } = figures
    return [
      name,
      t(ctx.locale, `dashboard.streams.kinds.${kind}`),
      decimal(incomeMinor),
      decimal(costMinor),
      decimal(netMinor),
      netPerHourMinor === null ? '' : decimal(netPerHourMinor),
      currency,
      hours(figures.upkeepMinutes),
      hours(figures.buildingMinutes),
      passivity === null ? '' : passivity.toFixed(4),
    ]
  },
}

/** Which stream. */
export const streamCsvQuery = z.object({ streamId: idSchema })

type Part = { entry: MoneyEntry; part: MoneyEntry['parts'][number] }

/** What was posted of a stream, a record for each part of an entry. */
export const streamMoney: CsvList<Part> = {
  right: 'streams:read',
  columns: ['entry', 'day', 'way', 'amount', 'currency', 'note', 'origin', 'reversed'],
  read: async (ctx, filter, after) => {
    const { streamId } = streamCsvQuery.parse(filter)
    const page = await listMoney(ctx, { streamId, after, limit: BATCH })
    const parts = page.items.flatMap((entry) => entry.parts.map((part) => ({ entry, part })))
    return { items: parts, next: page.next }
  },
  cells: ({ entry, part }, { ctx }) => [
    entry.id,
    entry.on,
    t(ctx.locale, `dashboard.streams.money.kinds.${part.kind}`),
    toDecimalString(fromApi(part.amount)),
    part.amount.currency,
    entry.note,
    t(ctx.locale, `dashboard.streams.money.origins.${entry.origin}`),
    entry.reversed ? t(ctx.locale, 'dashboard.streams.money.reversed') : '',
  ],
}

/** Time that was given to a stream. */
export const streamHours: CsvList<Hours> = {
  right: 'streams:read',
  columns: ['day', 'purpose', 'hours', 'note'],
  read: (ctx, filter, after) => listHours(ctx, { ...streamCsvQuery.parse(filter), after, limit: BATCH }),
  cells: ({ day, purpose, minutes, note }, { ctx }) => [
    day,
    t(ctx.locale, `dashboard.streams.hours.purposes.${purpose}`),
    hours(minutes),
    note,
  ],
}

/** `1.75`: spreadsheets add such hours up. */
function hours(minutes: number): string {
  return (minutes / 60).toFixed(2)
}
