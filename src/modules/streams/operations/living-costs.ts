import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid, type FieldError } from '../../../platform/errors.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { toApi } from '../../../shared/money.ts'
import { audit } from '../../workspaces/index.ts'
import type { LivingCosts, SetLivingCosts } from '../coverage-schema.ts'
import { costsOfYear, ladderOf, type LivingCost } from '../rules/living-costs.ts'
import { livingCosts } from '../tables.ts'
import { lockMoneySettings } from './money-settings.ts'

/** A cost of living as it is kept. */
export type LivingCostRow = LivingCost & {
  readonly id: string
  readonly label: string
  readonly currency: CurrencyCode
}

/** What life costs. */
export async function getLivingCosts(ctx: Ctx): Promise<LivingCosts> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => describe(await readLivingCosts(tx), ctx.clock.now()))
}

/** Replaces what life costs, as a whole. @throws Invalid for two currencies, or a month that is missing or too much. */
export async function setLivingCosts(ctx: Ctx, { items }: SetLivingCosts): Promise<LivingCosts> {
  authorise(ctx, 'streams:write')
  const faults = faultsOf(items)
  if (faults.length > 0) throw new Invalid(faults)
  return transaction(ctx, async (tx) => {
    await lockMoneySettings(tx)
    const before = await readLivingCosts(tx)
    await rows(tx, sql`DELETE FROM living_costs WHERE workspace_id = ${tx.workspaceId}`)
    if (items.length > 0) {
      await tx.tx.db.insert(livingCosts).values(
        items.map(({ amount, ...item }, place) => ({
          workspaceId: tx.workspaceId,
          id: ctx.ids.next(),
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
      before: { count: before.length },
      after: { count: items.length },
    })
    return describe(await readLivingCosts(tx), ctx.clock.now())
  })
}

/** The costs in the order in which they were entered. */
export async function readLivingCosts(ctx: TxCtx): Promise<LivingCostRow[]> {
  return rows<LivingCostRow>(
    ctx,
    sql`SELECT id, step, label, amount AS "amountMinor", currency, falls AS "when", month FROM living_costs
        WHERE workspace_id = ${ctx.workspaceId} ORDER BY place`,
  )
}

function faultsOf(items: SetLivingCosts['items']): FieldError[] {
  const currency = items[0]?.amount.currency
  return items.flatMap(({ amount, when, month }, at) => [
    ...(amount.currency === currency
      ? []
      : [{ pointer: `/items/${at}/amount/currency`, detail: 'problems.field.one-currency' }]),
    ...((when === 'month') === (month !== null)
      ? []
      : [{ pointer: `/items/${at}/month`, detail: 'problems.field.month-of-cost' }]),
  ])
}

function describe(costs: readonly LivingCostRow[], now: Date): LivingCosts {
  const currency = costs[0]?.currency ?? null
  return {
    currency,
    items: costs.map(({ amountMinor, currency: its, ...cost }) => ({
      ...cost,
      amount: toApi({ amountMinor, currency: its }),
    })),
    year:
      currency === null
        ? []
        : costsOfYear(costs, now.toISOString().slice(0, 7)).map(({ month, ownMinor }) => ({
            month,
            steps: ladderOf(ownMinor).map(({ step, ownMinor: own, upToMinor }) => ({
              step,
              own: toApi({ amountMinor: own, currency }),
              upTo: toApi({ amountMinor: upToMinor, currency }),
            })),
          })),
  }
}
