import type { Ctx } from '../../../platform/ctx.ts'
import { currencyExponent, type CurrencyCode } from '../../../shared/currencies.ts'
import { readMonthly, type StreamMonth } from '../../streams/index.ts'
import { PlanNotReady } from '../errors.ts'
import type { Histories } from '../models/compile-plan.ts'
import type { PlanInput, PlannedStream } from '../schema.ts'

const LOOK_BACK_MONTHS = 36

/**
 * What the streams that a plan is tied to have earned by month, up to the last whole month, in minor units of the currency
 * that the plan gives them. From a stream's first month with anything on, months without income are 0.
 * @throws PlanNotReady if a rate is missing
 */
export async function readOwnHistory(ctx: Ctx, input: PlanInput): Promise<Histories> {
  const tied = input.streams.filter(({ streamId }) => streamId !== null)
  if (tied.length === 0) return new Map()
  const months = monthsBefore(ctx.clock.now())
  const [from, to] = [months[0] ?? '', months.at(-1) ?? '']
  const found = await readMonthly(ctx, { from, to })
  const byStream = Map.groupBy(found, ({ streamId }) => streamId)
  return new Map(
    tied.map((stream) => [
      stream.key,
      incomeOf(input, stream, byStream.get(stream.streamId ?? '') ?? [], months),
    ]),
  )
}

/** The months before this one, oldest first. */
function monthsBefore(now: Date): string[] {
  const [year = 0, month = 1] = now.toISOString().slice(0, 7).split('-').map(Number)
  return Array.from({ length: LOOK_BACK_MONTHS }, (_, nth) => {
    const index = year * 12 + (month - 1) - LOOK_BACK_MONTHS + nth
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  })
}

function incomeOf(
  input: PlanInput,
  stream: PlannedStream,
  found: readonly StreamMonth[],
  months: readonly string[],
): number[] {
  const first = months.findIndex((month) => found.some((one) => one.month === month))
  if (first < 0) return []
  return months.slice(first).map((month) => {
    const money = found.find((one) => one.month === month)?.money ?? []
    return money.reduce(
      (sum, { currency, incomeMinor }) =>
        sum + Math.max(0, Number(incomeMinor)) * rateBetween(input, currency, stream),
      0,
    )
  })
}

/** Minor units of the stream's currency for one of another. */
function rateBetween(input: PlanInput, currency: CurrencyCode, stream: PlannedStream): number {
  if (currency === stream.currency) return 1
  const [from, to] = [perUnit(input, currency), perUnit(input, stream.currency)]
  if (from === undefined || to === undefined) {
    const nth = input.streams.indexOf(stream)
    throw new PlanNotReady([
      { pointer: `/streams/${nth}/currency`, detail: 'problems.field.plan-history-rate' },
    ])
  }
  return (from / to) * 10 ** (currencyExponent(stream.currency) - currencyExponent(currency))
}

function perUnit({ currency: own, rates }: PlanInput, currency: CurrencyCode): number | undefined {
  return currency === own ? 1 : rates.find((rate) => rate.currency === currency)?.rate
}
