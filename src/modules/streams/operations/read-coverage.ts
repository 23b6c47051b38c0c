import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toApi } from '../../../shared/money.ts'
import type { ApiCoverage } from '../coverage-schema.ts'
import { netsWithout } from '../rules/concentration.ts'
import { coverageOf, FEW_MONTHS, LOOK_BACK_MONTHS, type CoveredStep, type Marker } from '../rules/coverage.ts'
import { readLivingCosts, type LivingCostRow } from './living-costs.ts'
import { readMoneySettings } from './money-settings.ts'
import {
  completeMonths,
  knownMonths,
  readEarnedParts,
  readNamedStreams,
  sinceFirst,
} from './read-earned-parts.ts'

/**
 * How much of the ladder of living costs the streams cover in a bad, a usual and a good month of the last 24, after their
 * costs, in the currency of the living costs. Months of which a rate is missing are left out, and told.
 */
export async function readCoverage(ctx: Ctx): Promise<ApiCoverage> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    const costs = await readLivingCosts(tx)
    const currency = costs[0]?.currency ?? (await readMoneySettings(tx)).currency
    return currency === null ? nothingYet(ctx.clock.now()) : coverageIn(tx, costs, currency)
  })
}

/** Money as the API has it. */
export function inApi(currency: CurrencyCode): (amountMinor: bigint) => ReturnType<typeof toApi> {
  return (amountMinor) => toApi({ amountMinor, currency })
}

/** The bad, the usual and the good month as the API has them. */
export function describeMarkers(markers: readonly Marker[], currency: CurrencyCode): ApiCoverage['markers'] {
  return markers.map(({ netMinor, ...marker }) => ({
    ...marker,
    net: toApi({ amountMinor: netMinor, currency }),
  }))
}

async function coverageIn(
  ctx: TxCtx,
  costs: readonly LivingCostRow[],
  currency: CurrencyCode,
): Promise<ApiCoverage> {
  const now = ctx.clock.now()
  const asked = completeMonths(now, { months: LOOK_BACK_MONTHS })
  const parts = await readEarnedParts(ctx, { months: asked, currency, streams: await readNamedStreams(ctx) })
  const { known, missing } = knownMonths(sinceFirst(asked, parts), parts)
  const nets = netsWithout(known, parts)
  const { months, markers, steps, dearest } = coverageOf(costs, nets, now.toISOString().slice(0, 7))
  const money = inApi(currency)
  const described = <Its extends Omit<CoveredStep, 'monthsCovered'>>({
    ownMinor,
    upToMinor,
    ...step
  }: Its) => ({
    ...step,
    own: money(ownMinor),
    upTo: money(upToMinor),
  })
  return {
    currency,
    hasCosts: costs.length > 0,
    months,
    few: fewOf(months),
    missing,
    markers: describeMarkers(markers, currency),
    steps: steps.map(described),
    dearest: { month: dearest.month, steps: dearest.steps.map(described) },
    nets: nets.map(({ month, netMinor }) => ({ month, net: money(netMinor) })),
  }
}

function fewOf(months: number): ApiCoverage['few'] {
  if (months === 0) return 'none'
  if (months < FEW_MONTHS.worst) return 'worst'
  return months < FEW_MONTHS.year ? 'year' : null
}

function nothingYet(now: Date): ApiCoverage {
  return {
    currency: null,
    hasCosts: false,
    months: 0,
    few: 'none',
    missing: [],
    markers: [],
    steps: [],
    dearest: { month: now.toISOString().slice(0, 7), steps: [] },
    nets: [],
  }
}
