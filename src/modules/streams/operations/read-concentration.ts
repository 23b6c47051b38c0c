import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Calendar } from '../../../shared/dates.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { ApiConcentration, ApiDimension, ApiLimits } from '../concentration-schema.ts'
import { alarmsOf, WINDOW_MONTHS, type Dimension } from '../rules/concentration.ts'
import { LOOK_BACK_MONTHS } from '../rules/coverage.ts'
import { coverageWithout, figuresOf, nameOf, readGround, type Ground } from './concentration-ground.ts'
import { concentrationLimitsOf } from './concentration-limits.ts'
import { readWatch } from './concentration-watch.ts'
import { describeMarkers, inApi } from './read-coverage.ts'
import { limitWords } from './tell-alarm.ts'

/**
 * How far income of the last twelve complete months hangs on few streams, platforms, currencies, payers and countries; what
 * sets off an alarm and why; what would be left if the largest fell away; and how it was in the 24 months before.
 */
export async function readConcentration(
  ctx: Ctx,
  wish: { currency?: CurrencyCode | undefined; calendar: Calendar },
): Promise<ApiConcentration> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    const mails = { on: (await readWatch(tx)).mails, possible: ctx.mail !== undefined }
    const ground = await readGround(tx, wish)
    if (ground === undefined) return { ...nothingYet, mails }
    const limits = await concentrationLimitsOf(tx)
    const window = ground.months.slice(-WINDOW_MONTHS)
    return {
      currency: ground.currency,
      from: window[0]?.label ?? null,
      to: window.at(-1)?.label ?? null,
      months: window.length,
      missing: ground.missing,
      mails,
      dimensions: limits.map((its) => dimensionOf(ground, its, ctx.locale)),
    }
  })
}

function dimensionOf(ground: Ground, limits: ApiLimits, locale: Locale): ApiDimension {
  const { currency, months } = ground
  const { by } = limits
  const money = inApi(currency)
  const now = figuresOf(ground, by, months.slice(-WINDOW_MONTHS))
  const [largest] = now.shares
  return {
    by,
    total: money(now.totalMinor),
    unsaid: money(now.unsaidMinor),
    shares: now.shares.map(({ incomeMinor, ...one }) => ({
      ...one,
      name: nameOf(ground, { by, key: one.key }, locale),
      income: money(incomeMinor),
    })),
    hhi: now.hhi,
    effective: now.effective,
    limits,
    alarms: alarmsOf(now, limits).map((alarm) => ({
      ...alarm,
      detail: t(locale, `coverage.alarms.${alarm.kind}`, limitWords(alarm, locale)),
    })),
    without: largest === undefined ? null : withoutLargest(ground, { by, key: largest.key }, locale),
    history: historyOf(ground, by),
  }
}

function historyOf(ground: Ground, by: Dimension): ApiDimension['history'] {
  const { months } = ground
  const from = Math.max(0, months.length - LOOK_BACK_MONTHS)
  return months.slice(from).map(({ label }, at) => {
    const window = months.slice(Math.max(0, from + at + 1 - WINDOW_MONTHS), from + at + 1)
    const { hhi, effective, shares } = figuresOf(ground, by, window)
    return { month: label, months: window.length, hhi, effective, largest: shares[0]?.share ?? null }
  })
}

function withoutLargest(
  ground: Ground,
  part: { by: Dimension; key: string },
  locale: Locale,
): ApiDimension['without'] {
  const { currency, hasCosts } = ground
  const { now, without } = coverageWithout(ground, part.by, part.key)
  return {
    key: part.key,
    name: nameOf(ground, part, locale),
    markers: describeMarkers(without.markers, currency),
    steps: hasCosts
      ? without.steps.map(({ step, upToMinor, covered }, at) => ({
          step,
          upTo: inApi(currency)(upToMinor),
          now: now.steps[at]?.covered.usual ?? null,
          left: covered.usual,
        }))
      : [],
  }
}

const nothingYet: Omit<ApiConcentration, 'mails'> = {
  currency: null,
  from: null,
  to: null,
  months: 0,
  missing: [],
  dimensions: [],
}
