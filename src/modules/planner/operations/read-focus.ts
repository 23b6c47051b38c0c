import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { toApi } from '../../../shared/money.ts'
import type { Focus, Focuses, Milestone } from '../focus-schema.ts'
import { daysUntil, judge, minutesOf, spentOf } from '../rules/focus.ts'
import { mondayOf } from '../rules/reviews.ts'
import {
  describePast,
  findCurrent,
  FOCUS_COLUMNS,
  FOCUS_TABLES,
  readFigures,
  ruleOf,
  today,
  type FocusRow,
} from './focus-row.ts'

const MOST_PAST = 50

/** The one stream, and those before it. */
export async function getFocus(ctx: Ctx): Promise<Focuses> {
  authorise(ctx, 'planner:read')
  return transaction(ctx, async (tx) => {
    const current = await findCurrent(tx)
    const past = await rows<FocusRow>(
      tx,
      sql`SELECT ${FOCUS_COLUMNS} FROM ${FOCUS_TABLES}
          WHERE f.workspace_id = ${tx.workspaceId} AND f.ended_on IS NOT NULL
          ORDER BY f.ended_on DESC, f.id DESC LIMIT ${MOST_PAST}`,
    )
    return {
      current: current === undefined ? null : await describeFocus(tx, current),
      past: past.map(describePast),
    }
  })
}

/** The present one with its figures, its milestones and whether this week was reviewed. */
export async function describeFocus(ctx: TxCtx, row: FocusRow): Promise<Focus> {
  const figures = (await readFigures(ctx)).get(row.streamId) ?? []
  const milestones = await rows<Milestone>(
    ctx,
    sql`SELECT id, title, due_on::text AS "dueOn", done_on::text AS "doneOn" FROM planner_milestones
        WHERE workspace_id = ${ctx.workspaceId} AND focus_id = ${row.id} ORDER BY due_on, id`,
  )
  const day = today(ctx)
  const week = mondayOf(day)
  const [review] = await rows<{ skipped: boolean }>(
    ctx,
    sql`SELECT answers IS NULL AS skipped FROM planner_reviews
        WHERE workspace_id = ${ctx.workspaceId} AND focus_id = ${row.id} AND week = ${week}::date`,
  )
  const spentMinor = spentOf(figures, row.begunOn, row.currency)
  return {
    ...describePast(row),
    daysToKill: daysUntil(row.killOn, day),
    spent: toApi({ amountMinor: spentMinor, currency: row.currency }),
    capReached: spentMinor > 0n && spentMinor >= row.lossCap,
    minutes: minutesOf(figures, row.begunOn),
    ...describeRule(row, figures, day),
    milestones,
    week,
    reviewed: review === undefined ? null : review.skipped ? 'skipped' : 'written',
  }
}

function describeRule(
  row: FocusRow,
  figures: Parameters<typeof judge>[1],
  day: string,
): Pick<Focus, 'rule' | 'stability'> {
  const { met, isStable, months } = judge(ruleOf(row), figures, day)
  const { currency } = row
  return {
    rule: {
      months: row.ruleMonths,
      of: row.ruleOf,
      amount: toApi({ amountMinor: row.ruleAmount, currency }),
      upkeepHours: row.ruleMinutes / 60,
    },
    stability: {
      met,
      stable: isStable,
      months: months.map(({ month, netMinor, minutes, counts }) => ({
        month,
        net: toApi({ amountMinor: netMinor, currency }),
        upkeepMinutes: minutes,
        counts,
      })),
    },
  }
}
