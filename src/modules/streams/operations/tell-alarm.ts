import { t } from '../../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { intlTag, type Locale } from '../../../shared/locale.ts'
import { isolate } from '../../../shared/messages.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Alarm, Dimension } from '../rules/concentration.ts'

/** An alarm with what it is about and what would be left without it in a usual month. */
export type FoundAlarm = Alarm & {
  readonly by: Dimension
  readonly key: string
  readonly currency: CurrencyCode
  readonly leftMinor: bigint
  /** Of what life costs without savings; null where that is not known. */
  readonly leftShare: number | null
}

/** The figures of an alarm in words. */
export function limitWords({ kind, value, limit }: Alarm, locale: Locale): Record<string, string | number> {
  const percent = new Intl.NumberFormat(intlTag(locale), { style: 'percent', maximumFractionDigits: 1 })
  const said = (share: number) => (kind === 'hhi' ? share.toFixed(2) : percent.format(share))
  return { value: said(value), limit: said(limit), parts: Math.round(10 / value) / 10 }
}

/** What share of what, against which limit, and what would be left: in a sentence or two. */
export function tellAlarm(alarm: FoundAlarm, name: string, locale: Locale): string {
  const what = alarm.kind === 'hhi' ? 'hhi' : `largest.${alarm.by}`
  const words = {
    ...limitWords(alarm, locale),
    name: isolate(name),
    by: t(locale, `coverage.by.${alarm.by}`),
  }
  return `${t(locale, `coverage.told.${what}`, words)} ${tellLeft(alarm, name, locale)}`
}

function tellLeft(
  { kind, leftMinor, leftShare, currency }: FoundAlarm,
  name: string,
  locale: Locale,
): string {
  const amount = leftMinor <= 0n ? 'nothing' : leftShare === null ? 'amount' : 'share'
  const percent = new Intl.NumberFormat(intlTag(locale), { style: 'percent', maximumFractionDigits: 0 })
  return t(locale, `coverage.left.${amount}`, {
    who: t(locale, `coverage.without.${kind}`, { name: isolate(name) }),
    left: formatMoney({ amountMinor: leftMinor, currency }, locale),
    // Never rounded up: what is not paid for is not called paid.
    share: percent.format(Math.floor((leftShare ?? 0) * 100) / 100),
  })
}
