import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { toApi } from '../../../shared/money.ts'
import type { ApiCoverage } from '../coverage-schema.ts'
import { netsWithout } from '../rules/concentration.ts'
import {
  coverageOf,
  FEW_MONTHS,
  LOOK_BACK_MONTHS,
  monthsCovered,
  pastOf,
  type CoveredStep,
  type Marker,
} from '../rules/coverage.ts'
import { costsOfMonth } from '../rules/living-costs.ts'
import { readLadders, yearAhead, type CostLadder } from './living-costs.ts'
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
 * costs, in the currency of the living costs: ahead, and in each past month by what it cost then. Months of which a rate is
 * missing are left out, and told.
 */
export async function readCoverage(ctx: Ctx, { calendar }: { calendar: Calendar }): Promise<ApiCoverage> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    const ladders = await readLadders(tx)
    const currency = ladders[0]?.costs[0]?.currency ?? (await readMoneySettings(tx)).currency
    if (currency === null) return nothingYet(ctx.clock.now())
    return coverageIn(tx, ladders, { currency, calendar })
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
  ladders: readonly CostLadder[],
  { currency, calendar }: { currency: CurrencyCode; calendar: Calendar },
): Promise<ApiCoverage> {
  const now = ctx.clock.now()
  const asked = completeMonths(now, { months: LOOK_BACK_MONTHS, calendar })
  const parts = await readEarnedParts(ctx, { months: asked, currency, streams: await readNamedStreams(ctx) })
  const { known, missing } = knownMonths(sinceFirst(asked, parts), parts)
  const nets = netsWithout(known, parts)
  const { markers, steps, dearest } = coverageOf(yearAhead(ladders, now, calendar), nets)
  const costs = known.map((month) => costsOfMonth(ladders, month))
  const past = pastOf(nets, costs)
  const since = ladders[0]?.from
  const money = inApi(currency)
  const described = ({ ownMinor, upToMinor, ...step }: CoveredStep) => ({
    ...step,
    own: money(ownMinor),
    upTo: money(upToMinor),
  })
  return {
    currency,
    hasCosts: ladders.length > 0,
    months: known.length,
    few: fewOf(known.length),
    assumed: since === undefined ? 0 : known.filter(({ from }) => from < `${since}-01`).length,
    missing,
    markers: describeMarkers(markers, currency),
    steps: steps.map((one) => ({ ...described(one), monthsCovered: monthsCovered(past, one.step) })),
    dearest: { month: dearest.month, steps: dearest.steps.map(described) },
    nets: past.map(({ month, netMinor, steps: own }) => ({
      month,
      net: money(netMinor),
      steps: own.map(({ step, upToMinor, covered }) => ({ step, upTo: money(upToMinor), covered })),
    })),
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
    assumed: 0,
    missing: [],
    markers: [],
    steps: [],
    dearest: { month: now.toISOString().slice(0, 7), steps: [] },
    nets: [],
  }
}
