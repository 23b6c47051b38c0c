import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { addDays } from '../rules/periods.ts'
import { daysOf, nextDay } from '../rules/recurrence.ts'
import type { StreamMoney } from '../schema.ts'
import { recordStreamMoney } from './record-money.ts'
import { RECURRING_COLUMNS, type RecurringRow } from './recurring-row.ts'

/** How many recurring entries are taken up in one transaction. */
const MOST_AT_ONCE = 100

/** How often one of them may be posted in one transaction: ten years of weeks. */
const MOST_TIMES = 540

/**
 * Posts all that is due in the workspace, each once: what has been posted is moved on in the same transaction, and each
 * day's entry has a key of its own. Returns how many entries there were.
 */
export async function postDueRecurring(ctx: Ctx): Promise<number> {
  let posted = 0
  for (;;) {
    const count = await transaction(ctx, async (tx) => {
      const today = ctx.clock.now().toISOString().slice(0, 10)
      const due = await rows<RecurringRow>(
        tx,
        sql`SELECT ${RECURRING_COLUMNS} FROM stream_recurring r
            WHERE r.workspace_id = ${tx.workspaceId} AND r.next_on IS NOT NULL AND r.next_on <= ${today}::date
            ORDER BY r.next_on, r.id LIMIT ${MOST_AT_ONCE} FOR UPDATE`,
      )
      for (const one of due) posted += await postThrough(tx, one, today)
      return due.length
    })
    if (count < MOST_AT_ONCE) return posted
  }
}

/** Posts what is due of one of them through a day, and moves it on. It is locked, or was made just now. */
export async function postThrough(ctx: TxCtx, recurring: RecurringRow, through: string): Promise<number> {
  const { id, nextOn } = recurring
  if (nextOn === null) return 0
  const days = daysOf(recurring, { from: nextOn, through, most: MOST_TIMES })
  const last = days.at(-1)
  if (last !== undefined) await postDays(ctx, recurring, days)
  const next = last === undefined ? nextOn : nextDay(recurring, addDays(last, 1))
  await rows(
    ctx,
    sql`UPDATE stream_recurring SET next_on = ${next}::date WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  return days.length
}

/** In a closed period nothing can be posted any more: what falls into one comes on the first open day. */
async function postDays(ctx: TxCtx, recurring: RecurringRow, days: readonly string[]): Promise<void> {
  const items = days.map((day) => itemOf(recurring, day))
  const outcomes = await recordStreamMoney(ctx, items)
  const late = items.flatMap((item, at) => {
    const outcome = outcomes[at]
    return outcome?.outcome === 'period-closed' ? [{ ...item, on: firstDayFrom(outcome.openFrom) }] : []
  })
  const again = await recordStreamMoney(ctx, late)
  const settled = [...outcomes.filter(({ outcome }) => outcome !== 'period-closed'), ...again]
  assert(
    settled.every(({ outcome }) => outcome === 'posted' || outcome === 'replayed'),
    'what recurs can be posted',
  )
}

function firstDayFrom(openFrom: Date): string {
  const day = openFrom.toISOString().slice(0, 10)
  return openFrom.getTime() % 86_400_000 === 0 ? day : addDays(day, 1)
}

function itemOf(recurring: RecurringRow, day: string): StreamMoney {
  const { id, streamId, direction, amount, currency, note, costKind } = recurring
  return {
    streamId,
    kind: direction,
    amountMinor: amount,
    currency,
    on: day,
    key: `stream-recurring/${id}/${day}`,
    note,
    costKind,
    source: { kind: 'stream-recurring', id },
  }
}
