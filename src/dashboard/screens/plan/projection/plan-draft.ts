import type { CurrencyCode } from '../../../../shared/currencies.ts'
import { currencyExponent } from '../../../../shared/currencies.ts'
import { dollarPeg, usualEconomy } from '../../../../shared/economy.ts'
import type { ApiMoney } from '../../../../shared/money.ts'
import type { DescribedModel, PlanInput, PlannedStream } from '../../../api/plans.ts'

const HORIZON_MONTHS = 36
const USUAL_HOURS = 40

/** Nothing, in a currency. */
export function noMoney(currency: CurrencyCode): ApiMoney {
  return { amount: '0', currency }
}

/** An amount that was meant in dollars, as it is in the plan, rounded to whole units; nothing where the rate is not said. */
export function fromDollars(
  dollars: number,
  { currency, rates }: Pick<PlanInput, 'currency' | 'rates'>,
): ApiMoney {
  const rate = currency === 'USD' ? 1 : (rates.find((one) => one.currency === 'USD')?.rate ?? 0)
  const units = Math.round(dollars * rate)
  return { amount: String(units * 10 ** currencyExponent(currency)), currency }
}

/** A plan to begin with. What a dollar costs is said only where it is fixed. */
export function emptyPlan(name: string, currency: CurrencyCode, now: Date): PlanInput {
  const next = new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1, 1))
  const perDollar = dollarPeg(currency)
  return {
    name,
    currency,
    firstMonth: next.toISOString().slice(0, 7),
    months: HORIZON_MONTHS,
    money: noMoney(currency),
    monthlyMoney: noMoney(currency),
    hoursPerMonth: USUAL_HOURS,
    hourlyWage: noMoney(currency),
    taxShare: 0,
    ladder: [],
    economy: usualEconomy(currency),
    rates: perDollar === undefined || currency === 'USD' ? [] : [{ currency: 'USD', rate: perDollar }],
    streams: [],
  }
}

/** A stream of a kind with what usually goes into it, beginning after the ones before. */
export function newStream(model: DescribedModel, input: PlanInput): PlannedStream {
  const keys = new Set(input.streams.map(({ key }) => key))
  const named = Array.from({ length: keys.size + 1 }, (_, nth) =>
    nth === 0 ? model.id : `${model.id}-${nth + 1}`,
  )
  return {
    key: named.find((key) => !keys.has(key)) ?? model.id,
    name: model.name,
    model: model.id,
    streamId: null,
    currency: 'USD',
    platform: '',
    startMonth: 0,
    outlay: fromDollars(model.usual.outlay, input),
    monthlyCost: fromDollars(model.usual.monthlyCost, input),
    buildHours: model.usual.buildHours,
    upkeepHours: model.usual.upkeepHours,
    feeShare: model.usual.feeShare,
    values: {},
  }
}

/** The list with one of its items changed. */
export function withItem<Item>(items: readonly Item[], at: number, change: Partial<Item>): Item[] {
  return items.map((item, nth) => (nth === at ? { ...item, ...change } : item))
}
