import type { FieldError } from '../../../platform/errors.ts'
import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import { PlanNotReady } from '../errors.ts'
import { exp, ln } from '../rules/engine/arithmetic.ts'
import type { EarningNumbers } from '../rules/engine/kernels/earning.ts'
import { hashOf } from '../rules/engine/random.ts'
import type { Scenario, StreamScenario } from '../rules/engine/scenario.ts'
import { learn, type OwnMonths } from '../rules/history.ts'
import type { OwnHistory, PlanInput, PlannedStream } from '../schema.ts'
import { findModel } from './index.ts'
import type { Parameter, Read, StreamModel } from './model.ts'

/** Counts changes of the models and of the engine: a projection says by which it was made. */
export const ENGINE = 1

const YEAR = 12
/** Foreign prices rise by this much a year (judgement). */
const FOREIGN_INFLATION = 0.02
/** How far devaluations are from the usual one (judgement; logarithm). */
const JUMP_SPREAD = 0.25

/** Own income by month of a plan's streams, by key, in minor units of the stream's currency. */
export type Histories = ReadonlyMap<string, OwnMonths>

/** A plan that can be reckoned, and what own history changed of it. */
export type Compiled = { scenario: Scenario; history: OwnHistory[] }

type Compiling = { input: PlanInput; minor: number; faults: FieldError[] }

/**
 * Turns a plan into numbers, in minor units of its currency.
 * @throws PlanNotReady naming each value that must be set by whoever plans, each rate that is missing and each value out of range.
 */
export function compilePlan(
  input: PlanInput,
  run: { seed: number; paths: number },
  histories: Histories,
): Compiled {
  const compiling: Compiling = { input, minor: 10 ** currencyExponent(input.currency), faults: [] }
  checkCurrencies(compiling)
  if (input.streams.length === 0) fault(compiling, '/streams', 'problems.field.plan-no-stream')
  const history: OwnHistory[] = []
  const streams = input.streams.flatMap((stream, nth) => {
    const compiled = compileStream(compiling, { stream, nth, own: histories.get(stream.key) })
    if (compiled?.history !== undefined) history.push(compiled.history)
    return compiled === undefined ? [] : [compiled.scenario]
  })
  if (compiling.faults.length > 0) throw new PlanNotReady(compiling.faults)
  const { economy } = input
  let above = 0
  const scenario: Scenario = {
    ...run,
    months: input.months,
    money: Number(input.money.amount),
    monthlyMoney: Number(input.monthlyMoney.amount),
    hoursPerMonth: input.hoursPerMonth,
    hourlyWage: Number(input.hourlyWage.amount),
    taxShare: input.taxShare,
    steps: input.ladder.map(({ amount }) => (above += Number(amount.amount))),
    economy: {
      inflation: economy.inflation,
      inflationSpread: economy.inflationSpread,
      exchangeSpread: economy.exchangeSpread,
      jumpsPerYear: economy.jumpsPerYear,
      jumpLog: ln(1 + economy.jumpSize),
      jumpSpread: JUMP_SPREAD,
      passThrough: economy.passThrough,
      foreignInflation: FOREIGN_INFLATION,
    },
    streams,
  }
  return { scenario, history }
}

function fault({ faults }: Compiling, pointer: string, detail: string): void {
  faults.push({ pointer, detail })
}

/** Amounts of the plan are in its own currency, keys are each there once. */
function checkCurrencies(compiling: Compiling): void {
  const { input } = compiling
  const wrong = (pointer: string, money: { currency: CurrencyCode }) => {
    if (money.currency !== input.currency) fault(compiling, pointer, 'problems.field.plan-currency')
  }
  wrong('/money', input.money)
  wrong('/monthlyMoney', input.monthlyMoney)
  wrong('/hourlyWage', input.hourlyWage)
  for (const [nth, step] of input.ladder.entries()) wrong(`/ladder/${nth}/amount`, step.amount)
  const keys = new Set<string>()
  for (const [nth, stream] of input.streams.entries()) {
    wrong(`/streams/${nth}/outlay`, stream.outlay)
    wrong(`/streams/${nth}/monthlyCost`, stream.monthlyCost)
    if (keys.has(stream.key)) fault(compiling, `/streams/${nth}/key`, 'problems.field.plan-key-twice')
    keys.add(stream.key)
    if (stream.startMonth >= input.months)
      fault(compiling, `/streams/${nth}/startMonth`, 'problems.field.plan-start')
  }
}

/** What one unit of a currency is worth in the plan's; undefined if nobody said it. */
function rateOf({ input }: Compiling, currency: CurrencyCode): number | undefined {
  if (currency === input.currency) return 1
  return input.rates.find((rate) => rate.currency === currency)?.rate
}

type StreamPlace = { stream: PlannedStream; nth: number; own: OwnMonths | undefined }

