import type { DescribedModel, PlanInput, PlannedStream } from '../../../api/plans.ts'
import type { Text } from '../../../text/messages.ts'

/** How the values of a plan are told to the reader. */
export type PlanWords = {
  t: Text
  amount: (minor: number) => string
  number: (value: number) => string
  percent: (share: number) => string
  month: (at: string) => string
}
type Name = keyof PlanInput

/** How the fields of a plan are called. */
export const PLAN_LABELS = {
  name: 'plan.field.name',
  currency: 'plan.field.stream-currency',
  firstMonth: 'plan.field.first-month',
  months: 'plan.field.months',
  money: 'plan.field.money',
  monthlyMoney: 'plan.field.monthly-money',
  hoursPerMonth: 'plan.field.hours',
  hourlyWage: 'plan.field.wage',
  taxShare: 'plan.economy.tax',
  ladder: 'plan.ladder.fields',
  economy: 'plan.economy.title',
  rates: 'plan.economy.title',
  streams: 'plan.list.streams',
} as const satisfies Record<Name, string>

type Both<Value> = { value: Value; other: Value }
type Telling = { words: PlanWords; models: readonly DescribedModel[] }

/** A part of the plan, as it is told; of streams and assumptions only what differs from the other version. */
export function planTexts(name: Name, { value, other }: Both<PlanInput>, telling: Telling): string[] {
  const { amount, percent, number, month, t } = telling.words
  switch (name) {
    case 'name':
    case 'currency':
      return [value[name]]
    case 'firstMonth':
      return [month(value.firstMonth)]
    case 'months':
      return [number(value.months)]
    case 'hoursPerMonth':
      return [t('plan.hours-count', { hours: value.hoursPerMonth })]
    case 'money':
    case 'monthlyMoney':
    case 'hourlyWage':
      return [amount(Number(value[name].amount))]
    case 'taxShare':
      return [percent(value.taxShare)]
    case 'ladder':
      return value.ladder.map((step) => `${step.name}: ${amount(Number(step.amount.amount))}`)
    case 'economy':
      return economyTexts({ value: value.economy, other: other.economy }, telling.words)
    case 'rates':
      return value.rates.map(
        ({ currency, rate }) =>
          `${t('plan.economy.rate', { currency, own: value.currency })}: ${number(rate)}`,
      )
    case 'streams':
      return streamTexts({ value: value.streams, other: other.streams }, telling)
  }
}

function economyTexts({ value, other }: Both<PlanInput['economy']>, words: PlanWords): string[] {
  const { t, percent, number } = words
  const told = {
    inflation: `${t('plan.economy.inflation')}: ${percent(value.inflation)}`,
    inflationSpread: `${t('plan.economy.inflation-spread')}: ${percent(value.inflationSpread)}`,
    jumpsPerYear: `${t('plan.economy.jumps')}: ${number(value.jumpsPerYear)}`,
    jumpSize: `${t('plan.economy.jump-size')}: ${percent(value.jumpSize)}`,
    passThrough: `${t('plan.economy.pass-through')}: ${percent(value.passThrough)}`,
  }
  const names = Object.keys(told) as (keyof typeof told)[]
  return names.filter((name) => value[name] !== other[name]).map((name) => told[name])
}

/** Streams that the other version has not, or has with other numbers; all of them by name where it only has more, or another order. */
function streamTexts({ value, other }: Both<PlanInput['streams']>, telling: Telling): string[] {
  const texts = value.flatMap((stream) => {
    const counterpart = other.find(({ key }) => key === stream.key)
    if (counterpart === undefined) return [stream.name]
    return changesOf({ value: stream, other: counterpart }, telling).map(
      (text) => `${text} · \u2068${stream.name}\u2069`,
    )
  })
  return texts.length > 0 ? texts : value.map(({ name }) => name)
}

function changesOf({ value, other }: Both<PlannedStream>, { words, models }: Telling): string[] {
  const { t, amount, number, percent } = words
  const told = {
    name: `${t('plan.field.stream-name')}: ${value.name}`,
    startMonth: `${t('plan.field.start')}: ${number(value.startMonth + 1)}`,
    outlay: `${t('plan.field.outlay')}: ${amount(Number(value.outlay.amount))}`,
    monthlyCost: `${t('plan.field.monthly-cost')}: ${amount(Number(value.monthlyCost.amount))}`,
    buildHours: `${t('plan.field.build-hours')}: ${number(value.buildHours)}`,
    upkeepHours: `${t('plan.field.upkeep-hours')}: ${number(value.upkeepHours)}`,
    feeShare: `${t('plan.field.fees')}: ${percent(value.feeShare)}`,
    currency: `${t('plan.field.stream-currency')}: ${value.currency}`,
    platform: `${t('plan.field.platform')}: ${value.platform}`,
    streamId:
      value.streamId === null ? `${t('plan.field.own')}: ${t('plan.field.own-none')}` : t('plan.field.own'),
  }
  const names = Object.keys(told) as (keyof typeof told)[]
  const parameters = models.find(({ id }) => id === value.model)?.parameters ?? []
  const assumed = parameters.flatMap(({ name, label, unit, value: usual }) => {
    const [mine, theirs] = [value.values[name], other.values[name]]
    if (differ(mine, theirs)) {
      const [low, high] = mine ?? usual ?? []
      const shown = (one: number) => (unit.startsWith('share') ? percent(one) : number(one))
      if (low === undefined || high === undefined) return [label]
      return [`${label}: ${low === high ? shown(low) : `${shown(low)} – ${shown(high)}`}`]
    }
    return []
  })
  return [...names.filter((name) => differ(value[name], other[name])).map((name) => told[name]), ...assumed]
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}
