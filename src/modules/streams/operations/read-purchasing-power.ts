import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { readRateOf } from '../../ledger/index.ts'
import type { PurchasingPower, PurchasingPowerQuery } from '../purchasing-power-schema.ts'
import { isCompared } from '../rules/kinds.ts'
import { addDays, type Month } from '../rules/periods.ts'
import {
  atPricesOf,
  devaluationsOf,
  inGold,
  seriesOf,
  type MonthRatios,
  type Ratio,
  type Series,
} from '../rules/purchasing-power.ts'
import { chosenRates, readMoneySettings } from './money-settings.ts'
import { readPriceSeries } from './price-series.ts'
import {
  completeMonths,
  readEarnedParts,
  readNamedStreams,
  sinceFirst,
  type KnownPart,
} from './read-earned-parts.ts'
import { readHistory } from './read-monthly.ts'

type Points = PurchasingPower['series'][number]['points']
type Drawn = Pick<PurchasingPower, 'series' | 'missing' | 'baseMonth'>
type Ground = { readonly months: readonly Month[]; readonly currency: CurrencyCode }

/** The devaluation of the dollar itself is told in euros. */
const YARDSTICKS = ['USD', 'EUR'] as const

/**
 * Income and what it left by month, so that it can be compared over time: as it came, in one currency, at the prices of one
 * month, or in gold. Months of which something is not known are left out and told. Salaries are not counted.
 */
export async function readPurchasingPower(ctx: Ctx, query: PurchasingPowerQuery): Promise<PurchasingPower> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    const settings = await readMoneySettings(tx)
    const currency = query.currency ?? settings.currency
    const { measure } = query
    if (currency === null) return { ...nothingYet, measure, rateKind: settings.rateKind }
    const ground = { months: completeMonths(ctx.clock.now(), query), currency }
    const drawn = measure === 'nominal' ? await asItCame(tx, ground) : await comparable(tx, ground, measure)
    return {
      measure,
      currency,
      rateKind: settings.rateKind,
      months: ground.months.map(({ label }) => label),
      ...drawn,
      devaluations: await findDevaluations(tx, ground),
    }
  })
}

async function asItCame(ctx: TxCtx, { months }: Ground): Promise<Drawn> {
  const { sums } = await readHistory(ctx, months)
  const compared = new Set(
    (await readNamedStreams(ctx)).filter(({ kind }) => isCompared(kind)).map(({ id }) => id),
  )
  const counted = sums.filter(({ streamId }) => !compared.has(streamId))
  const series = [...Map.groupBy(counted, ({ currency }) => currency)].map(([unit, own]) => ({
    unit,
    points: months.map(({ label }, at) => {
      const its = own.filter(({ period }) => period === at)
      const income = its.reduce((sum, { incomeMinor }) => sum + incomeMinor, 0n)
      const cost = its.reduce((sum, { costMinor }) => sum + costMinor, 0n)
      return { month: label, income: income.toString(), net: (income - cost).toString() }
    }),
  }))
  return {
    series: series.toSorted((left, right) => (left.unit < right.unit ? -1 : 1)),
    missing: [],
    baseMonth: null,
  }
}

async function comparable(
  ctx: TxCtx,
  ground: Ground,
  measure: 'currency' | 'prices' | 'gold',
): Promise<Drawn> {
  const currency = measure === 'gold' ? await goldCurrency(ctx, ground.currency) : ground.currency
  const parts = await readEarnedParts(ctx, {
    months: ground.months,
    currency,
    streams: await readNamedStreams(ctx),
  })
  const months = sinceFirst(ground.months, parts)
  const unit = measure === 'gold' ? 'mg' : currency
  if (measure === 'currency') return drawnOf({ months, parts, unit, view: (series) => series })
  const entered = await readPriceSeries(ctx, { kind: measure, currency })
  const known = byLabel(months, entered)
  if (measure === 'gold')
    return drawnOf({ months, parts, unit, view: (series) => inGold(series, { gram: known, currency }) })
  const [baseMonth, base] = [...known].at(-1) ?? []
  const view = (series: Series) =>
    atPricesOf(series, { base: base ?? { numerator: 1n, denominator: 1n }, index: known, currency })
  return { ...drawnOf({ months, parts, unit, view }), baseMonth: baseMonth ?? null }
}

function drawnOf(plan: {
  months: readonly Month[]
  parts: readonly KnownPart[]
  unit: string
  view: (series: Series) => Series
}): Drawn {
  const { months, parts, unit, view } = plan
  const labels = months.map(({ label }) => label)
  const seen = (amount: (part: KnownPart) => bigint) =>
    view(
      seriesOf(
        labels,
        parts.map((part) => ({ ...part, amountMinor: amount(part) })),
      ),
    )
  const income = seen((part) => part.incomeMinor)
  const nets = new Map(seen((part) => part.netMinor).values.map(({ month, value }) => [month, value]))
  const points: Points = income.values.map(({ month, value }) => ({
    month,
    income: value.toString(),
    net: (nets.get(month) ?? 0n).toString(),
  }))
  return {
    series: points.length === 0 ? [] : [{ unit, points }],
    missing: [...income.missing],
    baseMonth: null,
  }
}

/** Where a gram has a price: in the currency itself, or else in any. */
async function goldCurrency(ctx: TxCtx, currency: CurrencyCode): Promise<CurrencyCode> {
  const [found] = await rows<{ currency: CurrencyCode }>(
    ctx,
    sql`SELECT currency FROM stream_price_series WHERE workspace_id = ${ctx.workspaceId} AND kind = 'gold'
        GROUP BY currency ORDER BY (currency = ${currency}) DESC, count(*) DESC, currency LIMIT 1`,
  )
  return found?.currency ?? currency
}

/** What was entered for Gregorian months, by the months shown: a Hijri one takes that which holds its middle. */
function byLabel(months: readonly Month[], entered: MonthRatios): MonthRatios {
  return new Map(
    months.flatMap(({ label, from }): [string, Ratio][] => {
      const ratio = entered.get(addDays(from, 14).slice(0, 7))
      return ratio === undefined ? [] : [[label, ratio]]
    }),
  )
}

/** By gold where its price was entered for the currency, otherwise by the dollar at the end of each month. */
async function findDevaluations(
  ctx: TxCtx,
  { months, currency }: Ground,
): Promise<PurchasingPower['devaluations']> {
  const labels = months.map(({ label }) => label)
  const gram = byLabel(months, await readPriceSeries(ctx, { kind: 'gold', currency }))
  if (gram.size > 1) return devaluationsOf(labels, gram).map((one) => ({ ...one, against: 'gold' }))
  const against = YARDSTICKS.find((code) => code !== currency) ?? 'USD'
  const until = months.at(-1)?.before ?? ''
  if (until === '') return []
  const rateOf = (await chosenRates(ctx))(await readRateOf(ctx, currency, until))
  const rates = months.flatMap(({ label, before }): [string, Ratio][] => {
    const rate = rateOf({ base: against, quote: currency, day: addDays(before, -1) })
    return rate === undefined ? [] : [[label, rate]]
  })
  return devaluationsOf(labels, new Map(rates)).map((one) => ({ ...one, against }))
}

const nothingYet = { currency: null, baseMonth: null, months: [], series: [], missing: [], devaluations: [] }