function compileStream(
  compiling: Compiling,
  { stream, nth, own }: StreamPlace,
): { scenario: StreamScenario; history?: OwnHistory } | undefined {
  const { input, minor } = compiling
  const model = findModel(stream.model)
  if (model === undefined) {
    fault(compiling, `/streams/${nth}/model`, 'problems.field.plan-model')
    return undefined
  }
  const rate = rateOf(compiling, stream.currency)
  if (rate === undefined) fault(compiling, `/streams/${nth}/currency`, 'problems.field.plan-rate-missing')
  const before = compiling.faults.length
  const read = reader(compiling, { stream, nth, model })
  for (const { name } of model.parameters) read(name)
  if (compiling.faults.length > before || rate === undefined) return undefined
  const scale = rate * minor
  const learned = learnFrom(model.numbers(read), own, 10 ** currencyExponent(stream.currency))
  const scenario: StreamScenario = {
    model: model.id,
    key: hashOf(stream.key),
    platform: hashOf(
      stream.platform === '' ? `own:${stream.key}` : `platform:${stream.platform.toLowerCase()}`,
    ),
    startMonth: stream.startMonth,
    outlay: Number(stream.outlay.amount),
    monthlyCost: Number(stream.monthlyCost.amount),
    buildHours: learned.isRunning ? 0 : stream.buildHours,
    upkeepHours: stream.upkeepHours,
    feeShare: stream.feeShare,
    isForeign: stream.currency !== input.currency,
    keepsValue: model.family === 'holding',
    numbers: scaled(learned.numbers, scale),
    shape: shapeOf(model, read, { months: input.months, age: learned.age }),
  }
  const history = learned.update && { ...learned.update, key: stream.key }
  if (history === undefined) return { scenario }
  const amount = (value: number) => Math.round(value * scale)
  return {
    scenario,
    history: {
      ...history,
      priorLevel: amount(history.priorLevel),
      ownLevel: history.ownLevel === null ? null : amount(history.ownLevel),
      level: amount(history.level),
    },
  }
}

type Learned = {
  numbers: Readonly<Record<string, number>>
  age: number
  isRunning: boolean
  update?: Omit<OwnHistory, 'key'>
}

function learnFrom(
  numbers: Readonly<Record<string, number>>,
  own: OwnMonths | undefined,
  minor: number,
): Learned {
  if (own === undefined || own.length === 0 || numbers['levelLow'] === undefined)
    return { numbers, age: 0, isRunning: false }
  // What has a level is of the earning kernel.
  const update = learn(
    numbers as EarningNumbers,
    own.map((income) => income / minor),
  )
  const { numbers: after, ...shown } = update
  return { numbers: after, age: after.age, isRunning: true, update: shown }
}

/** Logarithms of amounts and amounts themselves, in the plan's minor units. */
function scaled(numbers: Readonly<Record<string, number>>, scale: number): Readonly<Record<string, number>> {
  const { levelLow, levelHigh, ticket } = numbers
  if (levelLow === undefined || levelHigh === undefined || ticket === undefined) return numbers
  return {
    ...numbers,
    levelLow: levelLow + ln(scale),
    levelHigh: levelHigh + ln(scale),
    ticket: ticket * scale,
  }
}

/**
 * The form of the months to come. Of a stream that earns already it is taken over twelve months, so that no launch is
 * counted on that has no date, and against the middle of the months that its level was learned from.
 */
function shapeOf(model: StreamModel, read: Read, span: { months: number; age: number }): Float64Array {
  const shape = model.shape(read, span)
  if (span.age === 0) return shape
  const year = shape.map((_, month) => {
    const recent = shape.subarray(Math.max(0, month - YEAR + 1), month + 1)
    return recent.reduce((sum, value) => sum + value, 0) / recent.length
  })
  const middle = year.subarray(0, span.age).reduce((sum, value) => sum + ln(value), 0) / span.age
  return year.map((value) => value / exp(middle))
}

/** Reads values of a stream: what was set, or the default; what may not be is noted. */
function reader(
  compiling: Compiling,
  { stream, nth, model }: { stream: PlannedStream; nth: number; model: StreamModel },
): Read {
  for (const name of Object.keys(stream.values))
    if (!model.parameters.some((parameter) => parameter.name === name))
      fault(compiling, `/streams/${nth}/values/${name}`, 'problems.field.plan-parameter')
  const known = new Map(
    model.parameters.map((parameter) => [parameter.name, valueOf(compiling, { stream, nth, parameter })]),
  )
  return (name) => known.get(name) ?? [0, 0]
}

function valueOf(
  compiling: Compiling,
  { stream, nth, parameter }: { stream: PlannedStream; nth: number; parameter: Parameter },
): readonly [number, number] {
  const { name, unit, value, least, most } = parameter
  const pointer = `/streams/${nth}/values/${name}`
  const perDollar = unit === 'money' || unit === 'money-hour' ? dollarsIn(compiling, stream.currency) : 1
  const set = stream.values[name]
  if (set !== undefined) {
    const [low, high] = set
    const limit = most * (perDollar ?? 1)
    if (!(low >= least && high <= limit && low <= high))
      fault(compiling, pointer, 'problems.field.plan-range')
    return set
  }
  if (value === undefined) fault(compiling, pointer, 'problems.field.plan-value-missing')
  else if (perDollar === undefined) fault(compiling, pointer, 'problems.field.plan-dollar-missing')
  else return [value[0] * perDollar, value[1] * perDollar]
  return [0, 0]
}

/** How many units of a currency a dollar is, today. */
function dollarsIn(compiling: Compiling, currency: CurrencyCode): number | undefined {
  if (currency === 'USD') return 1
  const [dollar, own] = [rateOf(compiling, 'USD'), rateOf(compiling, currency)]
  return dollar === undefined || own === undefined ? undefined : dollar / own
}
