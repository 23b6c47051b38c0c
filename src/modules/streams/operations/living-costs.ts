import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid, type FieldError } from '../../../platform/errors.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { toApi } from '../../../shared/money.ts'
import { audit } from '../../workspaces/index.ts'
import { MOST_LADDERS, type LivingCosts, type SetLivingCosts } from '../coverage-schema.ts'
import { averageOf } from '../rules/coverage.ts'
import {
  costsOfMonth,
  ladderIn,
  ladderOf,
  type Ladder,
  type LivingCost,
  type MonthCosts,
} from '../rules/living-costs.ts'
import { yearFrom } from '../rules/periods.ts'
import { livingCosts } from '../tables.ts'
import { lockMoneySettings } from './money-settings.ts'

/** A cost of living as it is kept. */
export type LivingCostRow = LivingCost & {
  readonly id: string
  readonly label: string
  readonly currency: CurrencyCode
}

/** What life costs from a month on, as it is kept. */
export type CostLadder = Ladder<LivingCostRow>

type Asked = { readonly month?: string | undefined; readonly calendar: Calendar }

/** What life costs now, or in another month. */
export async function getLivingCosts(ctx: Ctx, asked: Asked): Promise<LivingCosts> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => describe(await readLadders(tx), asked, ctx.clock.now()))
}

/**
 * Replaces what life costs from a month on, as a whole; other months keep theirs. Without items what was entered for it is removed.
 * @throws Invalid for two currencies, a month that is missing or too much, or too many changes
 */
export async function setLivingCosts(ctx: Ctx, { from, items }: SetLivingCosts): Promise<LivingCosts> {
  authorise(ctx, 'streams:write')
  const present = ctx.clock.now().toISOString().slice(0, 7)
  return transaction(ctx, async (tx) => {
    await lockMoneySettings(tx)
    const ladders = await readLadders(tx)
    const month = from ?? ladderIn(ladders, present)?.from ?? present
    const before = ladders.find((one) => one.from === month)
    const others = ladders.filter((one) => one !== before)
    const faults = faultsOf(items, others)
    if (faults.length > 0) throw new Invalid(faults)
    await rows(
      tx,
      sql`DELETE FROM living_costs WHERE workspace_id = ${tx.workspaceId} AND valid_from = ${month}`,
    )
    if (items.length > 0) {
      await tx.tx.db.insert(livingCosts).values(
        items.map(({ amount, ...item }, place) => ({
          workspaceId: tx.workspaceId,
          id: ctx.ids.next(),
          validFrom: month,
          place,
          ...item,
          amount: BigInt(amount.amount),
          currency: amount.currency,
        })),
      )
    }
    // What somebody lives on is nobody’s business who may read the log: how many, and not what.
    await audit(tx, {
      action: 'living-costs.set',
      subjectKind: 'living-costs',
      subjectId: tx.workspaceId,
      before: { count: before?.costs.length ?? 0 },
      after: { count: items.length, from: month },
    })
    return describe(await readLadders(tx), { month, calendar: 'gregorian' }, ctx.clock.now())
  })
}

/** What life cost, costs and will cost, the earliest first; the costs of each in the order in which they were entered. */
export async function readLadders(ctx: TxCtx): Promise<CostLadder[]> {
  const found = await rows<LivingCostRow & { from: string }>(
    ctx,
    sql`SELECT id, valid_from AS "from", step, label, amount AS "amountMinor", currency, falls AS "when", month
        FROM living_costs WHERE workspace_id = ${ctx.workspaceId} ORDER BY valid_from, place`,
  )
  return [...Map.groupBy(found, ({ from }) => from)].map(([from, costs]) => ({
    from,
    costs,
  }))
}

/** What each of the twelve months from the present one on costs. */
export function yearAhead(ladders: readonly Ladder[], now: Date, calendar: Calendar): MonthCosts[] {
  return yearFrom(now.toISOString().slice(0, 10), calendar).map((month) => costsOfMonth(ladders, month))
}

function faultsOf(items: SetLivingCosts['items'], others: readonly CostLadder[]): FieldError[] {
  const elsewhere = others[0]?.costs[0]?.currency
  const currency = elsewhere ?? items[0]?.amount.currency
  const detail = elsewhere === undefined ? 'problems.field.one-currency' : 'problems.field.costs-currency'
  return [
    ...(items.length > 0 && others.length >= MOST_LADDERS
      ? [{ pointer: '/from', detail: 'problems.field.costs-too-many' }]
      : []),
    ...items.flatMap(({ amount, when, month }, at) => [
      ...(amount.currency === currency ? [] : [{ pointer: `/items/${at}/amount/currency`, detail }]),
      ...((when === 'month') === (month !== null)
        ? []
        : [{ pointer: `/items/${at}/month`, detail: 'problems.field.month-of-cost' }]),
    ]),
  ]
}

function describe(ladders: readonly CostLadder[], { month, calendar }: Asked, now: Date): LivingCosts {
  const wanted = ladderIn(ladders, month ?? now.toISOString().slice(0, 7))
  const currency = wanted?.costs[0]?.currency
  if (wanted === undefined || currency === undefined) return nothingYet
  const money = (amountMinor: bigint) => toApi({ amountMinor, currency })
  return {
    currency,
    from: wanted.from,
    items: wanted.costs.map(({ id, step, label, when, month: due, amountMinor }) => ({
      id,
      step,
      label,
      when,
      month: due,
      amount: money(amountMinor),
    })),
    ladders: ladders.map((ladder) => ({ from: ladder.from, monthly: money(monthlyOf(ladder)) })),
    year: yearAhead(ladders, now, calendar).map(({ month: its, ownMinor }) => ({
      month: its,
      steps: ladderOf(ownMinor).map(({ step, ownMinor: own, upToMinor }) => ({
        step,
        own: money(own),
        upTo: money(upToMinor),
      })),
    })),
  }
}

function monthlyOf(ladder: CostLadder): bigint {
  const year = yearFrom(`${ladder.from}-01`, 'gregorian').map((month) => costsOfMonth([ladder], month))
  return ladderOf(averageOf(year)).at(-1)?.upToMinor ?? 0n
}

const nothingYet: LivingCosts = { currency: null, from: null, items: [], ladders: [], year: [] }
