import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { ApiConcentration, ApiDimension, ApiLimits } from '../concentration-schema.ts'
import {
  alarmsOf,
  concentrationOf,
  keyOf,
  netsWithout,
  WINDOW_MONTHS,
  type Dimension,
  type Share,
} from '../rules/concentration.ts'
import { coverageOf, LOOK_BACK_MONTHS } from '../rules/coverage.ts'
import { concentrationLimitsOf } from './concentration-limits.ts'
import { readLivingCosts, type LivingCostRow } from './living-costs.ts'
import { readMoneySettings } from './money-settings.ts'
import { describeMarkers, inApi } from './read-coverage.ts'
import {
  completeMonths,
  knownMonths,
  readEarnedParts,
  readNamedStreams,
  sinceFirst,
  type KnownPart,
  type NamedStream,
} from './read-earned-parts.ts'

/** All that the dimensions are reckoned from. `months` are those whose rates are all known, oldest first. */
type Ground = {
  readonly ctx: TxCtx
  readonly currency: CurrencyCode
  readonly months: readonly string[]
  readonly parts: readonly KnownPart[]
  readonly streams: ReadonlyMap<string, NamedStream>
  /** Empty where they are in another currency than the one compared in. */
  readonly costs: readonly LivingCostRow[]
}

/**
 * How far income of the last twelve complete months hangs on few streams, platforms, currencies, payers and countries; what
 * sets off an alarm and why; what would be left if the largest fell away; and how it was in the 24 months before.
 */
export async function readConcentration(
  ctx: Ctx,
  wish: { currency?: CurrencyCode | undefined },
): Promise<ApiConcentration> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    const currency = wish.currency ?? (await readMoneySettings(tx)).currency
    if (currency === null) return nothingYet
    const streams = await readNamedStreams(tx)
    const asked = completeMonths(ctx.clock.now(), { months: LOOK_BACK_MONTHS + WINDOW_MONTHS - 1 })
    const parts = await readEarnedParts(tx, { months: asked, currency, streams })
    const { known, missing } = knownMonths(sinceFirst(asked, parts), parts)
    const costs = (await readLivingCosts(tx)).filter((cost) => cost.currency === currency)
    const ground = {
      ctx: tx,
      currency,
      months: known,
      parts,
      costs,
      streams: new Map(streams.map((one) => [one.id, one])),
    }
    const limits = await concentrationLimitsOf(tx)
    const window = known.slice(-WINDOW_MONTHS)
    return {
      currency,
      from: window[0] ?? null,
      to: window.at(-1) ?? null,
      months: window.length,
      missing,
      dimensions: limits.map((its) => dimensionOf(ground, its)),
    }
  })
}

function dimensionOf(ground: Ground, limits: ApiLimits): ApiDimension {
  const { ctx, currency, months } = ground
  const { by } = limits
  const money = inApi(currency)
  const now = figuresOf(ground, by, months.slice(-WINDOW_MONTHS))
  const [largest] = now.shares
  const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
  return {
    by,
    total: money(now.totalMinor),
    unsaid: money(now.unsaidMinor),
    shares: now.shares.map(({ incomeMinor, ...one }) => ({
      ...one,
      name: nameOf(ground, by, one.key),
      income: money(incomeMinor),
    })),
    hhi: now.hhi,
    effective: now.effective,
    limits,
    alarms: alarmsOf(now, limits).map((alarm) => ({
      ...alarm,
      detail: t(ctx.locale, `coverage.alarms.${alarm.kind}`, {
        value: alarm.kind === 'hhi' ? alarm.value.toFixed(2) : percent.format(alarm.value),
        limit: alarm.kind === 'hhi' ? alarm.limit.toFixed(2) : percent.format(alarm.limit),
        parts: Math.round(10 / alarm.value) / 10,
      }),
    })),
    without: largest === undefined ? null : withoutLargest(ground, by, largest),
    history: historyOf(ground, by),
  }
}

function figuresOf({ parts, streams }: Ground, by: Dimension, months: readonly string[]) {
  const inside = new Set(months)
  const own = parts.filter(({ month }) => inside.has(month))
  return concentrationOf(own, (part) => keyOf(part, by, streams))
}

function historyOf(ground: Ground, by: Dimension): ApiDimension['history'] {
  const { months } = ground
  const from = Math.max(0, months.length - LOOK_BACK_MONTHS)
  return months.slice(from).map((month, at) => {
    const window = months.slice(Math.max(0, from + at + 1 - WINDOW_MONTHS), from + at + 1)
    const { hhi, effective, shares } = figuresOf(ground, by, window)
    return { month, months: window.length, hhi, effective, largest: shares[0]?.share ?? null }
  })
}

function withoutLargest(ground: Ground, by: Dimension, { key }: Share): ApiDimension['without'] {
  const { ctx, currency, costs, parts, streams } = ground
  const months = ground.months.slice(-LOOK_BACK_MONTHS)
  const from = ctx.clock.now().toISOString().slice(0, 7)
  const now = coverageOf(costs, netsWithout(months, parts), from)
  const then = coverageOf(
    costs,
    netsWithout(months, parts, (part) => keyOf(part, by, streams) === key),
    from,
  )
  return {
    key,
    name: nameOf(ground, by, key),
    markers: describeMarkers(then.markers, currency),
    steps:
      costs.length === 0
        ? []
        : then.steps.map(({ step, upToMinor, covered }, at) => ({
            step,
            upTo: inApi(currency)(upToMinor),
            now: now.steps[at]?.covered.usual ?? null,
            left: covered.usual,
          })),
  }
}

/** A stream's own name; everything else is called by its key. */
function nameOf({ streams }: Ground, by: Dimension, key: string): string {
  return by === 'stream' ? (streams.get(key)?.name ?? key) : key
}

const nothingYet: ApiConcentration = {
  currency: null,
  from: null,
  to: null,
  months: 0,
  missing: [],
  dimensions: [],
}
