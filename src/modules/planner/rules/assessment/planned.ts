import { Temporal } from 'temporal-polyfill'
import { currencyExponent, type CurrencyCode } from '../../../../shared/currencies.ts'
import { dollarPeg, usualEconomy } from '../../../../shared/economy.ts'
import type { DescribedModel, PlanInput } from '../../schema.ts'
import type { Answers } from './types.ts'

/** Hours a week that stand for each choice: the middle of it (judgement). */
const WEEKLY_HOURS: Readonly<Record<string, number>> = { none: 0, little: 2, some: 6, much: 12, most: 20 }
/** Months of living costs that are set aside, and that may be gone for good: the least of each choice. */
const SAVED_MONTHS: Readonly<Record<string, number>> = { none: 0, weeks: 0.25, months: 1, year: 3, more: 12 }
const LOSS_MONTHS: Readonly<Record<string, number>> = { none: 0, week: 0.25, month: 1, quarter: 3, more: 3 }
/** Months without income that can be borne: the most of each choice. */
const QUIET_MONTHS: Readonly<Record<string, number>> = { none: 0, two: 2, five: 5, eleven: 11, year: 12 }

const WEEKS_OF_MONTH = 52 / 12
const YEAR_MONTHS = 12
const SHORTEST_MONTHS = 24
const LONGEST_MONTHS = 120

/** What is known beside the answers. `ladder` is what an average month costs, step by step, without savings at its end. */
export type Known = {
  readonly today: string
  readonly currency: CurrencyCode
  readonly ladder: readonly {
    readonly name: string
    readonly amountMinor: bigint
    readonly isSaving: boolean
  }[]
  readonly killOn: string
  /** Set by the person; by the answers where it is not. */
  readonly lossCapMinor: bigint | undefined
  /** What a dollar costs, where somebody entered it. */
  readonly perDollar: number | undefined
}

/**
 * A plan with one stream as somebody’s answers have it: the hours that are free, no more money than may be lost, and a year
 * more than the kill date and the quiet months. Where living costs are not known, the money is what the stream usually takes.
 */
export function planOf(
  { id, usual, family }: Pick<DescribedModel, 'id' | 'usual' | 'family'>,
  { plan, stream }: { plan: string; stream: string },
  { answers, known }: { answers: Answers; known: Known },
): PlanInput {
  const { currency, today, killOn } = known
  const perDollar = dollarPeg(currency) ?? known.perDollar
  const inMoney = (amountMinor: bigint) => ({ amount: String(amountMinor), currency })
  const fromDollars = (dollars: number) =>
    BigInt(Math.round(dollars * (perDollar ?? 0))) * 10n ** BigInt(currencyExponent(currency))
  const killMonths = monthsUntil(today, killOn)
  const [outlay, monthlyCost] = [fromDollars(usual.outlay), fromDollars(usual.monthlyCost)]
  const money = moneyOf(answers, known) ?? outlay + monthlyCost * BigInt(killMonths)
  const months = Math.max(killMonths, stepOf(QUIET_MONTHS, answers.months)) + YEAR_MONTHS
  return {
    name: plan,
    currency,
    firstMonth: Temporal.PlainDate.from(today).toPlainYearMonth().add({ months: 1 }).toString(),
    months: Math.min(LONGEST_MONTHS, Math.max(SHORTEST_MONTHS, months)),
    money: inMoney(money),
    monthlyMoney: inMoney(0n),
    hoursPerMonth: Math.round(stepOf(WEEKLY_HOURS, answers.hours) * WEEKS_OF_MONTH),
    hourlyWage: inMoney(0n),
    taxShare: 0,
    ladder: known.ladder.map(({ name, amountMinor }) => ({ name, amount: inMoney(amountMinor) })),
    economy: usualEconomy(currency),
    rates: perDollar === undefined || currency === 'USD' ? [] : [{ currency: 'USD', rate: perDollar }],
    streams: [
      {
        key: id,
        name: stream,
        model: id,
        streamId: null,
        currency: 'USD',
        platform: '',
        startMonth: 0,
        // All that may be lost goes into a holding; whatever is built takes no more than there is.
        outlay: inMoney(family === 'holding' || money < outlay ? money : outlay),
        monthlyCost: inMoney(monthlyCost),
        buildHours: usual.buildHours,
        upkeepHours: usual.upkeepHours,
        feeShare: usual.feeShare,
        values: {},
      },
    ],
  }
}

/** What may be put in: the cap, or what the answers say may be lost of what is there; undefined where neither is known. */
function moneyOf(answers: Answers, { lossCapMinor, ladder }: Known): bigint | undefined {
  if (lossCapMinor !== undefined) return lossCapMinor
  const share = Math.min(stepOf(SAVED_MONTHS, answers.capital), stepOf(LOSS_MONTHS, answers.loss))
  if (share === 0) return 0n
  const monthly = ladder
    .filter(({ isSaving }) => !isSaving)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  return monthly === 0n ? undefined : (monthly * BigInt(share * 4)) / 4n
}

function stepOf(
  steps: Readonly<Record<string, number>>,
  answer: string | readonly string[] | undefined,
): number {
  return typeof answer === 'string' ? (steps[answer] ?? 0) : 0
}

function monthsUntil(today: string, day: string): number {
  const { months, days } = Temporal.PlainDate.from(today).until(day, { largestUnit: 'months' })
  return Math.max(1, months + (days > 0 ? 1 : 0))
}
