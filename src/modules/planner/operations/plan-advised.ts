import { authorise, rightsOf } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { assert, Invalid } from '../../../platform/errors.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { fromApi } from '../../../shared/money.ts'
import { readRateOf } from '../../ledger/index.ts'
import { getLivingCosts } from '../../streams/index.ts'
import type { PlanAdvised } from '../assessment-schema.ts'
import { findModel } from '../models/index.ts'
import { planOf, type Known } from '../rules/assessment/planned.ts'
import type { Plan } from '../schema.ts'
import { createPlan } from './change-plans.ts'
import { killDay } from './describe-advised.ts'
import { findCurrent, today } from './focus-row.ts'
import { readOwnAssessment } from './own-assessment.ts'
import { adviceOf } from './read-advice.ts'

/**
 * Writes a plan with a stream of the caller’s own advice, as their answers have it. If it is the one already, its kill date and
 * its loss cap count.
 * @throws AssessmentUnfinished, PlansFull, Invalid for a stream that was not advised
 */
export async function planAdvised(ctx: Ctx, { stream, currency, ...limits }: PlanAdvised): Promise<Plan> {
  authorise(ctx, 'planner:write')
  return transaction(ctx, async (tx) => {
    const own = await readOwnAssessment(tx)
    const advice = adviceOf(own)
    const offered = [advice.recommended, ...advice.alternatives].find((one) => one?.profile.id === stream)
    if (offered === undefined)
      throw new Invalid([{ pointer: '/stream', detail: 'problems.field.stream-not-advised' }])
    const { profile } = offered
    const model = findModel(profile.id)
    assert(model !== undefined, 'what is advised can be planned')
    const focus = await findCurrent(tx)
    const held = focus?.profile === profile.id ? focus : undefined
    const cap = limits.lossCap === undefined ? undefined : fromApi(limits.lossCap)
    if (cap !== undefined && cap.currency !== currency)
      throw new Invalid([{ pointer: '/lossCap/currency', detail: 'problems.field.same-currency' }])
    const known: Known = {
      today: today(tx),
      currency,
      ladder: await readLadder(tx, currency),
      killOn: limits.killOn ?? held?.killOn ?? killDay(profile.first.months[1], ctx.clock.now()),
      lossCapMinor: cap?.amountMinor ?? (held?.currency === currency ? held.lossCap : undefined),
      perDollar: await readDollar(tx, currency),
    }
    const name = profile.name[ctx.locale]
    const names = { plan: t(ctx.locale, 'planner.plan-of', { name }), stream: name }
    return createPlan(tx, planOf(model, names, { answers: own.answers, known }))
  })
}

/** What an average month of the year to come costs, step by step, if the caller may know it and it is in that currency. */
async function readLadder(ctx: TxCtx, currency: CurrencyCode): Promise<Known['ladder']> {
  if (!rightsOf(ctx.actor).includes('streams:read')) return []
  const { year } = await getLivingCosts(ctx, { calendar: 'gregorian' })
  const sums = new Map<string, bigint>()
  for (const { steps } of year)
    for (const { step, own } of steps) {
      if (own.currency === currency) sums.set(step, (sums.get(step) ?? 0n) + BigInt(own.amount))
    }
  return [...sums]
    .map(([step, amount]) => ({
      name: t(ctx.locale, `dashboard.coverage.step.${step}`),
      amountMinor: amount / BigInt(year.length),
      isSaving: step === 'savings',
    }))
    .filter(({ amountMinor }) => amountMinor > 0n)
}

async function readDollar(ctx: TxCtx, currency: CurrencyCode): Promise<number | undefined> {
  const day = today(ctx)
  const rateOf = await readRateOf(ctx, currency, day)
  const rate = rateOf({ base: 'USD', quote: currency, day })
  return rate && Number(rate.numerator) / Number(rate.denominator)
}
