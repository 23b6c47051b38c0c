import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import { currencyExponent } from '../../../shared/currencies.ts'
import { keepSymbol } from '../../../shared/money.ts'
import type { Figures } from '../rules/engine/summarise.ts'
import type { PlanInput } from '../schema.ts'

/** Causes that a story may name, the more telling first where two are as frequent. */
const CAUSES = [
  'outOfMoney',
  'postponed',
  'notLaunched',
  'noFirstSale',
  'stopped',
  'default',
  'crash',
  'shock',
  'devaluation',
] as const

/** How much more frequent than on all paths a cause must be to be told, and on how many of the worst. */
const MORE = 1.15
const OFTEN = 0.25
const MOST_CAUSES = 3

/** The worst tenth of the paths in sentences: what is put in, what comes of it, and why. */
export function tellStory(input: PlanInput, figures: Figures, locale: Locale): string[] {
  const { worst, months, plan } = figures
  const tag = locale === 'ar' ? 'ar-u-nu-latn' : 'en'
  const whole = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency: input.currency,
    maximumFractionDigits: 0,
  })
  // Estimates are told in whole units: smaller ones would pretend to a knowledge that nobody has.
  const money = (amount: number) =>
    `${locale === 'ar' ? '\u2067' : '\u2066'}${keepSymbol(whole.format(Math.round(amount / 10 ** currencyExponent(input.currency))), locale)}\u2069`
  const percent = (share: number) =>
    new Intl.NumberFormat(tag, {
      style: 'percent',
      maximumFractionDigits: 0,
    }).format(share)
  const say = (key: string, values: Record<string, string | number> = {}) =>
    t(locale, `planner.story.${key}`, values)
  const causes = CAUSES.filter(
    (cause) => worst.events[cause] >= OFTEN && worst.events[cause] > plan.events[cause] * MORE,
  )
    .toSorted((a, b) => worst.events[b] - worst.events[a])
    .slice(0, MOST_CAUSES)
  return [
    say('begin', { months, hours: Math.round(worst.hours), putIn: money(worst.putIn) }),
    worst.firstIncome === null
      ? say('no-income')
      : say('first-income', { month: worst.firstIncome + 1, none: percent(worst.noIncome) }),
    say(worst.result < 0 ? 'end-below' : 'end', {
      total: money(worst.total),
      result: money(Math.abs(worst.result)),
    }),
    say('late', { late: money(worst.late) }),
    ...causes.map((cause) =>
      say(`cause.${cause}`, { share: percent(worst.events[cause]), all: percent(plan.events[cause]) }),
    ),
    ...(worst.outOfMoney > 0 ? [say('money', { share: percent(worst.outOfMoney) })] : []),
    say('kind'),
  ]
}
