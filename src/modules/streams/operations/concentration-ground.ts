import type { TxCtx } from '../../../platform/ctx.ts'
import { t } from '../../../platform/i18n/index.ts'
import { currencyName, isCurrencyCode, type CurrencyCode } from '../../../shared/currencies.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { intlTag, type Locale } from '../../../shared/locale.ts'
import type { ApiConcentration } from '../concentration-schema.ts'
import {
  concentrationOf,
  keyOf,
  netsWithout,
  WINDOW_MONTHS,
  type Concentration,
  type Dimension,
  type EarnedPart,
} from '../rules/concentration.ts'
import { coverageOf, LOOK_BACK_MONTHS, type Coverage } from '../rules/coverage.ts'
import type { MonthCosts } from '../rules/living-costs.ts'
import type { Month } from '../rules/periods.ts'
import { readLadders, yearAhead } from './living-costs.ts'
import { readMoneySettings } from './money-settings.ts'
import {
  completeMonths,
  knownMonths,
  OWN_STORE,
  readEarnedParts,
  readNamedStreams,
  sinceFirst,
  type KnownPart,
  type NamedStream,
} from './read-earned-parts.ts'

/** All that concentration is reckoned from. `months` are those whose rates are all known, oldest first. */
export type Ground = {
  readonly currency: CurrencyCode
  readonly months: readonly Month[]
  readonly missing: ApiConcentration['missing']
  readonly parts: readonly KnownPart[]
  readonly streams: ReadonlyMap<string, NamedStream>
  /** What the year to come costs; nothing where that is not known in this currency. */
  readonly year: readonly MonthCosts[]
  readonly hasCosts: boolean
}

/** How it is asked for; `months` is how far back. */
export type Wish = {
  readonly currency?: CurrencyCode | undefined
  readonly calendar: Calendar
  readonly months?: number
}

/** Reads it; undefined while there is no currency to compare in. */
export async function readGround(ctx: TxCtx, wish: Wish): Promise<Ground | undefined> {
  const { calendar, months = LOOK_BACK_MONTHS + WINDOW_MONTHS - 1 } = wish
  const currency = wish.currency ?? (await readMoneySettings(ctx)).currency
  if (currency === null) return undefined
  const now = ctx.clock.now()
  const streams = await readNamedStreams(ctx)
  const asked = completeMonths(now, { months, calendar })
  const parts = await readEarnedParts(ctx, { months: asked, currency, streams })
  const { known, missing } = knownMonths(sinceFirst(asked, parts), parts)
  const ladders = await readLadders(ctx)
  const same = ladders[0]?.costs[0]?.currency === currency ? ladders : []
  return {
    currency,
    months: known,
    missing,
    parts,
    streams: new Map(streams.map((one) => [one.id, one])),
    year: yearAhead(same, now, calendar),
    hasCosts: same.length > 0,
  }
}

/** Concentration over some months, by a dimension. */
export function figuresOf(
  { parts, streams }: Ground,
  by: Dimension,
  months: readonly Month[],
): Concentration {
  const inside = new Set(months.map(({ label }) => label))
  const own = parts.filter(({ month }) => inside.has(month))
  return concentrationOf(own, (part) => keyOf(part, by, streams))
}

/** Coverage of the last 24 months as it is, and as it would be without one part. */
export function coverageWithout(
  ground: Ground,
  by: Dimension,
  key: string,
): { now: Coverage; without: Coverage } {
  const { parts, streams, year } = ground
  const months = ground.months.slice(-LOOK_BACK_MONTHS)
  const isGone = (part: EarnedPart) => keyOf(part, by, streams) === key
  return {
    now: coverageOf(year, netsWithout(months, parts)),
    without: coverageOf(year, netsWithout(months, parts, isGone)),
  }
}

/** What a part is called in a language: streams, platforms and payers by their own names, this server’s store as what it is. */
export function nameOf({ streams }: Ground, part: { by: Dimension; key: string }, locale: Locale): string {
  const { by, key } = part
  if (by === 'stream') return streams.get(key)?.name ?? key
  if (by === 'currency' && isCurrencyCode(key)) return currencyName(key, locale)
  if (by === 'country') return new Intl.DisplayNames(intlTag(locale), { type: 'region' }).of(key) ?? key
  return by === 'platform' && key === OWN_STORE ? t(locale, 'coverage.own-store') : key
}
