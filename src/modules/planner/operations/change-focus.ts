import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert, Invalid } from '../../../platform/errors.ts'
import { fromApi } from '../../../shared/money.ts'
import { audit } from '../../workspaces/index.ts'
import { NotStable } from '../errors.ts'
import type { EndFocus, Focus, Focuses, UpdateFocus } from '../focus-schema.ts'
import { judge } from '../rules/focus.ts'
import { describePast, findCurrent, mustLockCurrent, readFigures, ruleOf, today } from './focus-row.ts'
import { describeFocus } from './read-focus.ts'

/** Changes the limits or the rule of the present one; the log keeps what they were. @throws NotFound, Invalid */
export async function updateFocus(ctx: Ctx, change: UpdateFocus): Promise<Focus> {
  authorise(ctx, 'planner:write')
  return transaction(ctx, async (tx) => {
    const before = await mustLockCurrent(tx)
    const { killOn = before.killOn, lossCap, rule } = change
    if (killOn !== before.killOn && killOn <= today(tx))
      throw new Invalid([{ pointer: '/killOn', detail: 'problems.field.kill-day' }])
    for (const [pointer, currency] of [
      ['/lossCap/currency', lossCap?.currency],
      ['/rule/amount/currency', rule?.amount.currency],
    ] as const)
      if (currency !== undefined && currency !== before.currency)
        throw new Invalid([{ pointer, detail: 'problems.field.same-currency' }])
    await rows(
      tx,
      sql`UPDATE planner_focuses SET kill_on = ${killOn}::date,
            loss_cap = ${lossCap === undefined ? before.lossCap : fromApi(lossCap).amountMinor},
            rule_months = ${rule?.months ?? before.ruleMonths}, rule_of = ${rule?.of ?? before.ruleOf},
            rule_amount = ${rule === undefined ? before.ruleAmount : fromApi(rule.amount).amountMinor},
            rule_minutes = ${rule === undefined ? before.ruleMinutes : rule.upkeepHours * 60}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${before.id}`,
    )
    const { killOn: killedOn, lossCap: cap, ruleMonths, ruleOf: of, ruleAmount, ruleMinutes } = before
    await audit(tx, {
      action: 'focus.update',
      subjectKind: 'focus',
      subjectId: before.id,
      before: {
        killOn: killedOn,
        lossCap: String(cap),
        ruleMonths,
        of,
        ruleAmount: String(ruleAmount),
        ruleMinutes,
      },
      after: change,
    })
    const after = await findCurrent(tx)
    assert(after !== undefined, 'the focus is there')
    return describeFocus(tx, after)
  })
}

/** Ends the present one; what was decided is kept. @throws NotFound, NotStable where the rule is not met */
export async function endFocus(ctx: Ctx, input: EndFocus): Promise<Focuses['past'][number]> {
  authorise(ctx, 'planner:write')
  return transaction(ctx, (tx) => endCurrent(tx, input))
}

/** Ends the present one within a transaction of the caller's. @throws NotFound, NotStable */
export async function endCurrent(ctx: TxCtx, { as, note }: EndFocus): Promise<Focuses['past'][number]> {
  const row = await mustLockCurrent(ctx)
  const day = today(ctx)
  if (as === 'stable') {
    const { met, isStable } = judge(ruleOf(row), (await readFigures(ctx)).get(row.streamId) ?? [], day)
    if (!isStable) throw new NotStable(met, row.ruleMonths)
  }
  await rows(
    ctx,
    sql`UPDATE planner_focuses SET ended_on = ${day}::date, ended_as = ${as}, note = ${note}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${row.id}`,
  )
  await audit(ctx, { action: 'focus.end', subjectKind: 'focus', subjectId: row.id, after: { as, note } })
  return describePast({ ...row, endedOn: day, endedAs: as, note })
}
